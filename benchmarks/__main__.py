"""Time every stage at several sizes; print cost, peak memory and growth as Markdown.

Each stage runs in a process of its own through the command line, as a user would run it, so
that seconds and peak memory are the stage's and start-up is counted.  Processor seconds stand
beside the clock's, since they say the same on a busy machine.  Growth is the exponent b of
processor seconds ~ look-ups^b from each size to the next.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
import shutil
import sys
from pathlib import Path

from benchmarks.cost import Cost, spent

INQUIRY = "bench"
FIRST_OFFICER = object()


def main() -> None:
    """Run the stages at every size asked for and print the table."""
    arguments = _arguments()
    costs: dict[int, dict[str, Cost]] = {}
    for lookups in sorted(arguments.lookups):
        folder = arguments.folder / str(lookups)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        costs[lookups] = measure(folder, lookups, arguments.months)
        print(table(costs), file=sys.stderr, flush=True)
        if not arguments.keep:
            shutil.rmtree(folder)
    print(table(costs))


def measure(folder: Path, lookups: int, months: int) -> dict[str, Cost]:
    """All stages once on a force with about `lookups` look-ups."""
    officers = max(60, round(lookups / months / 500))
    rate = round(lookups / months / officers)
    source, workspace = folder / "source", folder / "workspace"
    simulate = ("simulate", source, "--officers", officers, "--months", months, "--seed", 1)
    stages: list[tuple[str, tuple[object, ...]]] = [
        ("simulate", (*simulate, "--lookups-per-month", rate)),
        ("init", ("init", workspace)),
        ("load", ("-w", workspace, "load", source)),
        ("screen", ("-w", workspace, "screen")),
        (
            "inquiry",
            (
                "-w", workspace, "inquiry", "open", "--id", INQUIRY, "--opened-by", "A",
                "--authorised-by", "B", "--ground", "benchmark", "--document", "1",
                "--all-officers", "--from", "2000-01-01", "--to", "2099-01-01",
                "--ties", "all", "--k", 2, "--until", "2099-01-01",
            ),
        ),
        ("graph", ("-w", workspace, "ego", FIRST_OFFICER, "--inquiry", INQUIRY, "--limit", 2)),
        ("analyse", ("-w", workspace, "analyse", "--inquiry", INQUIRY)),
        (
            "leads",
            ("-w", workspace, "leads", "list", "--inquiry", INQUIRY, "--top", 0, "--format", "csv"),
        ),
    ]  # fmt: skip
    costs = {}
    for name, command in stages:
        print(f"{lookups:>9,} {name} ...", file=sys.stderr, flush=True)
        given = [first(source) if part is FIRST_OFFICER else part for part in command]
        costs[name] = spent("linkgraph", *given)
    return {name: cost for name, cost in costs.items() if name not in ("init", "inquiry")}


def first(source: Path) -> str:
    """An officer of the force: asking for his ties builds the graph and little else."""
    with (source / "officers.csv").open(encoding="utf-8", newline="") as rows:
        return f"officer:{next(csv.DictReader(rows))['officer_id']}"


def table(costs: dict[int, dict[str, Cost]]) -> str:
    """The figures as a Markdown table, with the growth exponents of each stage."""
    sizes = sorted(costs)
    head = ["stage", *(f"{n:,} look-ups" for n in sizes), "growth"]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    for stage in costs[sizes[0]]:
        cells = [str(costs[n][stage]) for n in sizes]
        steps = [
            growth(costs[a][stage], costs[b][stage], b / a) for a, b in itertools.pairwise(sizes)
        ]
        lines.append(f"| {stage} | " + " | ".join(cells) + f" | {', '.join(steps) or '–'} |")
    return "\n".join(lines)


def growth(small: Cost, large: Cost, times: float) -> str:
    """The exponent with which processor seconds grow when look-ups grow `times` over."""
    return f"n^{math.log(large.processor / small.processor) / math.log(times):.2f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--lookups", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--months", type=int, default=6)
    parser.add_argument("--folder", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--keep", action="store_true", help="leave sources and workspaces")
    return parser.parse_args()


if __name__ == "__main__":
    main()
