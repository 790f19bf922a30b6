"""`load`: source files into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, notice, progress, show, write_json
from linkgraph.cli.run import REJECTED

app = options.commands()


@app.command()
def load(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH", help="Files, or folders of files.")
    ],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", metavar="FILE", help="What feeds which table.", show_default=False
        ),
    ] = None,
    workspace: options.Workspace = None,
    format_: options.OutputFormat = Format.TABLE,
) -> None:
    """Load source files into the ledger.

    Files named after the tables load as they are; foreign ones need a mapping. A load is all
    or nothing, and a file that was loaded before changes nothing. Rows that cannot be loaded
    go to the rejects file; the exit code is then 3.
    """
    with progress("load") as tell:
        report = options.opened(workspace).load(*paths, mapping=mapping, progress=tell)
    tables = [
        {
            "table": name,
            "rows": counts.rows,
            "loaded": counts.loaded,
            "merged": counts.merged,
            "rejected": counts.rejected,
            "warned": counts.warned,
            "total": report.totals.get(name, 0),
        }
        for name, counts in report.tables.items()
    ]
    if format_ is Format.JSON:
        write_json(
            {
                "tables": tables,
                "files": [
                    {
                        "file": file.name,
                        "path": str(file.path),
                        "sha256": file.sha256,
                        "rows": file.rows,
                        "status": file.status,
                        "encoding": file.encoding,
                        "dropped": file.dropped,
                        "unfit": file.unfit,
                    }
                    for file in report.files
                ],
                "rejected": report.rejected,
                "rejects_file": None if report.rejects_file is None else str(report.rejects_file),
                "warnings_file": None
                if report.warnings_file is None
                else str(report.warnings_file),
                "ledger": report.fingerprint,
            }
        )
    else:
        show(tables, format_)
    known = sum(file.status == "known" for file in report.files)
    notice(
        f"{_count(len(report.files), 'file')} read"
        + (f", {known} of them known already." if known else ".")
    )
    for file in report.files:
        if file.dropped:
            notice(f"{file.name}: {_count(file.dropped, 'row')} left out, as the mapping says.")
        if file.unfit:
            notice(
                f"{file.name}: {_count(file.unfit, 'row')} with more or fewer cells than the "
                "heading; no table counts them, the rejects list them."
            )
    for path in report.ignored:
        why = "is named after no table" if mapping is None else "is not named by the mapping"
        notice(f"Left alone: {path} {why}.")
    if report.warnings_file is not None and (report.changed or any(r["warned"] for r in tables)):
        notice(f"Doubtful values are listed in {report.warnings_file}.")
    if report.rejected:
        notice(f"{_count(report.rejected, 'row')} rejected; see {report.rejects_file}.")
        raise typer.Exit(REJECTED)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
