"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkgraph.cli.output import Format, notice

Say = Callable[[str, str, str], None]
"""Called with a check, its result and what is to say about it."""

if TYPE_CHECKING:
    from linkgraph.api import Workspace as _Workspace


class Language(StrEnum):
    """Language of analysis and report text."""

    ENGLISH = "en"
    CHINESE = "zh-TW"


Workspace = Annotated[
    Path | None,
    typer.Option(
        "-w",
        "--workspace",
        help="The workspace; else the one named before the command, or this folder.",
        show_default=False,
    ),
]
Inquiry = Annotated[
    str | None,
    typer.Option(
        "--inquiry", metavar="ID", help="The inquiry that authorises it.", show_default=False
    ),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="How to write the listing.")]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="TIME", help="First day or moment.", show_default=False),
]
To = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="TIME", help="Last day, included; or a moment, not.", show_default=False
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URI",
        help="The graph store: empty is embedded, neo4j://HOST:7687 a server.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Where to write.", show_default=False),
]
Top = Annotated[int, typer.Option("--top", min=0, help="How many to list; 0 is all.")]
Lang = Annotated[
    Language | None,
    typer.Option("--lang", help="Language; else the workspace's.", show_default=False),
]
Given = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A parameter; may be repeated."),
]

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_remembered: list[Path] = []


def commands(summary: str = "") -> typer.Typer:
    """An empty set of commands; with a summary, a group of that help."""
    return typer.Typer(
        help=summary or None,
        no_args_is_help=bool(summary),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings=CONTEXT,
    )


def remember(workspace: Path | None) -> None:
    """Keep the workspace named before the command."""
    _remembered[:] = [workspace] if workspace is not None else []


def named() -> bool:
    """Whether a workspace was named before the command."""
    return bool(_remembered)


def opened(workspace: Path | None) -> _Workspace:
    """The workspace that the command or the group before it names, else the current folder."""
    from linkgraph import api

    path = workspace or (_remembered[0] if _remembered else Path())
    found = api.open(path)
    for sentence in found.folder.exposures():
        notice(f"Warning: {sentence}. Close it with: chmod 700 {found.folder.path}")
    return found


def analyses_folder(workspace: Path | None) -> Path | None:
    """The `analyses/` of the workspace if one is named or here; None outside of one."""
    from linkgraph.errors import WorkspaceError

    try:
        return opened(workspace).folder.analyses_path
    except WorkspaceError:
        if workspace is not None or named():
            raise
        return None


def parameters(given: list[str] | None) -> dict[str, int | float | str]:
    """`NAME=VALUE` options as values: numbers where they look like numbers."""
    from linkgraph.errors import UsageError

    found: dict[str, int | float | str] = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            raise UsageError(
                f"--set {text!r} names no parameter.", remedy="Write --set NAME=VALUE."
            )
        found[name] = _value(value)
    return found


def _value(text: str) -> int | float | str:
    for type_ in (int, float):
        try:
            return type_(text)
        except ValueError:
            continue
    return text


def version(asked: bool) -> None:
    """Print the version and leave, if asked."""
    if asked:
        from linkgraph import __version__

        typer.echo(f"linkgraph {__version__}")
        raise typer.Exit
