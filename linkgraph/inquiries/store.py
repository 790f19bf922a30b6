"""Inquiries on disk, one JSON file each, and the gate: nothing private without a valid one."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from linkgraph.errors import InquiryError, WorkspaceError
from linkgraph.inquiries.inquiry import Inquiry, check
from linkgraph.model.graph import TIE_KINDS
from linkgraph.workspace import Folder
from linkgraph.workspace.folder import write_private


def open_inquiry(
    folder: Folder,
    inquiry: Inquiry,
    *,
    known_ties: Collection[str] = TIE_KINDS,
) -> Inquiry:
    """Put a new inquiry on record, opened at its `opened_at`.

    `known_ties` are the kinds that may be named.  Raises InquiryError if it breaks a rule or
    its id is taken: an inquiry is never changed, a wider one is a new one.
    """
    check(inquiry, at=inquiry.opened_at, known_ties=known_ties)
    path = _path(folder, inquiry.id)
    if path.exists() or _certificate(folder, inquiry.id).exists():
        raise InquiryError(
            f"There is an inquiry {inquiry.id} already.",
            remedy="Inquiries are not changed: open another with a new id.",
        )
    folder.activity.append(
        "inquiry.open", inquiry=inquiry.id, sha256=_sha256(_bytes(inquiry)), **_summary(inquiry)
    )
    write_private(path, _bytes(inquiry))
    return inquiry


def require(folder: Folder, inquiry_id: str | None, at: int | None = None) -> Inquiry:
    """The gate: the inquiry if it holds at `at` (µs UTC; None is now).

    Raises InquiryError when none is named, or it is unknown, expired or closed.  Every command
    and method that shows private ties passes here first.
    """
    if not inquiry_id:
        raise InquiryError(
            "Private ties are joined only under an inquiry, and none was named.",
            remedy="Name one with --inquiry ID; `linkgraph inquiry list` shows them, "
            "`linkgraph inquiry open` opens one.",
        )
    inquiry = read(folder, inquiry_id)
    moment = time.time_ns() // 1000 if at is None else at
    state = inquiry.state(moment)
    if state != "open":
        what = "was closed" if state == "closed" else "has expired"
        raise InquiryError(
            f"Inquiry {inquiry_id} {what}: private ties may no longer be joined under it.",
            remedy="Open another inquiry if it is still needed and authorised.",
        )
    return inquiry


def read(folder: Folder, inquiry_id: str) -> Inquiry:
    """An inquiry as it stands, whether it still holds or not; InquiryError if unknown."""
    path = _path(folder, inquiry_id)
    if path.is_file():
        return _load(folder, path)
    if _certificate(folder, inquiry_id).is_file():
        raise InquiryError(
            f"Inquiry {inquiry_id} was purged: what it joined is gone.",
            remedy=f"The certificate is {_certificate(folder, inquiry_id)}.",
        )
    known = [inquiry.id for inquiry in listed(folder)]
    raise InquiryError(
        f"There is no inquiry {inquiry_id!r}.",
        remedy=f"There is {', '.join(known)}."
        if known
        else "Open one with `linkgraph inquiry open`.",
    )


def listed(folder: Folder) -> list[Inquiry]:
    """Every inquiry on record, ordered by id; purged ones are not."""
    return [_load(folder, path) for path in sorted(folder.inquiries_path.glob("*.json"))]


def close(folder: Folder, inquiry_id: str, *, at: int | None = None) -> Inquiry:
    """End an inquiry; what it joined stays until it is purged.  InquiryError if it has ended."""
    inquiry = read(folder, inquiry_id)
    if inquiry.closed_at is not None:
        raise InquiryError(f"Inquiry {inquiry_id} is closed already.")
    moment = time.time_ns() // 1000 if at is None else at
    closed = replace(inquiry, closed_at=moment)
    folder.activity.append("inquiry.close", inquiry=inquiry_id, sha256=_sha256(_bytes(closed)))
    write_private(_path(folder, inquiry_id), _bytes(closed))
    return closed


def purge(
    folder: Folder,
    inquiry_id: str,
    *,
    servers: Callable[[], list[dict[str, Any]]] = list,
    kept: Sequence[Mapping[str, Any]] = (),
    also: Sequence[Path] = (),
    at: int | None = None,
) -> dict[str, Any]:
    """Remove what an ended inquiry joined, and certify it.

    Removed are its graph, leads, results, reports and views in the workspace, and the files
    `also`; before them what `servers` empties: it is called once the inquiry is known to have
    ended, and what it returns stands in the certificate.  The certificate lists every file with
    size and SHA-256, is written to `inquiries/purged/<id>.json` with its own hash on record, and
    returned; `elsewhere` names copies that were written to other places, which only their
    holders can remove, and `kept` what stays by other rules.  Raises InquiryError while the
    inquiry holds.
    """
    inquiry = read(folder, inquiry_id)
    moment = time.time_ns() // 1000 if at is None else at
    if inquiry.state(moment) == "open":
        raise InquiryError(
            f"Inquiry {inquiry_id} still holds.",
            remedy=f"Close it first: `linkgraph inquiry close {inquiry_id}`.",
        )
    stores = servers()
    places = (
        folder.graphs_path / inquiry_id,
        folder.reports_path(inquiry_id),
        folder.views_path(inquiry_id),
    )
    removed = [
        {
            "file": path.relative_to(folder.path).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": _file_sha256(path),
        }
        for path in [*_files(places), *_there(also)]
    ]
    head = folder.activity.append("inquiry.purge", inquiry=inquiry_id, files=len(removed))
    for place in places:
        shutil.rmtree(place, ignore_errors=False) if place.exists() else None
    for path in _there(also):
        path.unlink()
    left = [path.relative_to(folder.path).as_posix() for path in _files(places)]
    if left:
        raise WorkspaceError(f"Not everything could be removed: {', '.join(left)}.")
    certificate = {
        "inquiry": inquiry.as_json(),
        "purged_at": moment,
        "removed": removed,
        "stores": stores,
        "kept": [dict(one) for one in kept],
        "elsewhere": _elsewhere(folder, inquiry_id, places),
        "activity_head": head,
    }
    text = json.dumps(certificate, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _certificate(folder, inquiry_id).parent.mkdir(mode=0o700, exist_ok=True)
    data = text.encode("utf-8", "backslashreplace")
    write_private(_certificate(folder, inquiry_id), data)
    folder.activity.append("inquiry.certify", inquiry=inquiry_id, sha256=_sha256(data))
    _path(folder, inquiry_id).unlink()
    return certificate


def certificate(folder: Folder, inquiry_id: str) -> dict[str, Any]:
    """The certificate of a purge; InquiryError if there is none, or it is not as it was written."""
    path = _certificate(folder, inquiry_id)
    _path(folder, inquiry_id)  # refuses what cannot name an inquiry
    if not path.is_file():
        raise InquiryError(
            f"There is no certificate for inquiry {inquiry_id!r}.",
            remedy=f"One is written by `linkgraph inquiry purge {inquiry_id}`.",
        )
    data = path.read_bytes()
    if not folder.activity.mentions(_sha256(data)):
        raise InquiryError(
            f"{path}: differs from what the activity log has on record.",
            remedy="Restore the file from a backup.",
        )
    found: dict[str, Any] = json.loads(data)
    return found


def _elsewhere(folder: Folder, inquiry_id: str, places: Iterable[Path]) -> list[str]:
    """Files that activity under the inquiry wrote outside the places that a purge clears."""
    written = {
        str(entry["facts"]["file"])
        for entry in folder.activity.entries()
        if entry["facts"].get("inquiry") == inquiry_id and entry["facts"].get("file")
    }
    cleared = tuple(places)
    return sorted(n for n in written if not any(Path(n).is_relative_to(at) for at in cleared))


def _there(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.is_file())


def _files(places: Iterable[Path]) -> list[Path]:
    return sorted(p for place in places if place.exists() for p in place.rglob("*") if p.is_file())


def _path(folder: Folder, inquiry_id: str) -> Path:
    if Path(inquiry_id).name != inquiry_id or inquiry_id.startswith("."):
        raise InquiryError(f"{inquiry_id!r} cannot name an inquiry.")
    return folder.inquiries_path / f"{inquiry_id}.json"


def _certificate(folder: Folder, inquiry_id: str) -> Path:
    return folder.inquiries_path / "purged" / f"{inquiry_id}.json"


def _load(folder: Folder, path: Path) -> Inquiry:
    try:
        data = path.read_bytes()
        inquiry = Inquiry.from_json(json.loads(data))
    except (OSError, ValueError, AttributeError, TypeError) as problem:
        raise InquiryError(
            f"{path}: is not an inquiry that linkgraph wrote: {problem}.",
            remedy="Restore the file from a backup.",
        ) from problem
    if inquiry.id != path.stem or not folder.activity.mentions(_sha256(data)):
        raise InquiryError(
            f"{path}: differs from what the activity log has on record.",
            remedy="An inquiry is never edited: restore the file, or open another inquiry.",
        )
    return inquiry


def _bytes(inquiry: Inquiry) -> bytes:
    text = json.dumps(inquiry.as_json(), ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8", "backslashreplace")


def _summary(inquiry: Inquiry) -> dict[str, Any]:
    kept = ("opened_by", "authorised_by", "ground", "document", "all_officers", "k", "until")
    facts = {name: getattr(inquiry, name) for name in kept}
    return facts | {
        "officers": list(inquiry.officers),
        "units": list(inquiry.units),
        "ties": list(inquiry.ties),
        "from": inquiry.start,
        "to": inquiry.end,
    }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
