"""The text of one paragraph as it prints, and beside it what stands at the paragraph without being its text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from zhuoyue.intake.document import LineRole
from zhuoyue.intake.docx_equations import equation_text
from zhuoyue.intake.docx_fields import Field, without_result
from zhuoyue.intake.docx_package import DGM, MC, A, C, M, O, Package, R, V, W, switched_on, value
from zhuoyue.intake.docx_styles import Styles
from zhuoyue.intake.docx_symbols import symbol

_SILENT = frozenset(
    f"{W}{name}"
    for name in (
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "smartTagPr",
        "customXmlPr",
        "delText",
        "delInstrText",
        "rubyPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
    )
)
_MARKS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote", f"{W}commentReference": "comment"}


@dataclass(slots=True)
class Aside:
    """A line of its own beside a paragraph. `blocks`: the content of a text box, whose paragraphs are read as others.

    `note`: the kind and the id of a footnote, an endnote or a comment.
    """

    role: LineRole = LineRole.TEXT
    text: str = ""
    blocks: ET.Element | None = None
    note: tuple[str, str] | None = None


@dataclass(slots=True)
class Paragraph:
    text: str = ""
    asides: list[Aside] = field(default_factory=list)


class Writer:
    """Reads paragraph after paragraph; fields may run from one into the next."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._package = package
        self._styles = styles
        self._fields: list[Field] = []
        self._asides: list[Aside] = []
        self.diagrams: set[str] = set()

    def paragraph(self, element: ET.Element) -> Paragraph:
        self._asides = []
        text = "".join(self._pieces(element))
        return Paragraph(text, self._asides)

    def _pieces(self, element: ET.Element) -> Iterator[str]:
        """Every element is gone into unless it is known to print nothing: what is new to us is read, not lost."""
        for child in element:
            if child.tag in _SILENT:
                continue
            if child.tag == f"{W}r":
                yield from self._run(child)
            elif child.tag in {f"{M}oMath", f"{M}oMathPara"}:
                yield equation_text(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._pieces(preferred(child))
            elif child.tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                self._picture(child)
            else:
                yield from self._mark(child)

    def _run(self, run: ET.Element) -> Iterator[str]:
        """Hidden text does not print; it is set beside the paragraph."""
        hidden = switched_on(run, "rPr/vanish")
        if hidden is None:
            hidden = self._styles.hides(value(run, "rPr/rStyle"))
        if not hidden:
            yield from self._pieces(run)
            return
        text = "".join(self._pieces(run)).strip()
        if text:
            self._asides.append(Aside(LineRole.HIDDEN, text))

    def _mark(self, element: ET.Element) -> Iterator[str]:
        tag = element.tag
        if tag == f"{W}fldChar":
            yield self._field(element)
        elif tag == f"{W}instrText":
            if self._fields:
                self._fields[-1].instruction += element.text or ""
        elif any(not each.shows_result for each in self._fields):
            return
        elif tag == f"{W}t":
            yield element.text or ""
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag == f"{W}sym":
            yield symbol(element.get(f"{W}font", ""), element.get(f"{W}char", ""))
        elif tag == f"{W}ruby":
            yield from self._ruby(element)
        elif tag in _NOTES:
            self._asides.append(Aside(note=(_NOTES[tag], element.get(f"{W}id", ""))))
        else:
            yield from self._pieces(element)

    def _field(self, mark: ET.Element) -> str:
        kind = mark.get(f"{W}fldCharType", "")
        if kind == "begin":
            self._fields.append(Field(mark))
        elif kind == "separate" and self._fields:
            self._fields[-1].shows_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.shows_result:
                return self._without_result(ended)
        return ""

    def _without_result(self, ended: Field) -> str:
        text, above, unread = without_result(ended)
        self._beside(LineRole.RUBY, above)
        self._beside(LineRole.FIELD, unread)
        return text

    def _beside(self, role: LineRole, text: str) -> None:
        if text.strip():
            self._asides.append(Aside(role, text))

    def _ruby(self, element: ET.Element) -> Iterator[str]:
        above, base = element.find(f"{W}rt"), element.find(f"{W}rubyBase")
        self._beside(LineRole.RUBY, "" if above is None else "".join(self._pieces(above)))
        if base is not None:
            yield from self._pieces(base)

    def _picture(self, element: ET.Element) -> None:
        """A drawing: its text boxes are text of the document; of pictures, charts and the like only words are given."""
        found = len(self._asides)
        for part in walk_preferred(element):
            if part.tag == f"{W}txbxContent":
                self._asides.append(Aside(blocks=part))
            elif part.tag == f"{V}textpath":
                self._beside(_role_of_lettering(element), part.get("string", ""))
            elif part.tag == f"{DGM}relIds":
                self._diagram(self._package.by_id(part.get(f"{R}dm", "")))
            elif part.tag == f"{C}chart":
                chart = self._package.by_id(part.get(f"{R}id", ""))
                self._aside(LineRole.DIAGRAM, words_of(self._package.root(chart)))
            elif part.tag == f"{A}p":
                self._beside(LineRole.DIAGRAM, "".join(piece.text or "" for piece in part.iter(f"{A}t")))
            elif part.tag == f"{O}OLEObject":
                self._aside(LineRole.EMBEDDED, part.get("ProgID", ""))
        if len(self._asides) == found and any(part.tag in _IMAGES for part in element.iter()):
            self._aside(LineRole.PICTURE, next(filter(None, map(_caption_of, element.iter())), ""))

    def _diagram(self, path: str) -> None:
        self.diagrams.add(path)
        self._aside(LineRole.DIAGRAM, words_of(self._package.root(path)))

    def _aside(self, role: LineRole, text: str) -> None:
        """A line also where there are no words to give: that something stands here must not be lost."""
        self._asides.append(Aside(role, text.strip() or "〔…〕"))


_IMAGES = frozenset({f"{A}blip", f"{V}imagedata"})


def _caption_of(element: ET.Element) -> str:
    return element.get("descr", "") or (element.get(f"{O}title", "") if element.tag == f"{V}imagedata" else "")


def _role_of_lettering(element: ET.Element) -> LineRole:
    marks = ("watermark", "waterMark".lower())
    names = " ".join(f"{part.get('id', '')} {part.get(f'{O}spid', '')}" for part in element.iter()).lower()
    return LineRole.WATERMARK if any(mark in names for mark in marks) else LineRole.TEXT


def preferred(alternatives: ET.Element) -> ET.Element:
    """The one of several ways to say the same that has words or a picture, the newest first."""
    ways = [way for way in alternatives if way.tag in {f"{MC}Choice", f"{MC}Fallback"}]
    telling = (way for way in ways if any(part.tag in _TELLING for part in way.iter()))
    return next(telling, ways[0] if ways else alternatives)


_TELLING = _IMAGES | {
    f"{W}t",
    f"{A}t",
    f"{M}t",
    f"{V}textpath",
    f"{DGM}relIds",
    f"{C}chart",
    f"{O}OLEObject",
    f"{W}sym",
}


def walk_preferred(element: ET.Element) -> Iterator[ET.Element]:
    """All elements below, of alternatives only one, and nothing from inside a text box."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            yield from walk_preferred(preferred(child))
            continue
        yield child
        if child.tag not in {f"{W}txbxContent", f"{A}p"}:
            yield from walk_preferred(child)


def words_of(root: ET.Element | None) -> str:
    """The words in a diagram or a chart, in the order of the file."""
    if root is None:
        return ""
    paragraphs = ("".join(piece.text or "" for piece in each.iter(f"{A}t")) for each in root.iter(f"{A}p"))
    values = (each.text or "" for each in root.iter(f"{C}v"))
    return " ".join(text for text in (*paragraphs, *values) if text.strip())
