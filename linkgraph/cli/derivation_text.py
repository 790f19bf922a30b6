"""How each number of a lead came about, as lines that can be worked out again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from linkgraph.cli.lead_text import shown_by, step_label
from linkgraph.cli.text import printable, width
from linkgraph.cli.told import text

if TYPE_CHECKING:
    from linkgraph.api import Workspace

_WORDS = {
    "title": ("How each number came about", "各數值之計算過程"),
    "total": ("Total", "合計"),
    "functions": (
        "quantile(level, a, b) is that of a Beta distribution; K is how many of the pairs on the "
        "set would not be there by chance.",
        "quantile(機率, a, b) 為 Beta 分配之分位數；K 為集合中非偶然配對之組數。",
    ),
}


def derivation_lines(
    workspace: Workspace, lead: Mapping[str, Any], language: str, *, private: bool
) -> Iterator[str]:
    """Each step of the waterfall with its terms: symbol = formula = value, and what it is."""
    column = 1 if language == "zh-TW" else 0
    titles = workspace.titles(language)
    shown = shown_by(workspace, lead, private=private)
    steps = {step["id"]: step for step in lead["waterfall"]}
    yield from ["", _WORDS["title"][column]]
    for step in lead["derivation"]["steps"]:
        label = (
            step_label(steps[step["id"]], titles, shown, language)
            if step["id"] in steps
            else _WORDS["total"][column]
        )
        yield from ["", f"  {label}  {step['bits']:+.2f}"]
        for term in step["terms"]:
            told = f"{term['symbol']} = {_worked_out(term)}"
            room = " " * max(2, 46 - width(told))
            yield printable(f"    {told}{room}{text(term, language)}", line=True)
    yield from ["", f"  {_WORDS['functions'][column]}"]


def derivation_rows(lead: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """One row per term: step, bits, symbol, value, formula, what it is."""
    return [
        {
            "step": step["id"],
            "bits": step["bits"],
            "symbol": term["symbol"],
            "value": term["value"],
            "formula": term["formula"],
            "what": text(term, language),
        }
        for step in lead["derivation"]["steps"]
        for term in step["terms"]
    ]


def _worked_out(term: Mapping[str, Any]) -> str:
    value = f"{float(term['value']):.6g}"
    return f"{term['formula']} = {value}" if term["formula"] else value
