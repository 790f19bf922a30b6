"""Case files: opened, added to, decided, exported and verified."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkgraph import casefiles, inquiries
from linkgraph.api import entities, snapshots
from linkgraph.api.closing import Closing
from linkgraph.casefiles import CaseFile
from linkgraph.errors import CaseFileError, UsageError
from linkgraph.workspace import current_user

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.inquiries import Inquiry

FORMATS = ("html", "pdf", "docx", "json")
_FILES = ("document", "interview", "statement")


class CaseWork(Closing):
    """What an investigator does from a lead to a case that stands up.

    Every method that adds takes `by`, the name that signs the entry; None is the user.  What
    comes from an inquiry's private ties needs that inquiry to hold.
    """

    def open_casefile(
        self,
        casefile: str,
        *,
        title: str,
        ground: str = "",
        inquiry: str = "",
        by: str | None = None,
    ) -> CaseFile:
        """Open a case file; without `ground` that of its inquiry stands."""
        if inquiry:
            authorised = inquiries.require(self.folder, inquiry)
            ground = ground or authorised.ground
        signed = by or current_user()
        with self.folder.exclusive("casefile"):
            return casefiles.create(
                self.folder, casefile, title=title, ground=ground, inquiry=inquiry, by=signed
            )

    def casefile(self, casefile: str) -> CaseFile:
        """A case file as it stands; CaseFileError if unknown, or if its chain does not hold."""
        self.log("casefile", casefile=casefile)
        return casefiles.read(self.folder, casefile)

    def casefiles(self) -> pd.DataFrame:
        """One row per case file: id, status, title, inquiry, items, allegations, last, head."""
        import pandas as pd

        rows = []
        for id_ in casefiles.listed(self.folder):
            case = casefiles.read(self.folder, id_)
            rows.append(
                {
                    "casefile": case.id,
                    "status": case.status,
                    "title": case.title,
                    "inquiry": case.inquiry,
                    "exhibits": len(case.items),
                    "allegations": len(case.allegations),
                    "decided": sum(one.finding is not None for one in case.allegations),
                    "last": case.entries[-1].at[:19],
                    "head": case.head,
                }
            )
        return pd.DataFrame(rows)

    def casefile_trace(
        self,
        casefile: str,
        kind: str,
        ref: str,
        *,
        lookups: Sequence[str] = (),
        text: str = "",
        by: str | None = None,
    ) -> CaseFile:
        """Add a trace, the look-ups chosen from it (see `snapshots.of_trace`), and the roles."""
        authorised = self._authorised(casefile)
        content = snapshots.of_trace(self, kind, ref, authorised, lookups)
        return self._with_roles(casefile, "trace", f"{kind}:{ref}", content, text, by)

    def casefile_lead(
        self, casefile: str, lead: str, *, text: str = "", by: str | None = None
    ) -> CaseFile:
        """Add a lead of the case file's inquiry, by id or rank, as it is now, and the roles."""
        from linkgraph.api import leading

        authorised = self._required(casefile)
        content = snapshots.of_lead(leading.one(self, authorised.id, lead))
        ref = f"lead:{content['lead']['lead_id']}"
        return self._with_roles(casefile, "lead", ref, content, text, by)

    def casefile_lookups(
        self, casefile: str, lookups: Sequence[str], *, text: str = "", by: str | None = None
    ) -> CaseFile:
        """Add look-ups by id, with what is on record about them, and the roles."""
        self._authorised(casefile)
        content = snapshots.of_lookups(self, lookups)
        return self._with_roles(casefile, "lookup", "", content, text, by)

    def casefile_person(
        self, casefile: str, ref: str, *, text: str = "", by: str | None = None
    ) -> CaseFile:
        """Add a person or another thing of the ledger: `kind:id`."""
        self._authorised(casefile)
        found = entities.resolve(self.ledger, ref)
        return self._entry(casefile, "item", by, kind="person", ref=found, text=text or None)

    def casefile_path(
        self, casefile: str, a: str, b: str, *, text: str = "", by: str | None = None
    ) -> CaseFile:
        """Add the shortest paths between two things, as the inquiry's graph has them now."""
        authorised = self._required(casefile)
        frame = self.path(a, b, inquiry=authorised.id)
        paths = []
        for _, steps in frame.groupby("path", sort=True):
            path: list[str] = [str(steps["source"].iloc[0])]
            for step in steps.itertuples(index=False):
                path += [f"{step.type}:{step.tie_id}", str(step.target)]
            paths.append(path)
        if not paths:
            raise UsageError(f"No path joins {a} and {b}.", remedy="There is nothing to add.")
        ends = f"{paths[0][0]},{paths[0][-1]}"
        return self._entry(
            casefile,
            "item",
            by,
            kind="path",
            ref=ends,
            text=text or None,
            content={"paths": paths},
        )

    def casefile_document(
        self,
        casefile: str,
        kind: str,
        path: str | Path | None = None,
        *,
        ref: str = "",
        text: str = "",
        by: str | None = None,
    ) -> CaseFile:
        """Add a `document`, `interview` note or `statement`: a file with its hash, or a text."""
        if kind not in _FILES:
            raise UsageError(f"There is no kind {kind!r}.", remedy=f"Kinds: {', '.join(_FILES)}.")
        signed = by or current_user()
        if path is None:
            if not text.strip() or kind == "document":
                raise CaseFileError(f"The {kind} is empty.", remedy="Name a file, or give --text.")
            return self._entry(casefile, "item", signed, kind=kind, ref=ref or None, text=text)
        with self.folder.exclusive("casefile"):
            return casefiles.attach(
                self.folder, casefile, kind, Path(path), by=signed, ref=ref, text=text
            )

    def casefile_allegation(
        self,
        casefile: str,
        text: str,
        *,
        elements: Sequence[str] = (),
        exhibits: Sequence[str] = (),
        id_: str = "",
        by: str | None = None,
    ) -> CaseFile:
        """Draw up an allegation; without `exhibits` it rests on every trace, lead and look-up."""
        case = casefiles.read(self.folder, casefile)
        resting = exhibits or [i.exhibit for i in case.of_kind("trace", "lead", "lookup")]
        return self._entry(
            casefile,
            "allegation",
            by,
            allegation=id_ or f"A{len(case.allegations) + 1}",
            text=text,
            elements=list(elements),
            exhibits=list(resting),
        )

    def casefile_say(
        self,
        casefile: str,
        what: str,
        text: str,
        *,
        allegation: str = "",
        element: int = 0,
        source: str = "",
        side: str = "",
        outcome: str = "",
        by: str | None = None,
    ) -> CaseFile:
        """Say something under an allegation: `evidence`, an `explanation`, what would `settle`.

        Without `allegation` it is the only one there is.
        """
        facts: dict[str, Any] = {"text": text, "element": element, "source": source or None}
        facts["allegation"] = self._only(casefile, allegation)
        if what == "evidence":
            facts["side"] = side
        if what == "explanation":
            facts["outcome"] = outcome
        return self._entry(casefile, what, by, **facts)

    def casefile_role(
        self,
        casefile: str,
        role: str,
        ref: str,
        *,
        basis: str,
        text: str = "",
        by: str | None = None,
    ) -> CaseFile:
        """Say who `held` the account, `used` it or `asked`; `ref` may be empty for nobody known."""
        found = entities.resolve(self.ledger, ref, ("officer", "person")) if ref else ""
        return self._entry(
            casefile, "role", by, role=role, ref=found, basis=basis, text=text or None
        )

    def casefile_note(
        self, casefile: str, text: str, *, about: str = "", by: str | None = None
    ) -> CaseFile:
        """Add a note."""
        return self._entry(casefile, "note", by, text=text, about=about or None)

    def casefile_status(
        self, casefile: str, status: str, note: str, *, by: str | None = None
    ) -> CaseFile:
        """Change the status, with the note that says why."""
        return self._entry(casefile, "status", by, status=status, text=note)

    def casefile_decide(
        self,
        casefile: str,
        finding: str,
        note: str,
        *,
        allegation: str = "",
        on: str = "",
        by: str | None = None,
    ) -> CaseFile:
        """Decide an allegation: who, when (`on`, a day; else now), why.  Earlier ones stay."""
        chosen = self._only(casefile, allegation)
        from linkgraph.model.dates import parse_date

        day = parse_date(on) if on else None
        if on and day is None:
            raise UsageError(f"{on!r} is no date.", remedy="Write it like 2024-07-15 or 113/07/15.")
        return self._entry(
            casefile,
            "finding",
            by,
            allegation=chosen,
            finding=finding,
            note=note,
            on=day.isoformat() if day else None,
        )

    def casefile_export(
        self,
        casefile: str,
        target: str | Path,
        *,
        language: str | None = None,
        formats: Sequence[str] = FORMATS,
        redact: bool = False,
    ) -> tuple[str, tuple[str, ...]]:
        """Write the bundle to a `.zip` or a new folder; its seal, and what a person should know.

        The same case file and ledger give the same bytes.
        """
        from linkgraph.api import bundling
        from linkgraph.casefiles import bundle

        authorised = self._authorised(casefile)
        spoken = self._language(language)
        self.log(
            "casefile.export",
            casefile=casefile,
            inquiry=authorised.id if authorised else None,
            redacted=redact,
        )
        files, notices = bundling.bundled(self, casefile, authorised, spoken, formats, redact)
        place = Path(target)
        bundle.write(files, place)
        seal = bundle.seal(files)
        self.log(
            "casefile.write",
            casefile=casefile,
            inquiry=authorised.id if authorised else None,
            file=str(place.resolve()),
            seal=seal,
        )
        return seal, notices

    def casefile_verify(self, casefile: str) -> list[str]:
        """What is wrong with a case file in the workspace; empty if nothing."""
        return casefiles.verify(self.folder, casefile)

    def _authorised(self, casefile: str) -> Inquiry | None:
        case = casefiles.read(self.folder, casefile)
        return inquiries.require(self.folder, case.inquiry) if case.inquiry else None

    def _required(self, casefile: str) -> Inquiry:
        return inquiries.require(self.folder, casefiles.read(self.folder, casefile).inquiry or None)

    def _with_roles(
        self,
        casefile: str,
        kind: str,
        ref: str,
        content: dict[str, Any],
        text: str,
        by: str | None,
    ) -> CaseFile:
        table: Any = self.ledger.table("lookups")
        own = table.filter(table.lookup_id.isin(content["lookup_ids"])).select("officer_id")
        officers = {str(officer) for officer in own.to_pandas()["officer_id"].dropna()}
        case = self._entry(
            casefile, "item", by, kind=kind, ref=ref, text=text or None, content=content
        )
        known = {(one.role, one.ref) for one in case.roles}
        for role in snapshots.roles_of(content, officers):
            if (role["role"], role["ref"]) not in known:
                case = self._entry(casefile, "role", by, **role)
        return case

    def _only(self, casefile: str, allegation: str) -> str:
        case = casefiles.read(self.folder, casefile)
        if allegation:
            return allegation
        if len(case.allegations) == 1:
            return case.allegations[0].id
        known = ", ".join(one.id for one in case.allegations)
        raise CaseFileError(
            f"Case file {casefile} has {len(case.allegations)} allegations; none was named.",
            remedy=f"Name one with --allegation: {known}."
            if known
            else "Add one with `casefile add … allegation`.",
        )

    def _entry(self, casefile: str, action: str, by: str | None, **facts: Any) -> CaseFile:
        with self.folder.exclusive("casefile"):
            return casefiles.append(self.folder, casefile, action, by=by or current_user(), **facts)
