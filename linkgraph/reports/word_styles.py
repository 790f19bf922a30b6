"""What a word processor's file is made of: styles, fields, borders, properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

LATIN, CHINESE = "Calibri", "Microsoft JhengHei"
"""Fonts of the word processor, which takes its own where these are missing."""
INK, SOFT, LINE = RGBColor(0x1D, 0x27, 0x33), RGBColor(0x5B, 0x67, 0x75), "D9DFE6"
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001  the format has no zone


def prepare(doc: Any, language: str, title: str) -> None:
    """Give an empty document the report's styles and properties, and nobody's name."""
    for name, size, space, colour, bold in (
        ("Normal", 10, (0, 6), INK, None),
        ("Title", 20, (0, 2), INK, True),
        ("Subtitle", 10.5, (0, 12), SOFT, False),
        ("Heading 1", 14, (16, 6), INK, True),
        ("Heading 2", 11.5, (12, 4), INK, True),
        ("Caption", 8.5, (4, 6), SOFT, False),
        ("List Bullet", 10, (0, 2), INK, None),
        ("Footer", 8, (0, 0), SOFT, None),
        ("Lead", 11, (0, 6), INK, None),
        ("Note", 8.5, (2, 6), SOFT, None),
        ("Gap", 4, (0, 4), INK, None),
        ("Table Text", 8.5, (1.5, 1.5), INK, None),
        ("Small Table Text", 7.5, (1, 1), INK, None),
        ("TOC Heading", 11.5, (6, 4), INK, True),
        ("TOC 1", 9.5, (0, 1), INK, None),
        ("TOC 2", 9.5, (0, 1), INK, None),
    ):
        _style(doc, name, size, space, colour, bold, language)
    for level in (1, 2):
        style = doc.styles[f"TOC {level}"]
        style.paragraph_format.left_indent = Mm(5 * (level - 1))
        stops = style.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    _properties(doc, language, title)


def field(line: Any, code: str, shown: str | None, *, dirty: bool = False) -> None:
    """Add a field to a paragraph; with `shown` None it stays open for entries that follow."""
    begin = element("w:fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    line.add_run()._r.append(begin)
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    line.add_run()._r.append(instruction)
    line.add_run()._r.append(element("w:fldChar", fldCharType="separate"))
    if shown is not None:
        line.add_run(shown)
        line.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def element(tag: str, **attributes: str) -> Any:
    """An element of the word processor's namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def size_table(table: Any, width: int, shares: Sequence[float]) -> None:
    """Fix the columns of a table at shares of a width in EMU."""
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(width * share))
        for cell in column.cells:
            cell.width = Emu(int(width * share))


def borders(table: Any, *, inside: bool) -> None:
    """Lines between the rows; with `inside` also around and between the columns."""
    made = element("w:tblBorders")
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    for side in sides if inside else ("top", "bottom", "insideH"):
        made.append(element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
    _put(table._tbl.tblPr, made, ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"))


def shade(cell: Any, colour: str) -> None:
    """Fill a cell."""
    properties = cell._tc.get_or_add_tcPr()
    properties.append(element("w:shd", val="clear", color="auto", fill=colour))


def repeat(row: Any) -> None:
    """Repeat a row at the head of every page that its table reaches."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))
    keep_whole(row)


def keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))


def keep_together(table: Any) -> None:
    """Keep all rows of a table on one page, the last free to part from what follows."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True


def svg_extension(relation: str) -> Any:
    """What says that a bitmap has a vector picture beside it."""
    return parse_xml(
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<a:ext uri="{_SVG}"><asvg:svgBlip '
        'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:embed="{relation}"/></a:ext></a:extLst>'
    )


def _style(
    doc: Any,
    name: str,
    size: float,
    space: tuple[float, float],
    colour: RGBColor,
    bold: bool | None,
    language: str,
) -> None:
    known = {style.name for style in doc.styles}
    if name not in known:
        doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = doc.styles["Normal"]
    style = doc.styles[name]
    style.font.size, style.font.color.rgb = Pt(size), colour
    style.font.bold, style.font.italic = bold, False
    properties = style.element.get_or_add_rPr()
    for child in properties.findall(qn("w:rFonts")):
        properties.remove(child)
    fonts = element(
        "w:rFonts", ascii=LATIN, hAnsi=LATIN, cs=LATIN, eastAsia=CHINESE, hint="eastAsia"
    )
    properties.insert(0, fonts)
    for child in properties.findall(qn("w:lang")):
        properties.remove(child)
    properties.append(
        element("w:lang", val="zh-TW" if language == "zh-TW" else "en-GB", eastAsia="zh-TW")
    )
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(space[0]), Pt(space[1])
    spacing.keep_with_next = name.startswith("Heading") or name == "TOC Heading"
    if name in ("Title", "Subtitle"):
        for child in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
            style.element.pPr.remove(child)


def _put(parent: Any, made: Any, before: Sequence[str]) -> None:
    """Add an element where the format's order wants it: a word processor refuses disorder."""
    found = [child for tag in before for child in parent.findall(qn(tag))]
    if not found:
        parent.append(made)
        return
    min(found, key=list(parent).index).addprevious(made)


def _properties(doc: Any, language: str, title: str) -> None:
    core = doc.core_properties
    core.title, core.language = title, language
    core.author = core.last_modified_by = "linkgraph"
    core.comments = core.keywords = core.subject = core.category = ""
    core.created = core.modified = _NO_DAY
    core.revision = 1
    for relation, target in list(doc.part.package.rels.items()):
        if target.reltype.endswith("/thumbnail"):
            del doc.part.package.rels[relation]
    # The contents know their pages only once they are laid out.
    after = ("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:rsids")
    _put(doc.settings.element, element("w:updateFields", val="true"), after)
