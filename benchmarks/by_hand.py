"""The screening beside one hand-written DuckDB query per analysis, on the same Parquet files.

`python -m benchmarks.by_hand WORKSPACE` screens the workspace's ledger anew and runs the
queries of `benchmarks/queries` on the ledger's own files, each side in a process of its own,
and compares rows per analysis and what they say, processor seconds and the clock.

A query is what somebody would write who wanted that one answer, from what the analysis says of
itself, with its parameters as they come: it shares no result with the others, except that
indicators may read the levels which the explanations gave.  Each writes
what it found to Parquet.  The screening does more than the queries: it keeps the levels, the
duty status and the pairs of officer and person, and names a record for each.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cost import Cost, spent
from linkgraph.analyses.registry import analyses

if TYPE_CHECKING:
    import duckdb

    from linkgraph.ledger import Ledger
    from linkgraph.workspace import Settings

QUERIES = Path(__file__).with_name("queries")
LEVELS = ("subject_levels", "lookup_levels")
"""Queries that are no analysis: how far each subject and look-up is explained."""
EXPLANATIONS = (
    "own_case",
    "event_case",
    "cited_case",
    "task_force",
    "registered_proxy",
    "work_record",
    "partner_record",
    "visit_register",
    "late_case",
    "reviewed_proper",
    "unit_case",
    "unit_offence",
    "declared_duty",
)
"""In the order in which they are named where several hold."""
VALUES = ("level", "explanation", "measure", "detail", "requester_key", "record")
"""What is compared of a row, as far as the query gives it."""
SECONDS = "seconds.json"
MEMORY = "3GB"
"""As much as the screening's table engine may take."""


def main() -> None:
    """Compare, or run one side (`--side`) and leave what it found in `--out`."""
    arguments = _arguments()
    if arguments.side:
        _one_side(arguments.side, arguments.workspace, arguments.out)
        return
    out = arguments.out or arguments.workspace / "by_hand"
    shutil.rmtree(out, ignore_errors=True)
    costs = {}
    for side in ("hand", "screen"):
        (out / side).mkdir(parents=True)
        given = (arguments.workspace, "--side", side, "--out", out / side)
        costs[side] = spent("benchmarks.by_hand", *given)
    answers = compared(out / "hand", out / "screen")
    shutil.rmtree(out)
    print(table(costs["hand"], costs["screen"], answers))
    left = sorted({a.name for a in analyses() if a.kind == "screen"} - queried())
    if left:
        print(f"\nWithout a query by hand, and left out on both sides: {', '.join(left)}.")
    wrong = [answer.analysis for answer in answers if answer.differing or answer.otherwise]
    if wrong:
        raise SystemExit(f"Not the same answer: {', '.join(wrong)}.")


@dataclass(frozen=True)
class Answer:
    """What both sides gave for an analysis, and the seconds it took by hand.

    `differing`: look-ups (and subjects) that one side alone has; `otherwise`: those that both
    have, with another level, measure, detail, requester or record.
    """

    analysis: str
    rows: int
    differing: int
    otherwise: int
    seconds: float


def by_screening(ledger: Ledger, settings: Settings, out: Path) -> None:
    """Screen with the analyses that have a query; what was found stays in `out`."""
    from linkgraph.screen import screen

    screen(ledger, settings, out, only=queried())


def by_hand(ledger: Ledger, settings: Settings, out: Path) -> None:
    """Run every query on the ledger's files, each into a Parquet file of its own."""
    import duckdb

    connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(out)})
    _views(connection, ledger)
    words = "|".join(re.escape(word) for word in settings.content_systems)
    purposes = {re.sub(r"\s", "", word.casefold()) for word in settings.generic_purposes}
    values = {
        "$content_systems": _text(words),
        "$generic_purposes": f"({', '.join(map(_text, sorted(purposes)))})",
    }
    seconds = {}
    for name in (*EXPLANATIONS, *LEVELS, *sorted(queried() - {*EXPLANATIONS})):
        query = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
        for mark, value in values.items():
            query = query.replace(mark, value)
        if name == "subject_levels":
            _collect(connection, out)
        started = time.perf_counter()
        target = _text(out / f"{name}.parquet")
        connection.execute(f"COPY ({query}) TO {target} (FORMAT parquet)")
        seconds[name] = time.perf_counter() - started
        if name in LEVELS:
            connection.execute(f"CREATE VIEW {name} AS FROM {target}")
    (out / SECONDS).write_text(json.dumps(seconds), encoding="utf-8")


