"""`load`: source files into the ledger."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linkgraph.cli import options
from linkgraph.cli.output import Format, notice, progress, show, write_json
from linkgraph.cli.run import REJECTED

if TYPE_CHECKING:
    from linkgraph.ledger.report import LoadReport

app = options.commands()

_SHOWN = 10


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
    taken = Counter(row.table for row in report.withdrawn)
    tables = [
        {
            "table": name,
            "rows": counts.rows,
            "loaded": counts.loaded,
            "merged": counts.merged,
            "rejected": counts.rejected,
            "withdrawn": taken.get(name, 0),
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
                "feeds": [
                    {
                        "table": feed.table,
                        "file": feed.file,
                        "rows": feed.rows,
                        "used": feed.used,
                        "made": feed.made,
                    }
                    for feed in report.feeds
                ],
                "rejected": report.rejected,
                "withdrawn": [
                    {
                        "table": row.table,
                        "row_id": row.row_id,
                        "file": row.file,
                        "row": row.row,
                        "reason": row.reason,
                    }
                    for row in report.withdrawn
                ],
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
    _tell_withdrawn(report)
    if report.rejected:
        notice(f"{_count(report.rejected, 'row')} rejected; see {report.rejects_file}.")
    if report.rejected or report.withdrawn:
        raise typer.Exit(REJECTED)


def _tell_withdrawn(report: LoadReport) -> None:
    """Name the first rows that the ledger held before this load and holds no longer."""
    gone = report.withdrawn
    if not gone:
        return
    notice(
        f"Withdrawn: {_count(len(gone), 'row')} that the ledger held before; this load speaks "
        "against them:"
    )
    for row in gone[:_SHOWN]:
        notice(f"  {row.table} {row.row_id} ({row.file} row {row.row}): {row.reason}")
    if len(gone) > _SHOWN:
        notice(f"  and {len(gone) - _SHOWN:,} more; {report.rejects_file} lists them all.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
