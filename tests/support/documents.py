"""What a person or a search finds in a document: its text, its properties, every part of it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import escape

from pypdf import PdfReader

from linkgraph.reports.content import (
    Bullets,
    Chart,
    Facts,
    Heading,
    Paragraph,
    Report,
    Sides,
    Table,
)


def pdf_text(data: bytes) -> str:
    """The text of every page, as a search in a reader finds it."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def everything(name: str, data: bytes) -> str:
    """All text in a file: names and content, unpacked, decompressed, metadata included."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [everything(inner, archive.read(inner)) for inner in archive.namelist()]
            comments = [archive.comment.decode(errors="replace")]
            return "\n".join([name, *parts, *comments])
    found = [name, data.decode("utf-8", "replace"), data.decode("utf-16-be", "ignore")]
    if data[:4] == b"%PDF":
        reader = PdfReader(io.BytesIO(data))
        found += [pdf_text(data), str(reader.metadata), str(reader.xmp_metadata)]
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                found.append(zlib.decompressobj().decompress(stream).decode("utf-8", "replace"))
            except zlib.error:
                continue
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        chunks = re.findall(rb"(?:tEXt|iTXt|zTXt)(.{0,400})", data, re.DOTALL)
        found += [chunk.decode("utf-8", "replace") for chunk in chunks]
    return "\n".join(found)


def sample(*texts: str, language: str = "zh-TW") -> Report:
    """A report that says `texts` in every kind of block."""
    said = texts or ("王大明",)
    svg = (
        '<svg class="chart path" viewBox="0 0 860 60" xmlns="http://www.w3.org/2000/svg">'
        '<title>t</title><rect class="node person" x="2" y="2" width="400" height="44"/>'
        f'<text class="node-label" x="20" y="26">{escape(said[0])}</text></svg>'
    )
    wide = tuple(str(n) for n in range(9))
    return Report(
        kind="lead",
        id="1",
        title="關聯報告" if language == "zh-TW" else "Link report",
        subtitle=said[0],
        language=language,
        blocks=(
            Heading("摘要", 2, "summary"),
            *(Paragraph(text) for text in said),
            Facts(tuple(("甲", text) for text in said)),
            Bullets(said),
            Sides("正", said, "反", (), "無"),
            Chart("關聯路徑圖", svg),
            Heading("查詢", 3),
            Table("查詢紀錄", ("欄", "列"), tuple((text, "2") for text in said), "全部"),
            Table("寬表", wide, (wide,) * 3),
        ),
    )
