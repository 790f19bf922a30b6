"""A name is never an empty box: a font has its characters, or the reader is told which would."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from linkgraph.errors import DocumentError
from linkgraph.reports import fonts
from linkgraph.reports.fonts import typefaces


def drawn(path: Path, family: str, characters: str) -> Path:
    """A font file whose glyphs are squares, for these characters alone."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names = [".notdef", *(f"c{n}" for n in range(len(characters)))]
    pen = TTGlyphPen(None)
    for number, point in enumerate([(0, 0), (0, 700), (700, 700), (700, 0)]):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    square = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(c): f"c{n}" for n, c in enumerate(characters)})
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (800, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    names_of = {
        "familyName": family,
        "styleName": "Regular",
        "fullName": family,
        "psName": "AgencyEUDC",
    }
    font.setupNameTable(names_of)
    font.setupOS2()
    font.setupPost()
    font.save(path)
    return path


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any font of its own."""
    monkeypatch.setattr(fonts, "_found", lambda paths: typst.Fonts(False, True, list(paths)))


def test_rare_characters_of_names_have_a_font() -> None:
    assert typefaces(["堃喆犇峯𠮷"]).lacking == ()


def test_a_user_defined_character_is_named_with_the_font_to_install() -> None:
    lacking = typefaces(["王\ue001明"]).lacking
    assert [one.character for one in lacking] == ["\ue001"]
    assert "user-defined U+E001" in str(lacking[0])
    assert "EUDC" in str(lacking[0])


def test_a_font_file_in_the_settings_brings_its_characters(tmp_path: Path) -> None:
    own = drawn(tmp_path / "eudc.ttf", "Agency EUDC", "\ue001")
    found = typefaces(["王\ue001明"], [str(own)])
    assert found.lacking == ()
    assert "Agency EUDC" in found.families


def test_a_font_of_the_settings_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="not installed"):
        typefaces(["王"], ["No Such Family"])
    with pytest.raises(DocumentError, match="does not exist"):
        typefaces(["王"], [str(tmp_path / "none.ttf")])


@pytest.mark.usefixtures("bare")
def test_without_a_chinese_font_the_package_to_install_is_named() -> None:
    with pytest.raises(DocumentError, match="fonts-noto-cjk") as told:
        typefaces(["王大明"])
    assert "王" in str(told.value)


@pytest.mark.usefixtures("bare")
def test_english_needs_no_font_of_the_system() -> None:
    assert typefaces(["Link report: officer O1 −2.50"]).families == ("Libertinus Serif",)