def compared(hand: Path, screening: Path) -> list[Answer]:
    """Each query's rows beside what the screening says of the same look-ups and subjects."""
    import duckdb

    (found,) = screening.glob("*/screening.json")
    connection = duckdb.connect()

    def number(query: str) -> int:
        return int((connection.execute(f"SELECT count(*) FROM ({query})").fetchone() or (0,))[0])

    def apart(columns: Sequence[str], ours: str, theirs: str) -> int:
        listed = ", ".join(columns)
        mine, same = f"SELECT {listed} FROM {ours}", f"SELECT {listed} FROM {theirs}"
        return number(f"({mine} EXCEPT ALL {same}) UNION ALL ({same} EXCEPT ALL {mine})")

    answers = []
    for name, seconds in json.loads((hand / SECONDS).read_text(encoding="utf-8")).items():
        ours = f"(FROM {_text(hand / f'{name}.parquet')})"
        given = [row[0] for row in connection.execute(f"DESCRIBE {ours}").fetchall()]
        rounded = "SELECT * REPLACE (round(measure, 6) AS measure)" if "measure" in given else ""
        ours = f"({rounded} FROM {ours})"
        theirs = _screened(name, found.parent)
        keys = [column for column in ("lookup_key", "about_key") if column in given]
        differing = apart(keys, ours, theirs)
        values = [column for column in VALUES if column in given]
        # A row with another value counts on either side.
        otherwise = (apart([*keys, *values], ours, theirs) - differing) // 2
        answers.append(Answer(name, number(f"FROM {ours}"), differing, otherwise, seconds))
    return answers


def _screened(name: str, folder: Path) -> str:
    """What the screening in `folder` found, under the names that the queries use."""
    about = "lookup_key, coalesce(subject_key, -1) AS about_key"
    queries = {
        "subject_levels": f"SELECT {about}, level, explanation_id AS explanation "
        f"FROM {_text(folder / 'subjects_explained.parquet')}",
        "lookup_levels": "SELECT lookup_key, explanation_level AS level, "
        f"explanation_id AS explanation FROM {_text(folder / 'lookups.parquet')}",
    }
    explained = (
        f"SELECT {about}, level, record_row_id AS record "
        f"FROM {_text(folder / 'explanations.parquet')} WHERE explanation_id = {_text(name)}"
    )
    indicated = (
        "SELECT lookup_key, round(measure, 6) AS measure, detail, requester_key, "
        f"record_row_id AS record FROM {_text(folder / 'indicators.parquet')} "
        f"WHERE indicator_id = {_text(name)}"
    )
    return f"({queries.get(name, explained if name in EXPLANATIONS else indicated)})"


def table(hand: Cost, screening: Cost, answers: Sequence[Answer]) -> str:
    """Both sides as Markdown: totals, their ratio, rows and seconds of each query."""
    lines = [
        "| | processor | clock | peak memory |",
        "|---|---:|---:|---:|",
        *(
            f"| {name} | {c.processor:.1f} s | {c.seconds:.1f} s | {c.peak:,.0f} MiB |"
            for name, c in (("by hand", hand), ("screen", screening))
        ),
        f"| ratio | {screening.processor / hand.processor:.2f} "
        f"| {screening.seconds / hand.seconds:.2f} | |",
        "",
        "| query | rows | differing | said otherwise | clock by hand |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {a.analysis} | {a.rows:,} | {a.differing} | {a.otherwise} | {a.seconds:.2f} s |"
            for a in answers
        ),
    ]
    return "\n".join(lines)


def _one_side(side: str, workspace: Path, out: Path) -> None:
    from linkgraph.ledger import Ledger
    from linkgraph.workspace import Folder

    folder = Folder.open(workspace)
    run = {"screen": by_screening, "hand": by_hand}[side]
    run(Ledger.open(folder.ledger_path), folder.settings, out)


def queried() -> set[str]:
    return {path.stem for path in QUERIES.glob("*.sql")} - {"views", *LEVELS}


def _views(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """The ledger's tables by their names, empty where nothing was loaded, and what is shared."""
    from linkgraph.ledger import schema

    for name in schema.names():
        columns = ", ".join(
            f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in schema.columns(name).items()
        )
        files = ", ".join(_text(path) for path in ledger.files(name))
        source = f"FROM read_parquet([{files}])" if files else f"SELECT {columns} WHERE false"
        connection.execute(f"CREATE VIEW {name} AS {source}")
    connection.execute((QUERIES / "views.sql").read_text(encoding="utf-8"))


def _collect(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """What the explanations wrote, as one view."""
    parts = [
        f"SELECT lookup_key, about_key, level, '{name}' AS explanation, {place} AS place "
        f"FROM {_text(out / f'{name}.parquet')}"
        for place, name in enumerate(EXPLANATIONS)
    ]
    connection.execute(f"CREATE VIEW explanations AS {' UNION ALL '.join(parts)}")


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_hand", description=__doc__)
    parser.add_argument("workspace", type=Path, help="a workspace with a ledger")
    parser.add_argument("--side", choices=("hand", "screen"))
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
