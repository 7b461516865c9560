"""A dossier as a Word file: the same parts as on the sheet, for those who go on working on it in an office."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kernel import formats, typed
from zhuoyue.web.shared.dossier.shown import DossierView, SectionView
from zhuoyue.web.shared.indicator_words import SeriesView

Facts = Sequence[tuple[str, str]]
LATIN, READING, HEADING = "Times New Roman", "宋体", "黑体"
NOTHING = "–"


def word_of(title: str, facts: Facts, view: DossierView) -> Any:
    """A document of python-docx: the title, a table of `facts` (label, text), then every part under headings."""
    from docx import Document  # noqa: PLC0415 - 6 MB, needed when the first file is asked for

    document = Document()
    _dress(document)
    document.add_heading(title, level=0)
    _pairs(document, facts)
    for part in view.parts:
        document.add_heading(part.title, level=1)
        for section in part.sections:
            if not section.is_alone:
                document.add_heading(section.title, level=2)
            section.face.write(document, section)
    return document


def _dress(document: Any) -> None:
    """Chinese type for Chinese, black headings, A4."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - as in `word_of`
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415 - as above

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    sizes = {"Normal": 12, "Title": 22, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12}
    for name, points in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(points), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), READING if name == "Normal" else HEADING)


def _pairs(document: Any, rows: Iterable[tuple[str, str]]) -> None:
    _table(document, (), [(label, text or NOTHING) for label, text in rows])


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    width = len(head) or (len(rows[0]) if rows else 0)
    if not width:
        return
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for cells in ([head] if head else []) + list(rows):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = clean(text)
    document.add_paragraph()


def clean(text: str) -> str:
    """Without the characters that a Word file cannot hold."""
    return typed.storable(str(text))


def write_texts(document: Any, section: SectionView) -> None:
    for row in section.rows:
        if row.label:
            document.add_heading(clean(row.label), level=3)
        for paragraph in clean(row.text).splitlines() or [NOTHING]:
            if paragraph.strip():
                document.add_paragraph(paragraph.strip())


def write_facts(document: Any, section: SectionView) -> None:
    _pairs(document, [(row.label, row.text) for row in section.rows])


def write_sentences(document: Any, section: SectionView) -> None:
    for row in section.rows:
        document.add_paragraph(clean(f"{row.label}（{row.text}）" if row.text else row.label))


def write_table(document: Any, section: SectionView) -> None:
    _table(document, section.columns, section.cells)


def write_series(document: Any, section: SectionView) -> None:
    for group in section.groups:
        document.add_heading(clean(group.title), level=3)
        for series in group.series:
            _one_series(document, series)


def _one_series(document: Any, series: SeriesView) -> None:
    unit = f"{series.unit}，{series.direction}" if series.unit else series.direction
    document.add_paragraph(clean(f"{series.name}（{unit}）"))
    head = (_("年份"), _("实际"), _("目标"), _("竞争对手"), _("标杆"))
    _table(document, head, [[cell or NOTHING for cell in row] for row in series.rows])
    if series.sentence:
        document.add_paragraph(clean(series.sentence))


def write_files(document: Any, section: SectionView) -> None:
    _table(document, (), [(file.slot, file.name, formats.file_size(file.size)) for file in section.files])
