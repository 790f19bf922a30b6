"""`demo`: a simulated force, walked through from its files to leads, report and view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkgraph.cli import options
from linkgraph.cli.leads import lead_rows, write_leads
from linkgraph.cli.output import Format, line, notice, progress
from linkgraph.cli.run import FAILED

if TYPE_CHECKING:
    from linkgraph.api import Workspace

app = options.commands()

INQUIRY = "demo"
TOP = 10
_TITLES = {
    "1090101": "an officer whose friends run gambling dens looks up the people around them",
    "1090102": "after a quarrel in traffic a colleague on leave has the other car looked up",
    "1090103": "look-ups as favours: for a friend's firm, and for the committee that one chairs",
    "1090104": "an impostor rings a desk officer and asks for the owners of two plates",
}


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")] = Path("demo"),
    officers: Annotated[int, typer.Option("--officers", min=60, help="How many officers.")] = 100,
    months: Annotated[int, typer.Option("--months", min=1, help="For how long.")] = 2,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed, the same force.")] = 2,
    lang: Annotated[
        options.Language, typer.Option("--lang", help="Language of texts, report and view.")
    ] = options.Language.ENGLISH,
    store: options.Store = None,
) -> None:
    """Simulate a force and walk through all of it.

    Loads, screens, opens an inquiry, ranks leads, and shows the four cases planted in the force
    each at its door. Exit code 1 says that one was not found there.
    """
    from linkgraph import api
    from linkgraph.errors import UsageError
    from linkgraph.simulate import simulate
    from linkgraph.workspace import Settings

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty.", remedy="Name a new folder.")
    force, home = folder / "force", folder / "workspace"
    size = f"--officers {officers} --months {months} --seed {seed}"
    _step(f"linkgraph simulate {force} {size}")
    made = simulate(force, officers=officers, months=months, seed=seed)
    notice(f"  {made.rows['lookups']:,} look-ups of {officers} officers in {months} months.")

    _step(f"linkgraph init {home}")
    workspace = api.create(home, Settings(language=lang.value, store=store or ""))
    _step(f"linkgraph -w {home} load {force}")
    with progress("load") as tell:
        report = workspace.load(force, progress=tell)
    notice(f"  {report.loaded:,} rows loaded, {report.rejected:,} rejected.")

    _step(f"linkgraph -w {home} screen")
    with progress("screen") as tell:
        workspace.screen(progress=tell)
    notice(f"  {_explained(workspace)}")

    until = date.today() + timedelta(days=365)  # noqa: DTZ011  a day for people
    first, last = made.plan.start, _last_day(made.plan.start, made.plan.months)
    _step(
        f"linkgraph -w {home} inquiry open --id {INQUIRY} --opened-by 'Inspector Lin' "
        "--authorised-by 'Director Chen' --ground 'demonstration' --document DEMO-1 "
        f"--all-officers --from {first} --to {last} --ties all --k 2 --until {until}"
    )
    workspace.open_inquiry(
        INQUIRY,
        opened_by="Inspector Lin",
        authorised_by="Director Chen",
        ground="demonstration",
        document="DEMO-1",
        all_officers=True,
        start=first,
        end=last,
        until=until,
    )
    _step(f"linkgraph -w {home} analyse --inquiry {INQUIRY}")
    with progress("analyse") as tell:
        workspace.analyse(INQUIRY, progress=tell)
    leads = workspace.lead_objects(INQUIRY)
    notice(f"  {len(leads):,} leads.")

    _heading(f"linkgraph -w {home} leads list --inquiry {INQUIRY}")
    shown = leads[:TOP]
    write_leads(lead_rows(workspace, shown, private=True), shown, Format.TABLE)
    if leads:
        _heading(f"linkgraph -w {home} leads show 1 --inquiry {INQUIRY}")
        from linkgraph.cli.lead_text import lead_lines

        for text in lead_lines(workspace, leads[0], lang.value):
            line(text)
    found = _doors(workspace, made.episodes, leads, lang.value, home)
    _pages(workspace, folder, home, shown)
    if not found:
        raise typer.Exit(FAILED)


def _doors(
    workspace: Workspace,
    episodes: Sequence[Mapping[str, str]],
    leads: Sequence[dict[str, Any]],
    language: str,
    home: Path,
) -> bool:
    """Each planted case at its door; True if every one was there.

    The truth is read for nothing else: to know which complaint to trace, and to compare.
    """
    _heading("The four planted cases, each at its door")
    planted = {episode["notice_case"]: episode for episode in reversed(episodes)}
    found = []
    for number, (case, title) in enumerate(_TITLES.items()):
        episode = planted.get(case)
        if number:
            line()
        line(f"{case}  {title}")
        if episode is None:
            line("  was not planted in this force.")
            continue
        door = {"1090102": _by_trace, "1090104": _by_worklist}.get(case)
        lines = (
            _by_lead(workspace, episode, leads)
            if door is None
            else door(workspace, episode, language, home)
        )
        told = list(lines)
        for text in told:
            line(f"  {text}" if text else "")
        found.append(bool(told) and not told[0].startswith("NOT"))
    return all(found)


def _by_lead(
    workspace: Workspace,
    episode: Mapping[str, str],
    leads: Sequence[dict[str, Any]],
) -> Iterator[str]:
    from linkgraph.cli.lead_text import path_text, shown_by

    hubs = {
        f"{episode[f'{name}_kind']}:{episode[f'{name}_id']}"
        for name in ("hub", "other_hub")
        if episode[f"{name}_id"]
    }
    hits = [
        lead
        for lead in leads
        if lead["officer_id"] == episode["officer_id"] and hubs & set(_around(lead))
    ]
    if not hits or hits[0]["rank"] > TOP:
        rank = f"rank {hits[0]['rank']}" if hits else "nowhere"
        yield f"NOT among the first {TOP} leads: {rank}."
        return
    for lead in hits:
        if lead["rank"] > TOP:
            break
        shown = shown_by(workspace, lead)
        around = _around(lead)[0]
        asked = lead["requester_id"]
        yield (
            f"leads: lead {lead['rank']}, {lead['bits']:.2f} bits, {len(lead['lookup_ids'])} "
            f"look-ups of {len(lead['subjects'])} subjects"
        )
        yield f"  officer    {shown('officer:' + lead['officer_id'])}"
        yield f"  hub        {shown(around)}"
        if asked:
            yield f"  asked by   {shown('officer:' + asked)}"
        path = (lead["set"] or {}).get("path") or []
        if path:
            yield f"  path       {path_text(path, shown)}"


def _by_trace(
    workspace: Workspace, episode: Mapping[str, str], language: str, home: Path
) -> Iterator[str]:
    from linkgraph.cli.told import trace_lines

    complaint = episode["complaint_id"]
    lookups = workspace.traced("complaint", complaint, inquiry=INQUIRY)["lookups"]
    first = lookups[:1]
    asked = [a["officer_id"] for item in first for a in item["may_have_asked"][:1]]
    right = bool(first) and first[0]["officer_id"] == episode["officer_id"]
    if not right or asked != [episode["requester_id"]]:
        yield f"NOT first in the trace of complaint {complaint}."
        return
    yield (
        f"trace: first of {len(lookups)} look-ups "
        f"(linkgraph -w {home} trace complaint {complaint} --inquiry {INQUIRY})"
    )
    yield from trace_lines(workspace, first, language, private=True)


def _by_worklist(
    workspace: Workspace, episode: Mapping[str, str], language: str, home: Path
) -> Iterator[str]:
    from linkgraph.cli.told import proxy_lines

    items = workspace.worklisted()["items"]
    hits = [
        item
        for item in items[:TOP]
        if item["officer_id"] == episode["officer_id"]
        and item["first_at"][:16] == episode["first_at"][:16]
    ]
    if not hits:
        yield f"NOT among the first {TOP} of the proxy worklist."
        return
    yield (
        f"worklist: number {hits[0]['rank']} of {len(items)} (linkgraph -w {home} worklist proxy)"
    )
    yield from proxy_lines(workspace, hits[:1], language)


def _pages(
    workspace: Workspace, folder: Path, home: Path, leads: Sequence[Mapping[str, Any]]
) -> None:
    """The report and the view of the first lead, and what to try next."""
    if not leads:
        return
    first = str(leads[0]["lead_id"])
    report, view = folder / "report.html", folder / "view.html"
    workspace.report("lead", first, inquiry=INQUIRY).save(report)
    workspace.wrote(report, INQUIRY)
    workspace.view(inquiry=INQUIRY, lead=first).save(view)
    workspace.wrote(view, INQUIRY)
    _heading("Written")
    line(f"  link report        {report.resolve()}")
    line(f"  interactive view   {view.resolve()}")
    line()
    line("Open both in a browser; neither needs a network. Then try:")
    officer = leads[0]["officer_id"]
    for command in (
        "status",
        f"leads show 2 --inquiry {INQUIRY}",
        f"report officer {officer} --inquiry {INQUIRY} --lang zh-TW -o officer.html",
        f"view officer:{officer} --inquiry {INQUIRY} -o officer-view.html",
        f"timeline officer:{officer} --inquiry {INQUIRY}",
        "worklist proxy",
        "activity --verify",
    ):
        line(f"  linkgraph -w {home} {command}")


def _around(lead: Mapping[str, Any]) -> list[str]:
    """Everything that a lead may be said to be about: hub, anchor, and what its path passes."""
    entities = (lead["hub"], (lead["set"] or {}).get("anchor"))
    refs = [f"{entity['kind']}:{entity['id']}" for entity in entities if entity]
    return [*refs, *((lead["set"] or {}).get("path") or [])[::2]]


def _explained(workspace: Workspace) -> str:
    lookups: Any = workspace.screening().lookups
    counts = lookups.group_by("explanation_level").aggregate(n=lookups.count()).to_pandas()
    by_level = dict(zip(counts["explanation_level"], counts["n"], strict=True))
    total = sum(by_level.values()) or 1
    parts = {"full": "in full", "partial": "in part", "none": "not"}
    shares = (f"{by_level.get(level, 0) / total:.0%} {text}" for level, text in parts.items())
    return "Explained: " + ", ".join(shares) + "."


def _last_day(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _step(command: str) -> None:
    notice(f"$ {command}")


def _heading(text: str) -> None:
    line()
    line(text if not text.startswith("linkgraph ") else f"$ {text}")
    line()
