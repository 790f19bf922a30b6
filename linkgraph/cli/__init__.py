"""The command line: `linkgraph`.

Data goes to stdout, talk to stderr.  Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with
rejected rows, 130 interrupted.
"""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    from linkgraph.cli.run import run

    run()
