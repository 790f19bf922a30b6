"""A report as DOCX: to be edited in a word processor, with its own headings, captions and fields.

Headings carry the built-in styles, so that navigation and the table of contents work; captions
count themselves; pictures are vectors, with a bitmap beside them for readers that cannot draw
those.  The file holds no date, no name of a person and no trace of the template.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from linkgraph.casefiles import archive
from linkgraph.reports import layout, pictures, word_styles
from linkgraph.reports.content import (
    Block,
    Bullets,
    Chart,
    Facts,
    Heading,
    Paragraph,
    Report,
    Sides,
    Table,
    numbered,
)
from linkgraph.reports.pdf import compiled
from linkgraph.reports.word_styles import SOFT, element, field, shade, size_table

_SHORT, _LONG = Mm(210), Mm(297)
_MARGIN = {False: Mm(20), True: Mm(15)}
_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))"""


def render(report: Report, fonts: tuple[str, ...] = ()) -> tuple[bytes, tuple[str, ...]]:
    """The document and what is to be said about it: each character that no font here has.

    The same report gives the same bytes.  Raises DocumentError where a font is missing.
    """
    paper = layout.prepared(report, fonts)
    file = io.BytesIO()
    _Writer(paper).document().save(file)
    return archive.plain(file.getvalue()), tuple(str(one) for one in paper.typefaces.lacking)


