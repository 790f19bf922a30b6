"""Case files on disk: a folder each, with a log that only grows and the documents it names.

`casefiles/<id>/log.jsonl` is chained like the workspace's activity log and by the same code;
each head is on record in the activity log as well, so that a log cut short or written anew
shows.  `casefiles/<id>/documents/` holds copies of external documents, named by exhibit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from linkgraph.casefiles import casefile
from linkgraph.casefiles.casefile import CaseFile
from linkgraph.errors import CaseFileError
from linkgraph.workspace import ActivityLog, Folder
from linkgraph.workspace.folder import write_private

LOG, DOCUMENTS = "log.jsonl", "documents"
_ID = re.compile(r"\w[\w.-]{0,63}")
_ENDING = re.compile(r"\.\w{1,8}")
_VALUES = {
    "side": casefile.SIDES,
    "outcome": casefile.OUTCOMES,
    "finding": casefile.FINDINGS,
    "status": casefile.STATUSES,
    "role": casefile.ROLES,
    "basis": casefile.BASES,
}


def create(folder: Folder, id_: str, *, title: str, ground: str, inquiry: str, by: str) -> CaseFile:
    """Open a case file; CaseFileError if its id is taken, unfit for a name, or a field empty."""
    if not _ID.fullmatch(id_):
        raise CaseFileError(
            f"{id_!r} cannot name a case file.",
            remedy="Use up to 64 letters, digits, dots, hyphens and underscores.",
        )
    place = folder.casefiles_path / id_
    if (place / LOG).exists():
        raise CaseFileError(
            f"There is a case file {id_} already.", remedy="Add to it, or choose another id."
        )
    _must_say(title=title, ground=ground, by=by)
    (place / DOCUMENTS).mkdir(mode=0o700, parents=True, exist_ok=True)
    facts = {"id": id_, "title": title, "ground": ground, "inquiry": inquiry or None}
    return _append(folder, place, "new", by, facts)


def append(folder: Folder, id_: str, action: str, *, by: str, **facts: Any) -> CaseFile:
    """Add an entry; what it says of a fixed set of values must be one of them.

    A status changes only with a note, a finding only of an allegation that exists.  Raises
    CaseFileError and writes nothing otherwise.
    """
    case = read(folder, id_)
    _must_say(by=by)
    for name, allowed in _VALUES.items():
        if name in facts and facts[name] not in allowed:
            raise CaseFileError(
                f"{facts[name]!r} is no {name}.", remedy=f"One of: {', '.join(allowed)}."
            )
    if action in ("status", "note", "evidence", "explanation", "settle", "allegation"):
        _must_say(text=facts.get("text", ""))
    if action == "finding":
        _must_say(note=facts.get("note", ""))
    if action == "status" and facts["status"] == case.status:
        raise CaseFileError(f"Case file {id_} is {case.status} already.")
    if action == "allegation":
        _new_allegation(case, facts)
    elif "allegation" in facts:
        _known_allegation(case, facts)
    return _append(folder, folder.casefiles_path / id_, action, by, facts)


def attach(
    folder: Folder, id_: str, kind: str, path: Path, *, by: str, ref: str, text: str
) -> CaseFile:
    """Copy a file into the case file, with its hash; the original stays where it is."""
    case = read(folder, id_)
    _must_say(by=by)
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise CaseFileError(
            f"{path}: cannot be read: {problem.strerror}.", remedy="Name a file that you may read."
        ) from problem
    ending = path.suffix.lower() if _ENDING.fullmatch(path.suffix) else ""
    stored = f"E{len(case.items) + 1}{ending}"
    place = folder.casefiles_path / id_
    content = {
        "name": path.name,
        "stored": f"{DOCUMENTS}/{stored}",
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    write_private(place / DOCUMENTS / stored, data)
    facts = {"kind": kind, "ref": ref or None, "text": text or None, "content": content}
    return _append(folder, place, "item", by, facts)


def read(folder: Folder, id_: str) -> CaseFile:
    """A case file as it stands; CaseFileError if unknown, or its chain does not hold."""
    log = _log(folder, id_)
    found = log.verify()
    if found.problems:
        raise CaseFileError(
            f"The log of case file {id_} was changed: {found.problems[0]}.",
            remedy=f"See `linkgraph casefile verify {id_}`, and restore it from a backup.",
        )
    try:
        return casefile.told(log.entries())
    except (KeyError, TypeError, ValueError) as problem:
        raise CaseFileError(
            f"{log.path}: is not the log of a case file: {problem}.",
            remedy="Restore the file from a backup.",
        ) from problem


def listed(folder: Folder) -> list[str]:
    """The ids of the case files."""
    return sorted(path.parent.name for path in folder.casefiles_path.glob(f"*/{LOG}"))


def verify(folder: Folder, id_: str) -> list[str]:
    """What is wrong with a case file's folder: its chain, its documents, its witness; else empty.

    The witness is the activity log, which has every head on record: entries that were cut off
    the end leave a head there that the chain no longer has.
    """
    log = _log(folder, id_)
    found = log.verify()
    problems = [f"{LOG}: {problem}" for problem in found.problems]
    entries = list(log.entries())
    heads = [entry["hash"] for entry in entries]
    witnessed = [
        str(entry["facts"]["head"])
        for entry in folder.activity.entries()
        if entry["facts"].get("casefile") == id_ and "head" in entry["facts"]
    ]
    problems += [
        f"{LOG}: entry {head} is on record but not in the log"
        for head in dict.fromkeys(witnessed)
        if head not in heads
    ]
    if heads and heads[-1] not in witnessed:
        problems.append(f"{LOG}: the last entry is not on record in the activity log")
    return problems + _documents(log.path.parent, entries)


def _documents(place: Path, entries: list[dict[str, Any]]) -> list[str]:
    wanted = {
        entry["facts"]["content"]["stored"]: entry["facts"]["content"]["sha256"]
        for entry in entries
        if "stored" in (entry["facts"].get("content") or {})
    }
    there = {
        path.relative_to(place).as_posix(): path
        for path in sorted(place.rglob("*"))
        if not path.is_dir() and path.name != LOG
    }
    problems = [f"{name}: is missing" for name in sorted(set(wanted) - set(there))]
    problems += [f"{name}: was added" for name in sorted(set(there) - set(wanted))]
    problems += [
        f"{name}: was changed"
        for name in sorted(set(wanted) & set(there))
        if hashlib.sha256(there[name].read_bytes()).hexdigest() != wanted[name]
    ]
    return problems


def _append(
    folder: Folder, place: Path, action: str, by: str, facts: Mapping[str, Any]
) -> CaseFile:
    log = ActivityLog(place / LOG)
    head = log.append(action, by=by, **facts)
    case = casefile.told(log.entries())
    folder.activity.append(
        f"casefile.{action}", casefile=case.id, inquiry=case.inquiry or None, head=head, by=by
    )
    return case


def _log(folder: Folder, id_: str) -> ActivityLog:
    path = folder.casefiles_path / id_ / LOG
    if Path(id_).name != id_ or not path.is_file():
        known = listed(folder)
        raise CaseFileError(
            f"There is no case file {id_!r}.",
            remedy=f"There is {', '.join(known)}."
            if known
            else "Open one with `linkgraph casefile new`.",
        )
    return ActivityLog(path)


def _must_say(**given: str) -> None:
    for name, value in given.items():
        if not str(value).strip():
            what = {"by": "who signs it", "text": "what is to be said", "note": "why"}
            raise CaseFileError(
                f"The entry does not say {what.get(name, f'its {name}')}.",
                remedy=f"Give it with --{name}.",
            )


def _new_allegation(case: CaseFile, facts: Mapping[str, Any]) -> None:
    if case.allegation(str(facts["allegation"])):
        raise CaseFileError(
            f"There is an allegation {facts['allegation']} already.",
            remedy="Nothing is overwritten: add another.",
        )
    known = {item.exhibit for item in case.items}
    unknown = [one for one in facts.get("exhibits", ()) if one not in known]
    if unknown:
        raise CaseFileError(
            f"There is no exhibit {', '.join(unknown)} in case file {case.id}.",
            remedy=f"There is {', '.join(sorted(known)) or 'none yet'}.",
        )


def _known_allegation(case: CaseFile, facts: Mapping[str, Any]) -> None:
    allegation = case.allegation(str(facts["allegation"]))
    if allegation is None:
        known = ", ".join(one.id for one in case.allegations)
        raise CaseFileError(
            f"There is no allegation {facts['allegation']!r} in case file {case.id}.",
            remedy=f"There is {known}." if known else "Add one with `casefile add … allegation`.",
        )
    element = int(facts.get("element") or 0)
    if not 0 <= element <= len(allegation.elements):
        raise CaseFileError(
            f"Allegation {allegation.id} has {len(allegation.elements)} elements, no {element}.",
            remedy="Elements count from 1; 0 stands for all of them.",
        )
