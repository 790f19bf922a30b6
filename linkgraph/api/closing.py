"""The end of an inquiry: who is to be told, what is kept, what is removed and certified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linkgraph import casefiles, inquiries
from linkgraph.api.exploring import Exploring
from linkgraph.api.times import iso
from linkgraph.errors import InquiryError

if TYPE_CHECKING:
    import pandas as pd

    from linkgraph.api.base import Base
    from linkgraph.api.pages import Page

COLUMNS = (
    "person_id",
    "name",
    "via",
    "officer_id",
    "lookups",
    "first_at",
    "last_at",
    "casefile",
    "finding",
)


class Closing(Exploring):
    """How an inquiry ends."""

    def affected(self, inquiry: str, *, every: bool = False) -> pd.DataFrame:
        """Whose data were looked up in the inquiry's case files; see `affected` below."""
        inquiries.require(self.folder, inquiry)
        self.log("affected", inquiry=inquiry)
        return affected(self, inquiry, every=every)

    def close_inquiry(self, inquiry: str, *, unlisted: bool = False) -> None:
        """End an inquiry; unless `unlisted`, not before those affected were listed."""
        if not unlisted and casefiles.listed(self.folder) and self.loaded:
            must_be_listed(self, inquiry)
        inquiries.close(self.folder, inquiry)

    def purge_inquiry(self, inquiry: str, *, leave_stores: bool = False) -> dict[str, Any]:
        """Remove what an ended inquiry joined, here and on every server; the certificate.

        With `leave_stores` a server that cannot be emptied is named in the certificate instead
        of stopping the purge with StoreError.  See `purge` below.
        """
        return purge(self, inquiry, leave_stores=leave_stores)

    def certificate(
        self,
        inquiry: str,
        *,
        language: str | None = None,
        format: str = "pdf",  # noqa: A002  the field's word
    ) -> Page:
        """The certificate of a purge as a document."""
        from linkgraph.api import reporting

        spoken = self._language(language)
        return reporting.certificate(self, inquiry, spoken, format)


def affected(workspace: Base, inquiry_id: str, *, every: bool) -> pd.DataFrame:
    """One row per person, officer and case file: whose data were looked up, for notification.

    Persons looked up by name or number, and who owned or held then what was looked up.  Of case
    files with an allegation found substantiated; with `every` of all, whatever was found.
    Ordered by person; empty where nobody is affected.
    """
    import pandas as pd

    inquiries.require(workspace.folder, inquiry_id)
    parts = []
    for case in _of_inquiry(workspace, inquiry_id):
        for allegation in case.allegations:
            finding = allegation.finding.finding if allegation.finding else "not decided"
            resting = [i for i in case.items if i.exhibit in allegation.exhibits]
            ids = {id_ for item in resting for id_ in item.lookup_ids}
            if ids and (every or finding == "substantiated"):
                frame = _persons(workspace, ids)
                parts.append(frame.assign(casefile=case.id, finding=finding))
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = pd.concat(parts, ignore_index=True).drop_duplicates()
    columns = ["person_id", "casefile", "officer_id", "finding"]
    return rows[list(COLUMNS)].sort_values(columns, ignore_index=True)


def must_be_listed(workspace: Base, inquiry_id: str) -> None:
    """Raise InquiryError if persons are to be notified and nobody has listed them yet."""
    found = affected(workspace, inquiry_id, every=False)
    listed = any(
        entry["action"] == "affected" and entry["facts"].get("inquiry") == inquiry_id
        for entry in workspace.folder.activity.entries()
    )
    persons = found["person_id"].nunique()
    if persons and not listed:
        raise InquiryError(
            f"{persons} persons were looked up in case files found substantiated, and nobody has "
            "listed them for notification.",
            remedy=f"List them first: `linkgraph inquiry affected {inquiry_id}`; or say --yes.",
        )


def purge(workspace: Base, inquiry_id: str, *, leave_stores: bool = False) -> dict[str, Any]:
    """Remove what an ended inquiry joined, and certify it; see `inquiries.purge`.

    Case files stay, as evidence under the agency's own rules of retention; the certificate names
    each with its status and head.  The key of the inquiry's own pseudonyms goes.
    """
    from linkgraph.api import graphs
    from linkgraph.casefiles.pseudonyms import key_file

    kept = [
        {
            "casefile": case.id,
            "status": case.status,
            "head": case.head,
            "entries": len(case.entries),
        }
        for case in _of_inquiry(workspace, inquiry_id)
    ]
    key = key_file(workspace.folder.keys_path, inquiry_id)
    return inquiries.purge(
        workspace.folder,
        inquiry_id,
        servers=lambda: graphs.emptied(workspace, inquiry_id, leave=leave_stores),
        kept=kept,
        also=[key],
    )


def _of_inquiry(workspace: Base, inquiry_id: str) -> list[casefiles.CaseFile]:
    every = (casefiles.read(workspace.folder, id_) for id_ in casefiles.listed(workspace.folder))
    return [case for case in every if case.inquiry == inquiry_id]


def _persons(workspace: Base, lookup_ids: set[str]) -> pd.DataFrame:
    """Who was looked up: the person named, and who held the subject at that time."""
    ledger = workspace.ledger
    lookups: Any = ledger.table("lookups")
    chosen = lookups.filter(lookups.lookup_id.isin(sorted(lookup_ids)))
    about: Any = ledger.table("subjects").select("lookup_key", "subject_key")
    chosen = chosen.select("lookup_key", "lookup_id", "at", "officer_id").join(about, "lookup_key")
    entities: Any = ledger.table("entities")
    named = chosen.join(entities, chosen.subject_key == entities.entity_key)
    direct = named.filter(named.kind == "person").select(
        "lookup_id", "at", "officer_id", person_id=named.id, via=named.kind
    )
    holders: Any = ledger.table("holders").select("subject_key", "person_key", "start", "end")
    held = named.join(holders, named.subject_key == holders.subject_key)
    held = held.filter((held.at >= held.start) & (held.at < held.end) & (held.kind != "person"))
    held = held.select("lookup_id", "at", "officer_id", "person_key", via=held.kind)
    owners = entities.select(person_key=entities.entity_key, person_id=entities.id)
    held = held.join(owners, "person_key").select(
        "lookup_id", "at", "officer_id", "person_id", "via"
    )
    import pandas as pd

    rows = pd.concat([direct.to_pandas(), held.to_pandas()], ignore_index=True).drop_duplicates()
    grouped = rows.groupby(["person_id", "officer_id"], as_index=False).agg(
        lookups=("lookup_id", "nunique"),
        first_at=("at", "min"),
        last_at=("at", "max"),
        via=("via", lambda kinds: ", ".join(sorted(set(kinds)))),
    )
    zone = ledger.timezone
    for column in ("first_at", "last_at"):
        grouped[column] = [iso(int(at), zone) for at in grouped[column]]
    persons: Any = ledger.table("persons")
    known = persons.filter(persons.person_id.isin(sorted(set(grouped["person_id"]))))
    frame = known.select("person_id", "name").to_pandas().drop_duplicates("person_id")
    merged: pd.DataFrame = grouped.merge(frame, on="person_id", how="left")
    return merged
