"""The PDF can be searched, holds its font, and says what it cannot draw."""

from __future__ import annotations

import io

from pypdf import PdfReader

from linkgraph.reports import pdf
from tests.support.documents import pdf_text, sample

HOSTILE = '#panic("x") $x$ *b* @a <l> [c] // d \\u{41} {{7*7}} =HYPERLINK("http://x")'


def test_a_search_finds_chinese_names_in_text_and_picture() -> None:
    data, said = pdf.render(sample("堃喆犇峯"))
    assert said == ()
    assert pdf_text(data).count("堃喆犇峯") >= 6
    assert b"/FontFile" in data


def test_the_same_report_gives_the_same_bytes_and_no_date() -> None:
    data, _ = pdf.render(sample())
    assert data == pdf.render(sample())[0]
    metadata = PdfReader(io.BytesIO(data)).metadata
    assert metadata is not None
    assert metadata.title == "關聯報告"
    assert metadata.creation_date is None


def test_a_character_without_a_glyph_is_written_out_and_reported() -> None:
    data, said = pdf.render(sample("王\ue001明"))
    text = pdf_text(data)
    assert "王〔U+E001〕明" in text
    assert "\ue001" not in text
    assert "缺字" in text
    assert len(said) == 1


def test_characters_that_act_are_written_out() -> None:
    data, _ = pdf.render(sample("Q\u202eian\x00\n王"))
    assert "Q〔U+202E〕ian〔U+0000〕 王" in pdf_text(data)


def test_hostile_text_is_text() -> None:
    text = "".join(pdf_text(pdf.render(sample(HOSTILE, language="en"))[0]).split())
    assert "".join(HOSTILE.split()) in text


def test_headings_stand_in_the_outline_and_pages_are_numbered() -> None:
    data, _ = pdf.render(sample())
    reader = PdfReader(io.BytesIO(data))
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == ["摘要"]
    assert f"第1頁，共{len(reader.pages)}頁" in pdf_text(data).replace(" ", "")
    assert "表 1" in pdf_text(data)


def test_a_broad_table_lies_across_its_page() -> None:
    pages = PdfReader(io.BytesIO(pdf.render(sample())[0])).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True]


def test_a_hash_breaks_in_its_cell() -> None:
    data, _ = pdf.render(sample("a" * 640))
    assert "a" * 640 in "".join(pdf_text(data).split()).replace("\u200b", "")
