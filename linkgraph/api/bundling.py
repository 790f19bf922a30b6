"""The bundle of a case file: report, exhibits, timeline, views, method, log, how to repeat it.

Nothing in it depends on when it is made: the same case file and ledger give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from linkgraph import __version__, casefiles
from linkgraph.api import exhibits, redacting, reporting, reproducing
from linkgraph.casefiles import CaseFile, bundle
from linkgraph.errors import UsageError

if TYPE_CHECKING:
    from linkgraph.api.base import Base
    from linkgraph.casefiles.pseudonyms import Pseudonyms
    from linkgraph.inquiries import Inquiry

_BESIDE = 300
"""Neighbours that a view in a bundle carries to expand."""


def bundled(
    workspace: Base,
    id_: str,
    inquiry: Inquiry | None,
    language: str,
    formats: Sequence[str],
    redact: bool,
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files by name with their manifest, and what a person should know of them.

    Redacted, the log is told without what identifies, each entry under the hash of the real
    one; external documents are left out, since nothing can redact them, and named by hash.
    """
    from linkgraph import reports

    unknown = sorted(set(formats) - set(reports.FORMATS))
    if unknown or not formats:
        raise UsageError(
            f"There is no format {', '.join(unknown)}." if unknown else "No format was named.",
            remedy=f"Formats: {', '.join(reports.FORMATS)}.",
        )
    case = casefiles.read(workspace.folder, id_)
    head = witness(workspace, case)
    pseudonyms = redacting.pseudonyms(workspace, id_, language) if redact else None
    report = reporting.casefile(workspace, case, inquiry, language, head, pseudonyms)
    files: dict[str, bytes] = {}
    notices: list[str] = []
    for format_ in formats:
        made = reports.render(report, format_, reporting.fonts(workspace))
        files[f"report.{format_}"] = made.data
        notices += made.notices
    files |= exhibits.of(workspace, case, inquiry, pseudonyms)
    if inquiry is not None:
        files |= _views(workspace, case, inquiry, language, head, pseudonyms)
    files["method.json"] = _json(reproducing.method(workspace, inquiry), pseudonyms)
    files["casefile.json"] = _json(_told(case), pseudonyms)
    files["reproduce.md"] = reproducing.text(workspace, case, inquiry, pseudonyms).encode()
    files |= _log(workspace, case, pseudonyms)
    files["README.md"] = _readme(files, redact).encode()
    if pseudonyms is not None:
        pseudonyms.save()
    about = {
        "casefile": case.id,
        "head": case.head,
        "activity_head": head,
        "redacted": redact,
        "version": __version__,
        "ledger": workspace.ledger.fingerprint,
        "screening": workspace.screening().fingerprint,
    }
    return bundle.sealed(files, about), tuple(dict.fromkeys(notices))


def witness(workspace: Base, case: CaseFile) -> str:
    """The hash of the activity entry that put the case file's last entry on record."""
    for entry in workspace.folder.activity.entries():
        if entry["facts"].get("head") == case.head:
            return str(entry["hash"])
    return workspace.folder.activity.head()


def _views(
    workspace: Base,
    case: CaseFile,
    inquiry: Inquiry,
    language: str,
    head: str,
    pseudonyms: Pseudonyms | None,
) -> dict[str, bytes]:
    """One stand-alone view per trace and lead."""
    from linkgraph.api import graphs, viewing
    from linkgraph.views import html

    files = {}
    chosen = case.of_kind("trace", "lead", "lookup")
    if not chosen:
        return {}
    with graphs.opened(workspace, inquiry) as graph:
        for item in chosen:
            refs = _refs(workspace, item.content)
            known = {node.ref for node in graph.store.subgraph(tuple(refs)).nodes}
            focus = tuple(ref for ref in refs if ref in known)
            if not focus:
                continue
            found = graph.store.neighbourhood(focus, hops=1, limit=len(focus) + _BESIDE)
            title = f"{case.id} {item.exhibit}"
            view = viewing.drawn(
                workspace, found, inquiry, focus, language, limit=max(1, len(focus)), title=title
            )
            notes = tuple(
                (label, head if text == workspace.folder.activity.head() else text)
                for label, text in view.scene.notes
            )
            scene = replace(view.scene, notes=notes)
            if pseudonyms is not None:
                scene = redacting.scene(scene, pseudonyms)
            files[f"views/{item.exhibit}.html"] = html.to_html(scene).encode()
    return files


