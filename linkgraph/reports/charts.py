"""Pictures of a report as SVG text: waterfall, path, timeline, hours of the day.

Every function takes plain data and returns one `<svg>` element as text, with a title for
screen readers, sized in CSS pixels and safe to put into HTML: all text is escaped, nothing is
fetched, nothing moves.  Colours come from `linkgraph/reports/page/report.css`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

WIDTH = 860
BOX = 44
"""Height of a node."""


@dataclass(frozen=True)
class Bar:
    """One step of a waterfall: what it is and how many bits it adds or takes."""

    label: str
    bits: float


@dataclass(frozen=True)
class Step:
    """One node of a path; `tie` says how it hangs on the node before (empty for the first)."""

    kind: str
    label: str
    tie: str = ""
    note: str = ""


@dataclass(frozen=True)
class Event:
    """One mark of a timeline: seconds since the epoch in local time, its lane and its class."""

    at: float
    lane: str
    kind: str
    label: str


def waterfall(bars: Sequence[Bar], total: float, *, total_label: str, title: str) -> str:
    """Bars that start where the one before ended; the last one is the sum."""
    row, left, right = 26, 300, 70
    levels, at = [0.0], 0.0
    for bar in bars:
        at += bar.bits
        levels.append(at)
    low, high = min(0.0, *levels, total), max(0.0, *levels, total)
    scale = (WIDTH - left - right) / ((high - low) or 1.0)

    def x(value: float) -> float:
        return left + (value - low) * scale

    height = row * (len(bars) + 1) + 14
    parts = [
        f'<line class="axis" x1="{x(0):.1f}" y1="4" x2="{x(0):.1f}" y2="{height - 8}"/>',
    ]
    for number, bar in enumerate(bars):
        start, end = levels[number], levels[number + 1]
        parts += _bar(
            bar.label,
            bar.bits,
            x(min(start, end)),
            x(max(start, end)),
            6 + number * row,
            left,
            "plus" if bar.bits >= 0 else "minus",
        )
        parts.append(
            f'<line class="step" x1="{x(end):.1f}" y1="{6 + number * row + 16}" '
            f'x2="{x(end):.1f}" y2="{6 + (number + 1) * row}"/>'
        )
    parts += _bar(
        total_label, total, x(min(0.0, total)), x(max(0.0, total)), 6 + len(bars) * row, left, "sum"
    )
    return _svg(parts, height, "waterfall", title)


def path(steps: Sequence[Step], *, title: str) -> str:
    """A chain of nodes from left to right, wrapped to new lines where it grows too long."""
    parts: list[str] = []
    x, y, line_height = 8.0, 12.0, 84
    for number, step in enumerate(steps):
        width = _node_width(step)
        gap = _tie_width(step) if number else 0.0
        if number and x + gap + width > WIDTH - 8:
            x, y = 40.0, y + line_height
        if number:
            parts += _tie(step.tie, x, y + BOX / 2, x + gap, y + BOX / 2)
            x += gap
        parts += _node(step, x, y, width)
        x += width
    return _svg(parts, y + BOX + 12, "path", title)


def fan(trunk: Sequence[Step], branches: Sequence[Step], *, title: str) -> str:
    """A chain of nodes, and from its last one a line to each branch, one below the other."""
    widths = [_node_width(step) for step in trunk]
    gaps = [0.0, *(_tie_width(step) for step in trunk[1:])]
    spread = max(_tie_width(step) for step in branches) + 30
    widest = max(_node_width(step) for step in branches)
    length = sum(widths) + sum(gaps) + spread + widest + 16
    scale = max(1.0, length / WIDTH)
    row, height = 56, max(len(branches) * 56 + 16, 76)
    middle = height / 2
    parts: list[str] = []
    x = 8.0
    for step, width, gap in zip(trunk, widths, gaps, strict=True):
        if gap:
            parts += _tie(step.tie, x, middle, x + gap, middle)
        x += gap
        parts += _node(step, x, middle - BOX / 2, width)
        x += width
    top = middle - (len(branches) - 1) * row / 2
    for number, step in enumerate(branches):
        y = top + number * row
        parts += _tie(step.tie, x, middle, x + spread, y)
        parts += _node(step, x + spread, y - BOX / 2, widest)
    return _svg(parts, height, "path", title, width=WIDTH * scale)


def timeline(events: Sequence[Event], ticks: Sequence[tuple[float, str]], *, title: str) -> str:
    """Marks on one line per lane; `ticks` are (seconds, text) under the last line."""
    if not events:
        return ""
    lanes = list(dict.fromkeys(event.lane for event in events))
    left, right, row = 190, 44, 34
    first = min(*(e.at for e in events), *(t for t, _ in ticks))
    last = max(*(e.at for e in events), *(t for t, _ in ticks))
    scale = (WIDTH - left - right) / ((last - first) or 1.0)
    height = row * len(lanes) + 40
    parts = []
    for number, lane in enumerate(lanes):
        y = 20 + number * row
        parts.append(
            f'<text class="lane" x="{left - 12}" y="{y + 4}" text-anchor="end">'
            f"{escape(_cut(lane, left - 20, 12))}</text>"
            f'<line class="axis" x1="{left}" y1="{y}" x2="{WIDTH - right}" y2="{y}"/>'
        )
    for at, text in ticks:
        x = left + (at - first) * scale
        parts.append(
            f'<line class="tick" x1="{x:.1f}" y1="8" x2="{x:.1f}" y2="{height - 26}"/>'
            f'<text class="tick-label" x="{x:.1f}" y="{height - 10}" text-anchor="middle">'
            f"{escape(text)}</text>"
        )
    for event in events:
        x, y = left + (event.at - first) * scale, 20 + lanes.index(event.lane) * row
        parts.append(
            f'<circle class="mark {escape(event.kind)}" cx="{x:.1f}" cy="{y}" r="5.5">'
            f"<title>{escape(event.label)}</title></circle>"
        )
    return _svg(parts, height, "timeline", title)


def hours(explained: Sequence[int], unexplained: Sequence[int], *, title: str) -> str:
    """Look-ups by hour of the day (24 numbers each), explained below, unexplained on top."""
    top = max(1, *(a + b for a, b in zip(explained, unexplained, strict=True)))
    left, base, width = 40, 130, (WIDTH - 60) / 24
    parts = [f'<line class="axis" x1="{left}" y1="{base}" x2="{WIDTH - 20}" y2="{base}"/>']
    for hour in range(24):
        x = left + hour * width
        y = float(base)
        for kind, count in (("full", explained[hour]), ("none", unexplained[hour])):
            size = 110 * count / top
            y -= size
            parts.append(
                f'<rect class="{kind}" x="{x + 2:.1f}" y="{y:.1f}" width="{width - 4:.1f}" '
                f'height="{size:.1f}"><title>{hour:02d}:00 · {count}</title></rect>'
            )
        if hour % 3 == 0:
            parts.append(
                f'<text class="tick-label" x="{x + width / 2:.1f}" y="{base + 16}" '
                f'text-anchor="middle">{hour:02d}</text>'
            )
    parts.append(f'<text class="tick-label" x="{left - 6}" y="22" text-anchor="end">{top}</text>')
    return _svg(parts, base + 26, "hours", title)


def text_width(text: str, size: float) -> float:
    """About how wide `text` is at a font size, in pixels: East Asian characters fill the em."""
    return sum(size if east_asian_width(c) in "WF" else size * 0.58 for c in text)


def _node_width(step: Step) -> float:
    return max(64.0, text_width(step.label, 14) + 26, text_width(step.note, 11) + 26)


def _tie_width(step: Step) -> float:
    return max(56.0, text_width(step.tie, 11) + 26)


def _node(step: Step, x: float, y: float, width: float) -> list[str]:
    middle = x + width / 2
    parts = [
        f'<rect class="node {escape(step.kind)}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{BOX}" rx="8"/>',
        f'<text class="node-label" x="{middle:.1f}" y="{y + (20 if step.note else 27):.1f}" '
        f'text-anchor="middle">{escape(step.label)}</text>',
    ]
    if step.note:
        parts.append(
            f'<text class="node-note" x="{middle:.1f}" y="{y + 36:.1f}" '
            f'text-anchor="middle">{escape(step.note)}</text>'
        )
    return parts


def _tie(text: str, x: float, y: float, to_x: float, to_y: float) -> list[str]:
    # Near its far end a line of a fan stands alone, so its words do too.
    at, height = (x + to_x) / 2, (y + to_y) / 2 - 6
    if y != to_y:
        at, height = to_x - 8 - text_width(text, 11) / 2, to_y - 7
    return [
        f'<line class="tie" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>',
        f'<text class="tie-label" x="{at:.1f}" y="{height:.1f}" text-anchor="middle">'
        f"{escape(text)}</text>",
    ]


def _bar(
    label: str, bits: float, start: float, end: float, y: float, left: int, kind: str
) -> list[str]:
    sign = f"{bits:+.2f}" if kind != "sum" else f"{bits:.2f}"
    return [
        f'<text class="bar-label" x="{left - 10}" y="{y + 13}" text-anchor="end">'
        f"{escape(_cut(label, left - 14, 12))}<title>{escape(label)}</title></text>",
        f'<rect class="{kind}" x="{start:.1f}" y="{y}" width="{max(end - start, 1):.1f}" '
        f'height="17" rx="2"/>',
        f'<text class="bar-value" x="{end + 6:.1f}" y="{y + 13}">{sign.replace("-", "−")}</text>',
    ]


def _cut(text: str, width: float, size: float) -> str:
    """`text`, shortened with an ellipsis until it fits; the whole text is in the tooltip."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def _svg(
    parts: Sequence[str], height: float, kind: str, title: str, *, width: float = WIDTH
) -> str:
    return (
        f'<svg class="chart {kind}" role="img" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(title)}</title>'
        + "".join(parts)
        + "</svg>"
    )
