"""Pictures that stand alone: a chart's SVG with the page's style written into each element.

In the page a chart is styled by `report.css`.  Typesetter and word processors read no style
sheet, so the same rules are applied here, from the same file.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from linkgraph.reports.charts import text_width

_NS = "http://www.w3.org/2000/svg"
_CARRIED = frozenset({"fill", "stroke", "stroke-width", "stroke-dasharray", "font-size"})
ET.register_namespace("", _NS)


@dataclass(frozen=True)
class _Rule:
    tag: str
    classes: frozenset[str]
    values: tuple[tuple[str, str], ...]


def standalone(svg: str, families: Sequence[str]) -> str:
    """The picture with style, size and font in its own attributes; tooltips are left out."""
    root = _parsed(svg)
    width, height = size(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == f"{{{_NS}}}title" and parent is not root:
                parent.remove(child)
            elif "tie-label" in child.get("class", ""):
                parent.insert(list(parent).index(child), _ground(child))
    for element in root.iter():
        for name, value in _style(element):
            element.set(name, value)
        element.attrib.pop("class", None)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("font-family", ", ".join([*(f"'{name}'" for name in families), "sans-serif"]))
    return ET.tostring(root, encoding="unicode")


def texts(svg: str) -> Iterator[str]:
    """Every text that a picture shows."""
    for element in _parsed(svg).iter():
        yield element.text or ""


def with_text(svg: str, change: Callable[[str], str]) -> str:
    """The picture with `change` applied to each of its texts, tooltips included."""
    root = _parsed(svg)
    for element in root.iter():
        if element.text:
            element.text = change(element.text)
    return ET.tostring(root, encoding="unicode")


def size(svg: str) -> tuple[float, float]:
    """Width and height in CSS pixels."""
    box = _parsed(svg).get("viewBox", "0 0 1 1").split()
    return float(box[2]), float(box[3])


def _ground(label: ET.Element) -> ET.Element:
    """A patch of paper behind the words on a line, in place of the page's halo."""
    width = text_width(label.text or "", 11)
    x, y = float(label.get("x", 0)), float(label.get("y", 0))
    box = {"x": x - width / 2 - 2, "y": y - 10, "width": width + 4, "height": 13}
    patch = {name: f"{value:.1f}" for name, value in box.items()}
    return ET.Element(f"{{{_NS}}}rect", {**patch, "fill": "#ffffff"})


def _parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  drawn by charts.py, every text escaped


def _style(element: ET.Element) -> Iterator[tuple[str, str]]:
    tag = element.tag.rpartition("}")[2]
    classes = frozenset(element.get("class", "").split())
    for rule in _rules():
        if rule.tag in ("", tag) and rule.classes <= classes:
            # A halo behind words is drawn before them in a page only; elsewhere it hides them.
            yield from (v for v in rule.values if tag != "text" or not v[0].startswith("stroke"))


@cache
def _rules() -> tuple[_Rule, ...]:
    """The rules for charts, weakest first, as a browser would apply them."""
    css = (files("linkgraph.reports") / "page" / "report.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))
    found = [
        _rule(selector, body, colours)
        for selectors, body in re.findall(r"(svg [^{}]+)\{([^}]*)\}", css)
        for selector in selectors.split(",")
    ]
    return tuple(sorted(found, key=lambda rule: (len(rule.classes), bool(rule.tag))))


def _rule(selector: str, body: str, colours: dict[str, str]) -> _Rule:
    last = selector.rsplit(maxsplit=1)[-1]
    tag, *classes = last.split(".")
    values = []
    for declaration in body.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        value = re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]], value)
        if name == "font":
            name, value = "font-size", value.split()[0]
        if name in _CARRIED:
            values.append((name, value))
    return _Rule(tag, frozenset(classes), tuple(values))
