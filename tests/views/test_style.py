"""Kinds can be told apart without colour, and colours by those who see fewer of them."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from linkgraph.model.graph import LABELS, RELATIONSHIPS
from linkgraph.views.html import PAGE
from linkgraph.views.style import KIND, KINDS, TYPE, TYPES, kind_style, type_style

# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
RED_BLIND = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
GREEN_BLIND = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.01182, 0.04294, 0.968881),
)


def linear(color: str) -> tuple[float, ...]:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lab(red: float, green: float, blue: float) -> tuple[float, float, float]:
    """CIE L*a*b*, in which a distance of 2.3 can just be seen."""

    def root(t: float) -> float:
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    x = root(max(0.0, 0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = root(max(0.0, 0.2126 * red + 0.7152 * green + 0.0722 * blue))
    z = root(max(0.0, 0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_every_label_and_relationship_of_the_model_has_a_style() -> None:
    assert {label.kind for label in LABELS} == set(KIND)
    assert {relationship.name for relationship in RELATIONSHIPS} == set(TYPE)


def test_every_kind_has_a_shape_of_its_own_that_the_page_can_draw() -> None:
    signs = (PAGE / "signs.js").read_text(encoding="utf-8")
    shapes = [style.shape for style in KINDS]
    assert len(set(shapes)) == len(shapes)
    for style in KINDS:
        assert re.search(rf"^    {style.shape}: \"M", signs, re.MULTILINE)
        assert re.search(rf"^    {style.kind}: \"M", signs, re.MULTILINE)


@pytest.mark.parametrize("color", sorted({s.color for s in (*KINDS, *TYPES)} - {"#8a94a3"}))
def test_white_signs_and_thin_lines_can_be_read(color: str) -> None:
    assert 1.05 / (luminance(color) + 0.05) >= 4.0


@pytest.mark.parametrize("sight", [RED_BLIND, GREEN_BLIND], ids=["red", "green"])
def test_the_kinds_met_most_often_differ_for_the_colour_blind(
    sight: tuple[tuple[float, ...], ...],
) -> None:
    def seen(kind: str) -> tuple[float, float, float]:
        color = linear(KIND[kind].color)
        red, green, blue = (sum(w * c for w, c in zip(row, color, strict=True)) for row in sight)
        return lab(red, green, blue)

    often = ["officer", "person", "organisation", "vehicle", "address"]
    for one, two in itertools.combinations(often, 2):
        assert math.dist(seen(one), seen(two)) > 12, (one, two)


def test_what_is_not_known_has_a_plain_style_under_its_own_name() -> None:
    assert kind_style("drone").plural == ("drone", "drone")
    assert type_style("FLEW_OVER").name == ("flew over", "flew over")
