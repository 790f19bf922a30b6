"""How a command ends: one clean message and an exit code, never a traceback unasked."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from linkgraph.errors import LinkgraphError, UsageError

DONE, FAILED, USAGE, REJECTED, INTERRUPTED = 0, 1, 2, 3, 130


def run(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line with these arguments (None: the process's own) and exit."""
    os.umask(0o077)
    _stand_in_for_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = FAILED
    try:
        from linkgraph.cli.app import app

        app(args=None if arguments is None else list(arguments), prog_name="linkgraph")
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else FAILED if ended.code else DONE
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":
            code = DONE  # Click's mark of a closed pipe: whoever read us has seen enough.
        if code == INTERRUPTED:
            _say("Interrupted.")
    except KeyboardInterrupt:
        _say("Interrupted.")
        code = INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter must not complain while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = DONE
    except LinkgraphError as problem:
        _details()
        _say(f"Error: {problem}")
        code = USAGE if isinstance(problem, UsageError) else FAILED
    except Exception as problem:
        if type(problem).__name__ == "InterruptException":  # the table engine's own
            _say("Interrupted.")
            code = INTERRUPTED
        else:
            _details()
            _say(_unexpected(problem))
    sys.exit(_flushed(code))


def debugging() -> bool:
    """Whether the user asked for details of failures."""
    return os.environ.get("LINKGRAPH_DEBUG", "") not in ("", "0") or "--debug" in sys.argv


_REMEDIES = {
    errno.EROFS: " Make the place writable, or name another one.",
    errno.EACCES: " Check the permissions, or name another place.",
    errno.EPERM: " Check the permissions, or name another place.",
    errno.ENOENT: " Check the path.",
    errno.ENOTDIR: " Check the path.",
    errno.ENOSPC: " Make room on the disk.",
    errno.EDQUOT: " Make room on the disk.",
    errno.EFBIG: " Make room, or raise the limit on the size of files.",
    errno.EMFILE: " Raise the limit on open files (`ulimit -n`).",
}


def _unexpected(problem: Exception) -> str:
    said = next(iter(str(problem).splitlines()), "")
    if isinstance(problem, OSError) and problem.strerror:
        where = f"{problem.filename}: " if problem.filename else ""
        return f"Error: {where}{problem.strerror}.{_REMEDIES.get(problem.errno or 0, '')}"
    if isinstance(problem, MemoryError):
        return "Error: there is not enough memory. Name fewer officers or a shorter period."
    more = "" if debugging() else " For details, run it again with LINKGRAPH_DEBUG=1."
    return f"Error: something unexpected happened ({type(problem).__name__}: {said}).{more}"


def _stand_in_for_closed_streams() -> None:
    """Give a process that was started without stdout or stderr (`>&-`) one that goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
            setattr(sys, name, nowhere)


def _details() -> None:
    if debugging():
        import traceback

        traceback.print_exc()


def _say(text: str) -> None:
    from linkgraph.cli.text import printable

    try:
        print(printable(text), file=sys.stderr)
    except OSError:
        return


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except OSError as problem:
        _say(f"Error: the output could not be written: {problem.strerror}.")
        return FAILED
    return code
