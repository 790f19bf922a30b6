"""Make the evaluation's tables: many simulated forces, one at a time, pooled into docs/method.md.

Three sets of forces:

- `pooled`: 1,000 officers for six months, one look-up in 10,000 misuse of every kind; with the
  method run again without each of its parts
- `null`: forces without any misuse
- `notice`: small forces with the four cases of the ethics notice planted once each

Each force is simulated and evaluated by commands of its own, as a user would run them; what is
kept of it is its figures, and the force goes.  A force whose figures are there is not made again,
so that an interrupted run goes on where it was.  `write` pools what there is and puts the tables
between the markers of docs/method.md.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from linkgraph.evaluation.ceiling import NAME, with_ceiling
from linkgraph.evaluation.figures import FILE, Figures
from linkgraph.evaluation.notice import notice
from linkgraph.evaluation.pooled import Pool
from linkgraph.evaluation.tables import Table, nulls, tables
from linkgraph.leads.method import ABLATIONS

DOCUMENT = Path("docs/method.md")
BEGIN, END = "<!-- evaluation: begin -->", "<!-- evaluation: end -->"


@dataclass(frozen=True)
class Forces:
    """A set of forces: size of each, share of misuse (None: the notice's cases), how many."""

    officers: int
    months: int
    rate: float | None
    seeds: int
    ablate: bool = False


SETS = {
    "pooled": Forces(1000, 6, 1e-4, 10, ablate=True),
    "null": Forces(200, 3, 0, 20),
    "notice": Forces(100, 2, None, 20),
}


def main() -> None:
    """Make the forces asked for, then write the tables if asked."""
    given = _arguments()
    for name in (name for name in SETS if name in given.what):
        default = SETS[name]
        chosen = Forces(
            given.officers or default.officers,
            given.months or default.months,
            default.rate if given.rate is None else given.rate,
            given.seeds or default.seeds,
            default.ablate,
        )
        for place in range(chosen.seeds):
            ablate = chosen.ablate and (given.ablated is None or place < given.ablated)
            one = replace(chosen, ablate=ablate)
            make(given.folder / name, one, given.first_seed + place)
    if "write" in given.what:
        write(given.folder, given.document)


def make(folder: Path, forces: Forces, seed: int) -> None:
    """Simulate and evaluate one force, unless its figures are kept, and keep them."""
    kept = folder / f"seed-{seed:03d}" / FILE
    if kept.exists():
        return
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    size = ("--officers", forces.officers, "--months", forces.months, "--seed", seed)
    rate = () if forces.rate is None else ("--rate", forces.rate)
    started = time.perf_counter()
    spent = run("simulate", work, *size, *rate)
    spent += run("evaluate", work, *(["--ablate"] if forces.ablate else []))
    kept.parent.mkdir(parents=True, exist_ok=True)
    (work / "truth" / FILE).rename(kept)
    shutil.rmtree(work)
    clock = time.perf_counter() - started
    print(f"{kept.parent}: {spent:,.0f} s of the processor, {clock:,.0f} s", flush=True)


def run(*command: object) -> float:
    """One `linkgraph` command; its processor seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "linkgraph", *(str(part) for part in command)],
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def write(folder: Path, document: Path) -> None:
    """Pool the figures in `folder` and put their tables between the document's markers."""
    parts = [
        section(name, made)
        for name in SETS
        if (made := kept_tables(folder / name, name)) is not None
    ]
    text = document.read_text(encoding="utf-8")
    body = "\n\n".join([BEGIN, *parts, END])
    pattern = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"{document} has no {BEGIN} … {END}")
    document.write_text(pattern.sub(lambda _: body, text), encoding="utf-8")


def kept_tables(folder: Path, name: str) -> tuple[list[Figures], list[Table]] | None:
    """The figures kept of a set of forces, and its tables; None if there are none."""
    figures = [Figures.read(path) for path in sorted(folder.glob(f"seed-*/{FILE}"))]
    if not figures:
        return None
    if name == "notice":
        return figures, [notice(Pool(figures))]
    if name == "null":
        return figures, [nulls(Pool(figures))]
    learned, _ = with_ceiling(figures)
    return figures, tables(Pool(learned), ablations=list(ABLATIONS), ceiling=NAME)


TITLES = {
    "pooled": "### Misuse of every kind, at a real rate",
    "null": "### Forces without misuse",
    "notice": "### The notice's four cases",
}


def section(name: str, made: tuple[list[Figures], list[Table]]) -> str:
    """One set of forces as Markdown."""
    figures, held = made
    sizes = sorted({(f.officers, f.months, f.rate) for f in figures}, key=str)
    said = "; ".join(
        f"{officers:,} officers × {months:g} months"
        + (f", {rate:g} of look-ups misuse" if rate is not None else "")
        for officers, months, rate in sizes
    )
    intro = f"{len(figures)} forces of {said}. 90 % intervals in brackets."
    return "\n\n".join([TITLES[name], intro, *(table.markdown() for table in held)])


def _arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.evaluation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", nargs="+", choices=[*SETS, "write"])
    parser.add_argument("--folder", type=Path, default=Path("build/evaluation"))
    parser.add_argument("--document", type=Path, default=DOCUMENT)
    parser.add_argument("--officers", type=int, help="instead of the set's own size")
    parser.add_argument("--months", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--seeds", type=int, help="how many forces")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument(
        "--ablated", type=int, metavar="N", help="ablate the first N forces alone; else all"
    )
    return parser.parse_args(given)


if __name__ == "__main__":
    main()
