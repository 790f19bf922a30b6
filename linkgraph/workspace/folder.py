"""The folder of a workspace: where each thing lies, who may read it, one writer at a time."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from linkgraph.errors import WorkspaceError
from linkgraph.workspace.activity import ActivityLog
from linkgraph.workspace.settings import Settings

SETTINGS_FILE = "linkgraph.toml"
ACTIVITY_FILE = "activity.jsonl"
_FOLDERS = (
    "ledger",
    "screen",
    "inquiries",
    "graphs",
    "reports",
    "views",
    "casefiles",
    "audits",
)
_OWNER_ONLY = 0o700


@dataclass(frozen=True)
class Folder:
    """A workspace on disk.

    linkgraph.toml  settings            inquiries/<id>.json   authorisations
    ledger/         canonical tables    graphs/<id>/          graph, leads and results
    screen/         screenings          reports/<id>/         what was written
    activity.jsonl  activity log        views/<id>/
    casefiles/<id>/ case files          keys/                 who stands behind pseudonyms
    audits/<month>/ plans and answers
    analyses/       the team's own analyses, if any
    """

    path: Path
    settings: Settings

    @classmethod
    def create(cls, path: Path, settings: Settings | None = None) -> Folder:
        """Make a workspace, readable by its owner alone.

        Raises WorkspaceError if `path` is one already, holds something that would be taken for
        a part of one, or cannot be written.
        """
        path = path.resolve()
        if (path / SETTINGS_FILE).exists():
            raise WorkspaceError(
                f"{path} is a workspace already.", remedy="Use it with -w, or name another folder."
            )
        if path.exists() and not path.is_dir():
            raise WorkspaceError(f"{path} is a file.", remedy="Name a folder.")
        taken = [name for name in (*_FOLDERS, ACTIVITY_FILE) if (path / name).exists()]
        if taken:
            raise WorkspaceError(
                f"{path} holds {', '.join(taken)} already, but is no workspace.",
                remedy="Name a new or empty folder.",
            )
        chosen = settings or Settings()
        try:
            path.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
            path.chmod(_OWNER_ONLY)
            for name in _FOLDERS:
                (path / name).mkdir(mode=_OWNER_ONLY)
            write_private(path / SETTINGS_FILE, chosen.text().encode())
        except OSError as problem:
            raise WorkspaceError(
                f"{path} cannot be made a workspace: {problem.strerror}.",
                remedy="Name a folder that you may write to.",
            ) from problem
        folder = cls(path, chosen)
        folder.activity.append("init")
        return folder

    @classmethod
    def open(cls, path: Path) -> Folder:
        """The workspace at `path`; WorkspaceError if there is none or its settings are wrong."""
        path = path.resolve()
        if not (path / SETTINGS_FILE).is_file():
            what = "does not exist" if not path.exists() else "is no workspace"
            raise WorkspaceError(
                f"{path} {what}: there is no {SETTINGS_FILE}.",
                remedy="Make one with `linkgraph init DIR`, or name one with -w DIR.",
            )
        return cls(path, Settings.read(path / SETTINGS_FILE))

    @property
    def ledger_path(self) -> Path:
        """Where the canonical tables lie."""
        return self.path / "ledger"

    @property
    def screen_path(self) -> Path:
        """Where screenings lie, one folder per fingerprint."""
        return self.path / "screen"

    @property
    def inquiries_path(self) -> Path:
        """Where inquiries lie, one JSON file each."""
        return self.path / "inquiries"

    @property
    def graphs_path(self) -> Path:
        """Where graphs, leads and results lie, one folder per inquiry."""
        return self.path / "graphs"

    @property
    def analyses_path(self) -> Path:
        """Where the team's own analyses lie."""
        return self.path / "analyses"

    @property
    def casefiles_path(self) -> Path:
        """Where case files lie, one folder each."""
        return self.path / "casefiles"

    @property
    def keys_path(self) -> Path:
        """Where the keys of redacted output lie, apart from all that leaves the workspace."""
        return self.path / "keys"

    @property
    def audits_path(self) -> Path:
        """Where the audits' plans, workbooks and answers lie, one folder per month."""
        return self.path / "audits"

    def reports_path(self, inquiry_id: str | None) -> Path:
        """Where reports under an inquiry go; those that need none go to `work`."""
        return self.path / "reports" / (inquiry_id or "work")

    def views_path(self, inquiry_id: str) -> Path:
        """Where views under an inquiry go."""
        return self.path / "views" / inquiry_id

    @cached_property
    def activity(self) -> ActivityLog:
        """The log of what was done here."""
        return ActivityLog(self.path / ACTIVITY_FILE)

    def exposures(self) -> list[str]:
        """A sentence for each part that others than the owner can read or write; empty is good."""
        found: list[str] = []
        for path in (self.path, *(self.path / n for n in (SETTINGS_FILE, ACTIVITY_FILE))):
            if os.name != "posix" or not path.exists():
                continue
            mode = stat.S_IMODE(path.stat().st_mode)
            # What lies inside a closed folder is closed, whatever its own mode.
            if mode & 0o077 and (path == self.path or found):
                found.append(f"{path} can be read by others (mode {mode:o})")
        return found

    @contextmanager
    def exclusive(self, what: str) -> Iterator[None]:
        """Hold the workspace for a change named `what`; WorkspaceError if another process does."""
        try:
            import fcntl
        except ImportError:  # not a POSIX system: the parts guard themselves
            yield
            return
        file = os.open(self.path / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                other = os.read(file, 200).decode(errors="replace").strip()
                raise WorkspaceError(
                    f"{self.path} is being changed by another process ({other}).",
                    remedy="Wait until it has ended.",
                ) from None
            os.ftruncate(file, 0)
            os.pwrite(file, f"{what}, process {os.getpid()}\n".encode(), 0)
            yield
        finally:
            os.close(file)


def refuse_device(path: Path) -> None:
    """Raise OSError if `path` is a pipe or a device: a file put in its place would destroy it."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "It is a pipe or a device, not a file", str(path))


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    refuse_device(path)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        file = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def file_name(*parts: str) -> str:
    """A file name for ids from outside: what no file system minds, unique to the ids.

    `person`, `A123` is `person-A123`; an id with other characters gets a short hash as well.
    """
    plain = "-".join(re.sub(r"[^\w.-]", "_", part).strip(".")[:60] or "_" for part in parts)
    if plain == "-".join(parts):
        return plain
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{plain}-{digest[:8]}"