class _Writer:
    """One document while it is written, block by block."""

    def __init__(self, paper: layout.Paper) -> None:
        self.paper = paper
        self.words = paper.words
        self.doc: Any = Document()
        self.across = False
        self.pictures = 0
        self.headings: list[tuple[int, str, str]] = []

    def document(self) -> Any:
        report = self.paper.report
        word_styles.prepare(self.doc, self.words.language, report.title)
        self._page(self.doc.sections[0], across=False)
        self._footer(report.title)
        self.doc.add_paragraph(report.title, style="Title")
        self.doc.add_paragraph(report.subtitle, style="Subtitle")
        self.doc.add_paragraph(self.words("contents"), style="TOC Heading")
        contents = self.doc.add_paragraph(style="TOC 1")
        held: list[Heading] = []
        for block, number in numbered(report.blocks):
            # Headings wait, so that they turn with the table that they announce.
            if isinstance(block, Heading):
                held.append(block)
                continue
            self._turn(isinstance(block, Table) and layout.wide(block))
            self._headings(held)
            held = []
            self._block(block, number)
        self._headings(held)
        self._contents(contents)
        return self.doc

    def _block(self, block: Block, number: int) -> None:
        if isinstance(block, Paragraph):
            style = {"lead": "Lead", "note": "Note"}.get(block.tone, "Normal")
            self.doc.add_paragraph(block.text, style=style)
        elif isinstance(block, Bullets):
            for item in block.items:
                self.doc.add_paragraph(item, style="List Bullet")
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, Sides):
            self._sides(block)
        elif isinstance(block, Table):
            self._table(block, number)
        elif isinstance(block, Chart):
            self._chart(block, number)

    # ---- pages -----------------------------------------------------------------------

    def _turn(self, across: bool) -> None:
        if across != self.across:
            self._page(self.doc.add_section(WD_SECTION.NEW_PAGE), across=across)
            self.across = across

    def _page(self, section: Any, *, across: bool) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (_LONG, _SHORT) if across else (_SHORT, _LONG)
        section.left_margin = section.right_margin = _MARGIN[across]
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)

    def _width(self) -> int:
        page = _LONG if self.across else _SHORT
        return int(page - 2 * _MARGIN[self.across])

    def _footer(self, title: str) -> None:
        line = self.doc.sections[0].footer.paragraphs[0]
        line.style = self.doc.styles["Footer"]
        line.add_run(f"{title}    ")
        before, _, rest = self.words("page", page="\0", pages="\1").partition("\0")
        between, _, after = rest.partition("\1")
        line.add_run(before)
        field(line, "PAGE", "1")
        line.add_run(between)
        field(line, "NUMPAGES", "1")
        line.add_run(after)

    # ---- headings and contents -------------------------------------------------------

    def _headings(self, held: list[Heading]) -> None:
        for one in held:
            line = self.doc.add_paragraph(style=f"Heading {one.level - 1}")
            mark = f"_Toc{len(self.headings) + 1:06d}"
            number = str(len(self.headings) + 1)
            line._p.append(element("w:bookmarkStart", id=number, name=mark))
            line.add_run(one.text)
            line._p.append(element("w:bookmarkEnd", id=number))
            self.headings.append((one.level - 1, one.text, mark))

    def _contents(self, first: Any) -> None:
        """The field, with the entries as they are known now; pages are filled in on opening."""
        line = first
        if not self.headings:
            return
        for number, (level, text, mark) in enumerate(self.headings):
            if number:
                following = element("w:p")
                line._p.addnext(following)
                line = type(first)(following, first._parent)
                line.style = self.doc.styles[f"TOC {level}"]
            else:
                field(line, 'TOC \\o "1-2" \\h \\z \\u', None, dirty=True)
            link = element("w:hyperlink", anchor=mark, history="1")
            line._p.append(link)
            for part in (text, "\t"):
                link.append(line.add_run(part)._r)
            before = len(line._p)
            field(line, f"PAGEREF {mark} \\h", "")
            for run in list(line._p)[before:]:
                link.append(run)
        end = line.add_run()
        end._r.append(element("w:fldChar", fldCharType="end"))

    # ---- blocks ----------------------------------------------------------------------

    def _facts(self, block: Facts) -> None:
        table = self.doc.add_table(rows=0, cols=2)
        size_table(table, self._width(), (0.24, 0.76))
        for label, value in block.rows:
            cells = table.add_row().cells
            self._cell(cells[0], label, style="Table Text", colour=SOFT)
            self._cell(cells[1], value, style="Table Text")
        self._after_table()

    def _sides(self, block: Sides) -> None:
        table = self.doc.add_table(rows=2, cols=2)
        size_table(table, self._width(), (0.5, 0.5))
        word_styles.borders(table, inside=True)
        for column, (title, items) in enumerate(
            ((block.left_title, block.left), (block.right_title, block.right))
        ):
            head, body = table.rows[0].cells[column], table.rows[1].cells[column]
            self._cell(head, title, style="Table Text", bold=True)
            shade(head, "F4F6F8")
            for number, item in enumerate(items or (block.empty,)):
                line = body.paragraphs[0] if number == 0 else body.add_paragraph()
                line.style = self.doc.styles["Table Text"]
                line.add_run(f"– {item}" if items else item)
        self._after_table()

    def _table(self, block: Table, number: int) -> None:
        self._caption("table", number, block.caption, above=True)
        table = self.doc.add_table(rows=1, cols=len(block.columns))
        size_table(table, self._width(), layout.widths(block))
        word_styles.borders(table, inside=False)
        style = "Small Table Text" if layout.wide(block) else "Table Text"
        for column, heading in enumerate(block.columns):
            cell = table.rows[0].cells[column]
            self._cell(cell, heading, style=style, bold=True, right=column in block.numeric)
        word_styles.repeat(table.rows[0])
        for row in block.rows:
            added = table.add_row()
            word_styles.keep_whole(added)
            for column, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
                self._cell(cell, text, style=style, right=column in block.numeric)
        if layout.whole(block):
            word_styles.keep_together(table)
        if block.note:
            self.doc.add_paragraph(block.note, style="Note")
        else:
            self._after_table()

    def _chart(self, block: Chart, number: int) -> None:
        drawn = pictures.standalone(block.svg, self.paper.typefaces.families)
        across, high = pictures.size(block.svg)
        shown = min(1.0, across / 860)
        width = int(self._width() * shown)
        tallest = int(Mm(215))
        if width * high / across > tallest:
            width = int(tallest * across / high)
        bitmap = compiled(
            _PICTURE,
            self.paper.typefaces.source,
            {"svg": drawn, "width": f"{Emu(width).mm:.1f}mm"},
            "png",
        )
        line = self.doc.add_paragraph()
        line.paragraph_format.keep_with_next = True
        inline = line.add_run().add_picture(io.BytesIO(bitmap), width=Emu(width))
        self.pictures += 1
        properties = inline._inline.docPr
        properties.set("descr", block.caption)
        properties.set("name", f"{self.words('figure')} {number}")
        self._vector(inline, drawn)
        self._caption("figure", number, block.caption, above=False)

    def _vector(self, inline: Any, svg: str) -> None:
        """Put the vector picture beside the bitmap: whoever can draws it."""
        part = Part(
            PackURI(f"/word/media/picture{self.pictures}.svg"),
            "image/svg+xml",
            svg.encode("utf-8"),
            self.doc.part.package,
        )
        relation = self.doc.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        blip = inline._inline.graphic.graphicData.pic.blipFill.find(qn("a:blip"))
        blip.append(word_styles.svg_extension(relation))

    def _caption(self, key: str, number: int, text: str, *, above: bool) -> None:
        line = self.doc.add_paragraph(style="Caption")
        line.paragraph_format.keep_with_next = above
        line.add_run(f"{self.words(key)} ")
        field(line, f"SEQ {self.words(key)} \\* ARABIC", str(number))
        line.add_run(f"  {text}")

    def _cell(
        self,
        cell: Any,
        text: str,
        *,
        style: str,
        bold: bool = False,
        right: bool = False,
        colour: Any = None,
    ) -> None:
        line = cell.paragraphs[0]
        line.style = self.doc.styles[style]
        if right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = line.add_run(text)
        run.bold = bold or None
        if colour is not None:
            run.font.color.rgb = colour

    def _after_table(self) -> None:
        # Two tables without a paragraph between them are one to a word processor.
        self.doc.add_paragraph(style="Gap")
