"""The DOCX is a document of its word processor: styles, fields, captions, vector pictures."""

from __future__ import annotations

import io
import re
import zipfile

from docx import Document

from linkgraph.reports import docx
from tests.support.documents import everything, sample


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def test_headings_are_headings_and_the_contents_list_them() -> None:
    data, _ = docx.render(sample())
    document = Document(io.BytesIO(data))
    styles = {line.text: line.style.name for line in document.paragraphs if line.style}
    assert styles["摘要"] == "Heading 1"
    assert styles["查詢"] == "Heading 2"
    body = parts(data)["word/document.xml"]
    assert 'TOC \\o "1-2"' in body
    assert body.count("PAGEREF") == 2


def test_captions_count_themselves_and_pages_are_numbered() -> None:
    inside = parts(docx.render(sample())[0])
    assert re.findall(r"SEQ (\S+)", inside["word/document.xml"]) == ["圖", "表", "表"]
    footers = "".join(text for name, text in inside.items() if "footer" in name)
    assert "NUMPAGES" in footers
    assert re.search(r"\bPAGE\b", footers)


def test_a_picture_is_a_vector_with_a_bitmap_beside_it() -> None:
    data, _ = docx.render(sample("堃喆犇峯"))
    inside = parts(data)
    vector = next(text for name, text in inside.items() if name.endswith(".svg"))
    assert "堃喆犇峯" in vector
    assert 'class="' not in vector
    assert any(name.endswith(".png") for name in inside)
    assert "svgBlip" in inside["word/document.xml"]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert docx.render(sample())[0] == docx.render(sample())[0]


def test_properties_hold_no_person_and_no_moment() -> None:
    data, _ = docx.render(sample())
    core = parts(data)["docProps/core.xml"]
    assert "<dc:creator>linkgraph</dc:creator>" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"1980-01-01T"}
    assert "python-docx" not in everything("report.docx", data)


def test_hostile_text_is_text() -> None:
    hostile = "<w:br/>&amp; \x01 \u202e =HYPERLINK(1)"
    body = Document(io.BytesIO(docx.render(sample(hostile, language="en"))[0]))
    texts = [line.text for line in body.paragraphs]
    assert "<w:br/>&amp; 〔U+0001〕 〔U+202E〕 =HYPERLINK(1)" in texts


def test_every_column_keeps_its_width_within_the_page() -> None:
    document = Document(io.BytesIO(docx.render(sample())[0]))
    for table in document.tables:
        assert sum(column.width or 0 for column in table.columns) <= 267 * 36000 + 9 * 635


def test_elements_stand_in_the_order_that_the_format_wants() -> None:
    inside = parts(docx.render(sample())[0])
    for table in re.findall(r"<w:tblPr>.*?</w:tblPr>", inside["word/document.xml"], re.DOTALL):
        found = re.findall(r"<w:(tblW|tblBorders|tblLayout|tblLook)\b", table)
        assert found == sorted(found, key=["tblW", "tblBorders", "tblLayout", "tblLook"].index)
    settings = inside["word/settings.xml"]
    assert settings.index("w:updateFields") < settings.index("w:compat")
    contents = re.search(r'w:styleId="TOC2".*?</w:style>', inside["word/styles.xml"], re.DOTALL)
    assert contents is not None
    assert contents[0].index("<w:tabs>") < contents[0].index("<w:spacing")
