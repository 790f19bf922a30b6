"""Where source files lie: the files of a folder, none passed over in silence."""

from __future__ import annotations

import os
from pathlib import Path

from linkgraph.errors import SourceError


def files_below(folder: Path) -> list[Path]:
    """All files in `folder` and in the folders below it, sorted.

    A folder that is a link is not followed.  Raises SourceError for a folder that may not be
    read: what lies in it would otherwise be missing without a word.
    """
    found = [
        Path(place, name) for place, _, names in os.walk(folder, onerror=_refuse) for name in names
    ]
    return sorted(path for path in found if path.is_file())


def listed(folder: Path) -> list[Path]:
    """What lies in `folder` itself, sorted.  Raises SourceError if it may not be read."""
    try:
        return sorted(folder.iterdir())
    except OSError as problem:
        raise _refused(problem) from problem


def must_exist(path: Path) -> None:
    """Raise SourceError if there is nothing at `path`, or nothing that may be seen."""
    try:
        path.stat()
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist.", remedy="Check the path.") from None
    except OSError as problem:
        raise _refused(problem) from problem


def _refuse(problem: OSError) -> None:
    raise _refused(problem) from problem


def _refused(problem: OSError) -> SourceError:
    return SourceError(
        f"{problem.filename} cannot be read: {problem.strerror}.",
        remedy="Check the path and its permissions.",
    )
