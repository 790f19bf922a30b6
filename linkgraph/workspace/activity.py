"""The activity log: what was done with the workspace, append-only and chained by hash.

One JSON object a line: `n`, `at` (ISO 8601, UTC), `who`, `action`, `facts`, `previous` and
`hash`, the SHA-256 of the entry without it in canonical JSON.  `previous` is the hash of the
entry before, so that no entry can be changed, dropped or put in without the head changing;
the head is printed in every report.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from linkgraph.errors import WorkspaceError

START = "0" * 64
"""The head of an empty log, and `previous` of the first entry."""

_BLOCK = 1 << 16


@dataclass(frozen=True)
class Verification:
    """What checking the chain found: its length, its head, and each thing that is wrong."""

    entries: int
    head: str
    problems: tuple[str, ...]


def current_user() -> str:
    """Who is working: `LINKGRAPH_USER`, else the account of the operating system."""
    import getpass

    named = os.environ.get("LINKGRAPH_USER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


class ActivityLog:
    """The log in the file `path`; `now` gives the time of an entry.

    Appends of several processes follow one another: each holds an exclusive lock from reading
    the head to the end of writing, and returns when the entry is on the disk.
    """

    def __init__(
        self, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.path = path
        self._now = now

    def append(self, action: str, **facts: Any) -> str:
        """Add an entry and return its hash, the new head.

        `facts` must be JSON values; None is left out.  Raises WorkspaceError if the log cannot
        be written: what cannot be logged must not be done.
        """
        try:
            with _locked(self.path, write=True) as file:
                before, torn = _tail(file)
                number = int(before["n"]) + 1 if before else 1
                kept = {k: v for k, v in facts.items() if v is not None}
                if torn:
                    # An append that a crash cut short: it stays, and its hash is witnessed.
                    kept["torn"] = hashlib.sha256(torn).hexdigest()
                entry = {
                    "n": number,
                    "at": self._now().astimezone(UTC).isoformat(timespec="microseconds"),
                    "who": current_user(),
                    "action": action,
                    "facts": kept,
                    "previous": str(before["hash"]) if before else START,
                }
                entry["hash"] = _digest(entry)
                line = _line(entry)
                os.lseek(file, 0, os.SEEK_END)
                _write(file, (b"\n" if torn else b"") + line)
                os.fsync(file)
                return str(entry["hash"])
        except OSError as problem:
            raise WorkspaceError(
                f"{self.path}: the activity log cannot be written: {problem.strerror}.",
                remedy="Make the workspace writable and free some space; nothing was done.",
            ) from problem

    def head(self) -> str:
        """The hash of the last entry; `START` when there is none."""
        if not self.path.exists():
            return START
        with _locked(self.path, write=False) as file:
            before, _ = _tail(file)
        return str(before["hash"]) if before else START

    def entries(self) -> Iterator[dict[str, Any]]:
        """Every readable entry, oldest first."""
        for line in self._lines():
            entry = _parse(line.removesuffix(b"\n"))
            if entry is not None:
                yield entry

    def mentions(self, sha256: str) -> bool:
        """Whether any entry names this hash."""
        return any(sha256.encode() in line for line in self._lines())

    def verify(self, *, expect: str = "") -> Verification:
        """Check the whole chain; `expect` is a head that must be in it, as a report printed it.

        Linear in entries; nothing is changed.
        """
        problems: list[str] = []
        previous, count, torn, seen = START, 0, "", not expect or expect == START
        for number, line in enumerate(self._lines(), 1):
            entry = _parse(line.removesuffix(b"\n"))
            if entry is None:
                if torn:
                    problems.append(f"line {number - 1}: not an entry, and none after says why")
                torn = hashlib.sha256(line.removesuffix(b"\n")).hexdigest()
                continue
            count += 1
            # Blanks and line ends say nothing to JSON; a log is compared byte by byte.
            if line != _line(entry):
                problems.append(f"line {number}: not written as the log writes its entries")
            if torn and entry.get("facts", {}).get("torn") != torn:
                problems.append(f"line {number - 1}: not an entry of the log")
            torn = ""
            if entry["hash"] != _digest({k: v for k, v in entry.items() if k != "hash"}):
                problems.append(f"line {number}: the entry was changed after it was written")
            if entry["previous"] != previous:
                problems.append(f"line {number}: an entry before it was changed, removed or added")
            if entry["n"] != count:
                problems.append(f"line {number}: numbered {entry['n']}, expected {count}")
            previous = entry["hash"]
            seen = seen or previous == expect
        if torn:
            problems.append("the last line is not a whole entry: an append was cut short")
        if not seen:
            problems.append(f"no entry has the hash {expect}: entries were removed or rewritten")
        return Verification(count, previous, tuple(problems))

    def _lines(self) -> Iterator[bytes]:
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            yield from file


def _digest(entry: Mapping[str, Any]) -> str:
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(_encoded(text)).hexdigest()


def _line(entry: Mapping[str, Any]) -> bytes:
    return _encoded(json.dumps(entry, ensure_ascii=False, sort_keys=True)) + b"\n"


def _encoded(text: str) -> bytes:
    # A lone surrogate, from a file name that is not UTF-8, becomes its own JSON escape.
    return text.encode("utf-8", "backslashreplace")


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    whole = isinstance(entry, dict) and {"n", "hash", "previous", "facts"} <= set(entry)
    return entry if whole and isinstance(entry["facts"], dict) else None


def _tail(file: int) -> tuple[dict[str, Any] | None, bytes]:
    """The last whole entry, and the bytes after the last line end (a torn append)."""
    end = os.lseek(file, 0, os.SEEK_END)
    data, start = b"", end
    while start > 0:
        size = min(_BLOCK, start)
        start -= size
        os.lseek(file, start, os.SEEK_SET)
        data = os.read(file, size) + data
        *lines, torn = data.split(b"\n")
        # The first piece may lack its beginning unless the file begins there.
        for line in reversed(lines if start == 0 else lines[1:]):
            entry = _parse(line)
            if entry is not None:
                return entry, torn
    return None, data


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


@contextmanager
def _locked(path: Path, *, write: bool) -> Iterator[int]:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND if write else os.O_RDONLY
    file = os.open(path, flags, 0o600)
    try:
        try:
            import fcntl
        except ImportError:  # not a POSIX system: appends are short, and each one call
            yield file
            return
        fcntl.flock(file, fcntl.LOCK_EX if write else fcntl.LOCK_SH)
        yield file
    finally:
        os.close(file)