def _refs(workspace: Base, content: Mapping[str, Any]) -> list[str]:
    """Who and what an item is about: officers, those who may have asked, subjects, paths."""
    from linkgraph.api import viewing

    if "lead" in content:
        return viewing.in_lead(dict(content["lead"]))
    table: Any = workspace.ledger.table("lookups")
    frame = table.filter(table.lookup_id.isin(list(content["lookup_ids"]))).to_pandas()
    refs = [f"officer:{officer}" for officer in frame["officer_id"].dropna()]
    refs += [f"officer:{a['officer_id']}" for a in content.get("asked", ())[:2] if a["officer_id"]]
    refs += [
        f"{kind}:{id_}"
        for kind, id_ in zip(frame["subject_kind"], frame["subject_id"], strict=True)
        if isinstance(id_, str)
    ]
    told = content.get("complaint") or {}
    if told.get("complaint_id"):
        refs.append(f"complaint:{told['complaint_id']}")
    if told.get("complainant_id"):
        refs.append(f"person:{told['complainant_id']}")
    return list(dict.fromkeys(refs))


def _log(workspace: Base, case: CaseFile, pseudonyms: Pseudonyms | None) -> dict[str, bytes]:
    place = workspace.folder.casefiles_path / case.id
    if pseudonyms is not None:
        from linkgraph.reports.redaction import redacted_values

        told = [
            {"n": e.n, "at": e.at, "action": e.action, "by": e.by, "facts": _facts(e.facts)}
            for e in case.entries
        ]
        hidden = redacted_values(told, pseudonyms)
        lines = [
            json.dumps({**one, "hash": e.hash}, ensure_ascii=False, sort_keys=True)
            for one, e in zip(hidden, case.entries, strict=True)
        ]
        return {"log-redacted.jsonl": ("\n".join(lines) + "\n").encode()}
    files = {"log.jsonl": (place / "log.jsonl").read_bytes()}
    for item in case.items:
        stored = item.content.get("stored")
        if stored:
            files[f"exhibits/{stored}"] = (place / str(stored)).read_bytes()
    return files


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says, without the names of files, which are anybody's words."""
    content = facts.get("content")
    if not content or "stored" not in content:
        return dict(facts)
    return {**facts, "content": {k: v for k, v in content.items() if k != "name"}}


def _told(case: CaseFile) -> dict[str, Any]:
    return {
        "casefile": case.id,
        "title": case.title,
        "ground": case.ground,
        "inquiry": case.inquiry,
        "status": case.status,
        "head": case.head,
        "entries": len(case.entries),
        "allegations": [
            {
                "id": one.id,
                "text": one.text,
                "elements": list(one.elements),
                "exhibits": list(one.exhibits),
                "finding": one.finding.finding if one.finding else None,
                "decided_by": one.finding.by if one.finding else None,
                "decided_on": (one.finding.on or one.finding.at) if one.finding else None,
            }
            for one in case.allegations
        ],
        "roles": [
            {"role": one.role, "ref": one.ref, "basis": one.basis, "text": one.text}
            for one in case.roles
        ],
        "exhibits": [
            {
                "exhibit": one.exhibit,
                "kind": one.kind,
                "ref": one.ref,
                "lookup_ids": list(one.lookup_ids),
                "sha256": one.content.get("sha256"),
            }
            for one in case.items
        ],
    }


def _json(value: Any, pseudonyms: Pseudonyms | None) -> bytes:
    if pseudonyms is not None:
        from linkgraph.reports.redaction import redacted_values

        value = redacted_values(value, pseudonyms)
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8", "backslashreplace")


_ABOUT = {
    "report.": "the report, in each format 報告",
    "exhibits/": "source rows with file, hash and row number; documents 事證來源列及文件",
    "timeline.csv": "what happened, in order 時間序",
    "views/": "interactive graphs, one per trace or lead 關聯圖",
    "method.json": "versions, parameters, analyses, source files 方法、版本與參數",
    "casefile.json": "allegations, roles and findings, for machines 案卷資料",
    "log.jsonl": "every entry of the case file, chained by hash 案卷登載紀錄",
    "log-redacted.jsonl": "every entry, redacted, with its real hash 去識別化登載紀錄",
    "reproduce.md": "commands that make the same result 重現步驟",
}


def _readme(files: Mapping[str, bytes], redact: bool) -> str:
    listed = [
        f"- `{name}`: {about}"
        for name, about in _ABOUT.items()
        if any(file.startswith(name) for file in files)
    ]
    lines = ["# Case file 案卷", "", *listed, ""]
    lines += [
        "`manifest.json` lists every file with its SHA-256. `linkgraph casefile verify` on this "
        "folder or archive finds any change.",
        "",
        "In the CSV files a text that a spreadsheet would take for a formula has an apostrophe "
        "before it; the JSON files hold it as it is.",
    ]
    if redact:
        lines += ["", "Redacted: the key of the pseudonyms is not part of this bundle."]
    return "\n".join(lines) + "\n"
