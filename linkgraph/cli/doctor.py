"""`doctor`: what stands in the way on this machine or in this workspace."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, notice, show

app = options.commands()

_PACKAGES = (
    "duckdb",
    "fonttools",
    "ibis-framework",
    "ladybug",
    "networkx",
    "pandas",
    "pyarrow",
    "python-docx",
    "pyvis",
    "typer",
    "typst",
)
_FREE = 5 << 30


@app.command()
def doctor(
    store: options.Store = None,
    inquiry: options.Inquiry = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Check this machine and the workspace.

    And the graph server, where --store or the settings name one; with an inquiry, one that
    holds another inquiry's graph fails.
    Exit code 1 says that something must be put right; a warning alone does not.
    """
    import platform
    import sys

    from linkgraph import __version__
    from linkgraph.errors import LinkgraphError

    rows: list[dict[str, str]] = []

    def say(check: str, result: str, about: str) -> None:
        rows.append({"check": check, "result": result, "about": about})

    say("linkgraph", "ok", __version__)
    fits = sys.version_info >= (3, 11)
    say("python", "ok" if fits else "failed", f"{platform.python_version()} ({sys.executable})")
    for name in _PACKAGES:
        try:
            say(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            say(name, "failed", "is not installed; install linkgraph again")
    _analyses(say)
    named_fonts: tuple[str, ...] = ()
    try:
        opened = options.opened(workspace)
        folder = opened.folder
        named_fonts = opened.document_fonts()
        say("workspace", "ok", str(folder.path))
        exposed = folder.exposures()
        say("permissions", "warning" if exposed else "ok", "; ".join(exposed) or "owner only")
        _disk(folder.path, say)
        found = folder.activity.verify()
        say("activity log", "failed" if found.problems else "ok",
            "; ".join(found.problems) or f"{found.entries} entries, the chain holds")  # fmt: skip
        if opened.loaded:
            wrong = opened.ledger.verify()
            say("ledger", "failed" if wrong else "ok",
                "; ".join(wrong) or "every file is as it was written")  # fmt: skip
        store = opened.settings.store if store is None else store
    except LinkgraphError as problem:
        named = workspace is not None or options.named()
        say("workspace", "failed" if named else "warning", str(problem))
    if store:
        _store(store, inquiry or "", say)
    _fonts(named_fonts, say)
    show(rows, format_)
    failed = [row for row in rows if row["result"] == "failed"]
    warned = [row for row in rows if row["result"] == "warning"]
    notice(f"{len(rows)} checks, {len(failed)} failed, {len(warned)} warnings.")
    raise typer.Exit(1 if failed else 0)


def _fonts(named: tuple[str, ...], say: options.Say) -> None:
    from linkgraph.api.reporting import chinese_fonts
    from linkgraph.errors import DocumentError

    try:
        say("fonts", "ok", f"documents are set in {', '.join(chinese_fonts(named))}")
    except DocumentError as problem:
        say("fonts", "warning", str(problem))


def _analyses(say: options.Say) -> None:
    from linkgraph.analyses.registry import analyses, check
    from linkgraph.errors import LinkgraphError

    try:
        problems = check()
        about = "; ".join(f"{p.analysis_id}: {p.message}" for p in problems)
        say("analyses", "failed" if problems else "ok", about or f"{len(analyses())} analyses")
    except LinkgraphError as problem:
        say("analyses", "failed", str(problem))


def _store(uri: str, inquiry_id: str, say: options.Say) -> None:
    from linkgraph.errors import LinkgraphError
    from linkgraph.graph import examine

    try:
        for found in examine(uri, inquiry_id):
            say(found.check, found.result, found.about)
    except LinkgraphError as problem:
        say("store", "failed", str(problem))


def _disk(path: Path, say: options.Say) -> None:
    import os
    import shutil

    free = shutil.disk_usage(path).free
    about = f"{free / (1 << 30):.1f} GiB free"
    say("disk", "ok" if free >= _FREE else "warning", about)
    writable = os.access(path, os.W_OK)
    say(
        "writable", "ok" if writable else "failed", "yes" if writable else "the folder is read-only"
    )
    encrypted = _encrypted(path)
    if encrypted is None:
        say("encryption", "warning", "cannot be told here; the volume should be encrypted")
    else:
        say("encryption", "ok" if encrypted else "warning",
            "the volume is encrypted" if encrypted else "the volume is not encrypted")  # fmt: skip


def _encrypted(path: Path) -> bool | None:
    """Whether a Linux volume is a dm-crypt device, or stands on one; None if unknown."""
    import os

    device = path.stat().st_dev
    block = (
        Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}")
        if hasattr(os, "major")
        else None
    )
    if block is None or not block.exists():
        return None
    waiting = [block.resolve()]
    while waiting:
        one = waiting.pop()
        uuid = one / "dm" / "uuid"
        if uuid.exists() and uuid.read_text().startswith("CRYPT-"):
            return True
        waiting += [p.resolve() for p in (one / "slaves").glob("*")]
    return False
