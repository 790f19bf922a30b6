"""Take a simulated force through the whole of linkgraph, and keep its figures."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from linkgraph.errors import UsageError
from linkgraph.evaluation.figures import FILE, Figures

Progress = Callable[[str, int, int], None]
INQUIRY = "evaluation"
TRUTH, SUMMARY = "truth", "simulation.json"
WORKSPACE = "workspace"


def figures_of(
    folder: Path,
    *,
    ablate: bool = False,
    keep: bool = False,
    progress: Progress | None = None,
) -> Figures:
    """Figures of the force in `folder`, or those that the folder keeps of a force that is gone.

    A force is what `simulate` wrote.  Its workspace is made in the force's truth folder, which
    nothing loads, and goes when the figures are kept, unless `keep`.
    Raises UsageError when the folder holds neither.
    """
    if (folder / FILE).is_file():
        return Figures.read(folder / FILE)
    summary = folder / TRUTH / SUMMARY
    if not summary.is_file():
        raise UsageError(
            f"{folder} holds no simulated force and no figures.",
            remedy="Make one with `linkgraph simulate DIR`.",
        )
    plan = json.loads(summary.read_text(encoding="utf-8"))["plan"]
    made = _measured(folder, plan, ablate=ablate, progress=progress)
    made.save(folder / TRUTH / FILE)
    if not keep:
        shutil.rmtree(folder / TRUTH / WORKSPACE)
    return made


def _measured(
    folder: Path, plan: Mapping[str, Any], *, ablate: bool, progress: Progress | None
) -> Figures:
    from linkgraph import api, inquiries
    from linkgraph.evaluation.measure import measure

    home = folder / TRUTH / WORKSPACE
    shutil.rmtree(home, ignore_errors=True)
    workspace = api.create(home)
    workspace.load(folder, progress=progress)
    workspace.screen(progress=progress)
    first = date.fromisoformat(plan["start"])
    months = first.month - 1 + int(plan["months"])
    last = date(first.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)
    workspace.open_inquiry(
        INQUIRY,
        opened_by="evaluation",
        authorised_by="nobody: the force is simulated",
        ground="evaluation",
        document="none",
        all_officers=True,
        start=first,
        end=last,
        until=date.today() + timedelta(days=30),  # noqa: DTZ011  a day for people
    )
    return measure(
        workspace,
        inquiries.require(workspace.folder, INQUIRY),
        folder / TRUTH,
        plan=plan,
        name=folder.resolve().name,
        ablate=ablate,
        progress=progress,
    )
