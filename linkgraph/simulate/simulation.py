"""Simulate a force and write it: canonical tables on top, the truth in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from linkgraph.errors import UsageError
from linkgraph.simulate import (
    casework,
    establishments,
    export_files,
    exports,
    force,
    log,
    lookalikes,
    places,
    public,
    records,
    registers,
    rosters,
    routine,
    scenarios,
    society,
)
from linkgraph.simulate.plan import NOBODY, Plan, texts
from linkgraph.simulate.world import World

TRUTH = "truth"
SUMMARY = "simulation.json"


@dataclass(frozen=True)
class Simulation:
    """What was written where: rows by table, and the truth's tables as lists of rows."""

    folder: Path
    plan: Plan
    rows: Mapping[str, int]
    files: tuple[Path, ...]
    episodes: tuple[Mapping[str, str], ...]

    @property
    def truth(self) -> Path:
        """The folder that says what was misuse; no loader reads it."""
        return self.folder / TRUTH


def simulate(
    out: Path,
    *,
    officers: int,
    months: int,
    seed: int,
    as_exports: bool = False,
    lookups_per_officer_month: int | None = None,
    start: date | None = None,
    misuse_rate: float | None = None,
    rate: float | None = None,
) -> Simulation:
    """Simulate a force of `officers` for `months` and write it into the folder `out`.

    The tables of the input contract come to lie in `out` itself, long ones as Parquet, the
    truth in `out/truth`, which no loader reads:

    - `episodes`: one row per misuse: episode_id, scenario, notice_case, officer_id (whose
      account), requester_id (who asked), hub and other_hub (what it was about), complaint_id
    - `misuse_lookups`: lookup_id, episode_id, held_by (whose account), wanted_by (an officer,
      empty for an outsider)
    - `look_alikes`, `look_alike_lookups`: proper work that resembles misuse, and its look-ups
    - `simulation.json`: the plan, rows by table, files

    With `as_exports` the same force is written as an agency would hand it over instead.
    `lookups_per_officer_month` is 600 when not given.  `rate` is the share of look-ups that are
    misuse, of every scenario; without it the four cases of the notice are planted (see `Plan`).
    The same arguments give the same bytes.

    Raises UsageError when a size is out of range or `out` holds files of somebody else.
    """
    options: dict[str, object] = {
        "lookups_per_officer_month": lookups_per_officer_month,
        "start": start,
        "misuse_rate": misuse_rate,
        "rate": rate,
    }
    given = {name: value for name, value in options.items() if value is not None}
    plan = Plan(officers, months, seed, **given)  # type: ignore[arg-type]
    _make_room(out)
    world = live(plan)
    tables, truth = tell(world)
    if as_exports:
        files = [path for file in exports.files(tables) for path in export_files.write(file, out)]
    else:
        files = [records.write(table, out, name) for name, table in tables.items()]
    (out / TRUTH).mkdir(exist_ok=True)
    for name, table in truth.items():
        path = out / TRUTH / f"{name}.csv"
        pacsv.write_csv(table, path, pacsv.WriteOptions(quoting_style="needed"))
        files.append(path)
    rows = {name: table.num_rows for name, table in tables.items()}
    _summarise(out, plan, rows, files)
    return Simulation(out, plan, rows, tuple(files), tuple(truth["episodes"].to_pylist()))


def live(plan: Plan) -> World:
    """Let a force work for the period, with misuse and its look-alikes among the work."""
    districts = places.districts(force.precincts(plan))
    people = public.build(plan, districts)
    houses = establishments.build(plan, people)
    officers = force.build(plan, people, districts)
    roster = rosters.build(plan, officers)
    world = World(plan, people, houses, officers, roster, casework.Casebook())
    casework.happen(plan, people, officers, roster, world.book)
    routine.work(world)
    lookalikes.happen(world)
    scenarios.plant(world)
    return world


def tell(world: World) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """The tables as the records have them, and the truth."""
    case_ids = world.book.case_ids()
    registers.write(world, case_ids)
    society.write(world)
    kept = log.build(world, case_ids)
    log.refer(world, kept)
    tables = world.records.tables()
    renamed: dict[str, dict[str, str]] = {}
    for name, key, prefix in (
        ("work_records", "record_id", "W"),
        ("proxy_register", "register_id", "PX"),
        ("complaints", "complaint_id", "CP"),
    ):
        if name in tables:
            tables[name], renamed[name] = _renumbered(tables[name], key, prefix)
    if "work_record_subjects" in tables:
        named = tables["work_record_subjects"]
        ids = [renamed["work_records"][old] for old in named["record_id"].to_pylist()]
        place = named.column_names.index("record_id")
        named = named.set_column(place, "record_id", pa.array(ids, pa.string()))
        order = [(column, "ascending") for column in named.column_names]
        tables["work_record_subjects"] = named.sort_by(order)
    tables["lookups"] = kept.table
    return dict(sorted(tables.items())), _truth(world, kept, renamed.get("complaints", {}))


