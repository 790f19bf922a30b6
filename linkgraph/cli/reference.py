"""The command reference of the documentation, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from linkgraph.cli.app import COMMANDS, app, command
from linkgraph.cli.options import CONTEXT

_WIDTH = 100

_INTRODUCTION = """\
# The command line

Generated from the commands. Data goes to stdout, talk to stderr. Listings take
`--format table|json|csv`; in CSV, text that a spreadsheet would take for a formula gets an
apostrophe before it. Long work shows progress on a terminal and nothing in a pipe.

`-w DIR` names the workspace, before or after the command; without it, it is the current folder.
A day that ends a period is included. Dates may be Gregorian or ROC (`2024-07-15`, `113/07/15`).
Things are named `kind:id` (`officer:O0042`), or by an id that only one kind has.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | failed; one line on stderr says why and what to do |
| 2 | wrong usage |
| 3 | done, with rejected rows |
| 130 | interrupted |

| environment | meaning |
|---|---|
| `LINKGRAPH_USER` | who is working, for the activity log; else the system's account |
| `LINKGRAPH_DEBUG` | `1` shows details of a failure, as `--debug` does |
"""


def reference() -> str:
    """The whole page, in Markdown."""
    import typer

    parts = [_INTRODUCTION, *_section("linkgraph", typer.main.get_group(app), level=2)]
    for name in COMMANDS:
        parts += _section(f"linkgraph {name}", command(name), level=2)
    return "\n".join(parts)


def undocumented() -> list[str]:
    """Commands, options and arguments that say nothing of themselves."""
    found: list[str] = []
    for name in COMMANDS:
        for path, one in _walk(f"linkgraph {name}", command(name)):
            if not (one.help or "").strip():
                found.append(path)
            found += [
                f"{path} {parameter.name}"
                for parameter in one.params
                if not (getattr(parameter, "help", None) or "").strip() and not _plain(parameter)
            ]
    return found


def _plain(parameter: Any) -> bool:
    """An argument whose metavar says all there is: `complaint|person|vehicle|phone`."""
    return "|" in (getattr(parameter, "metavar", None) or "")


def _section(path: str, one: Any, *, level: int) -> Iterator[str]:
    for name, found in _walk(path, one):
        depth = level + name.count(" ") - path.count(" ")
        context = found.make_context(
            name, [], resilient_parsing=True, **CONTEXT, terminal_width=_WIDTH
        )
        text = "\n".join(text.rstrip() for text in context.get_help().splitlines())
        yield f"{'#' * depth} {name}\n\n```text\n{text}\n```\n"


def _walk(path: str, one: Any) -> Iterator[tuple[str, Any]]:
    yield path, one
    if path != "linkgraph":
        for name, below in getattr(one, "commands", {}).items():
            yield from _walk(f"{path} {name}", below)