def _renumbered(table: pa.Table, key: str, prefix: str) -> tuple[pa.Table, dict[str, str]]:
    """Numbers in order of time, so that a number tells nothing about how a row came to be."""
    ordered = table.sort_by([("at", "ascending"), (key, "ascending")])
    numbers = [f"{prefix}{i + 1:06d}" for i in range(ordered.num_rows)]
    old = ordered[key].to_pylist()
    place = ordered.column_names.index(key)
    ordered = ordered.set_column(place, key, pa.array(numbers, pa.string()))
    return ordered, dict(zip(old, numbers, strict=True))


def _truth(world: World, kept: log.Log, complaint_ids: Mapping[str, str]) -> dict[str, pa.Table]:
    episode, alike = kept.columns["episode"], kept.columns["look_alike"]
    numbers = [f"E{i + 1:04d}" for i in range(len(world.episodes))]
    spans = [kept.columns["at"][episode == i] for i in range(len(numbers))]
    episodes = pa.table(
        {
            "episode_id": pa.array(numbers, pa.string()),
            "scenario": [e.scenario for e in world.episodes],
            "notice_case": [e.notice_case for e in world.episodes],
            "officer_id": [world.officer_id(e.officer) for e in world.episodes],
            "requester_id": [world.officer_id(e.requester) for e in world.episodes],
            "hub_kind": [e.hub[0] for e in world.episodes],
            "hub_id": [e.hub[1] for e in world.episodes],
            "other_hub_kind": [e.other_hub[0] for e in world.episodes],
            "other_hub_id": [e.other_hub[1] for e in world.episodes],
            "complaint_id": [complaint_ids.get(e.complaint_id, "") for e in world.episodes],
            "first_at": records.iso(np.array([s.min() for s in spans], dtype=np.int64)),
            "last_at": records.iso(np.array([s.max() for s in spans], dtype=np.int64)),
            "lookups": pa.array([len(s) for s in spans]),
        }
    )
    misuse = np.flatnonzero(episode != NOBODY)
    proper = np.flatnonzero(alike != NOBODY)
    likes = [f"A{i + 1:05d}" for i in range(len(world.look_alikes))]
    return {
        "episodes": episodes,
        "misuse_lookups": pa.table(
            {
                "lookup_id": kept.lookup_id.take(pa.array(misuse)),
                "episode_id": pa.array(texts(numbers)[episode[misuse]], pa.string()),
                "held_by": pa.array(world.force.officer_id).take(
                    pa.array(kept.columns["officer"][misuse])
                ),
                "wanted_by": [
                    _wanted_by(world, e, holder)
                    for e, holder in zip(
                        episode[misuse].tolist(),
                        kept.columns["officer"][misuse].tolist(),
                        strict=True,
                    )
                ],
            }
        ),
        "look_alikes": pa.table(
            {
                "look_alike_id": pa.array(likes, pa.string()),
                "kind": [a.kind for a in world.look_alikes],
                "officer_id": [world.officer_id(a.officer) for a in world.look_alikes],
                "subject_kind": [a.subject[0] for a in world.look_alikes],
                "subject_id": [a.subject[1] for a in world.look_alikes],
                "note": [complaint_ids.get(a.note, a.note) for a in world.look_alikes],
            }
        ),
        "look_alike_lookups": pa.table(
            {
                "lookup_id": kept.lookup_id.take(pa.array(proper)),
                "look_alike_id": pa.array(texts(likes)[alike[proper]], pa.string()),
            }
        ),
    }


def _wanted_by(world: World, episode: int, holder: int) -> str:
    """Who really wanted the look-up: an officer, or nobody on the force."""
    story = world.episodes[episode]
    if story.outsider:
        return ""
    if story.each:
        return world.officer_id(holder)
    return world.officer_id(story.officer if story.requester == NOBODY else story.requester)


def _make_room(out: Path) -> None:
    """Take a new or empty folder, or one of an earlier simulation, whose files then go."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file.", remedy="Name a folder to write the force into.")
    out.mkdir(parents=True, exist_ok=True)
    summary = out / TRUTH / SUMMARY
    if summary.is_file():
        for name in json.loads(summary.read_text(encoding="utf-8"))["files"]:
            (out / name).unlink(missing_ok=True)
        summary.unlink()
    left = sorted(p.name for p in out.iterdir() if p.name != TRUTH)
    if left:
        raise UsageError(
            f"{out} holds files that no simulation wrote, such as {left[0]}.",
            remedy="Name a new or empty folder.",
        )


def _summarise(out: Path, plan: Plan, rows: Mapping[str, int], files: list[Path]) -> None:
    facts = {
        "plan": {**asdict(plan), "start": plan.start.isoformat()},
        "rows": dict(sorted(rows.items())),
        "files": sorted(f.relative_to(out).as_posix() for f in files),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (out / TRUTH / SUMMARY).write_text(text, encoding="utf-8")
