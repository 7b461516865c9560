"""Equations of Word (OMML) as one line of text: fractions with "/", roots with "√", indices with "^" and "_"."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from zhuoyue.intake.docx_package import M, W

_SIMPLE = 1  # characters that need no brackets as part of a larger term
_PROPERTIES = "Pr"


def equation_text(element: ET.Element) -> str:
    """Every character of the equation, in the order in which it is read aloud."""
    name = element.tag.removeprefix(M)
    if element.tag in {f"{M}t", f"{W}t"}:
        return element.text or ""
    if name.endswith(_PROPERTIES) or element.tag == f"{W}rPr":
        return ""
    write = _FORMS.get(name)
    return _inside(element) if write is None else write(element)


def _inside(element: ET.Element) -> str:
    return "".join(equation_text(child) for child in element)


def _part(element: ET.Element, name: str) -> str:
    found = element.find(f"{M}{name}")
    return "" if found is None else _inside(found)


def _operand(element: ET.Element, name: str) -> str:
    """A part in brackets where it is more than one number or one word."""
    text = _part(element, name)
    return text if len(text) <= _SIMPLE or text.isalnum() else f"({text})"


def _sign(element: ET.Element, path: str, otherwise: str) -> str:
    """A character named in the properties: the sum sign, a bracket."""
    found = element.find("/".join(f"{M}{step}" for step in path.split("/")))
    return otherwise if found is None else found.get(f"{M}val", "")


def _index(sign: str, text: str) -> str:
    return f"{sign}{text}" if text else ""


def _sum(element: ET.Element) -> str:
    sign = _sign(element, "naryPr/chr", "∫")
    limits = _index("_", _operand(element, "sub")) + _index("^", _operand(element, "sup"))
    return f"{sign}{limits}{' ' if limits else ''}{_part(element, 'e')}"


def _root(element: ET.Element) -> str:
    degree = _part(element, "deg")
    return f"{_index('^', degree)}√{_operand(element, 'e')}"


def _brackets(element: ET.Element) -> str:
    inside = _sign(element, "dPr/sepChr", "|").join(_inside(part) for part in element.findall(f"{M}e"))
    return f"{_sign(element, 'dPr/begChr', '(')}{inside}{_sign(element, 'dPr/endChr', ')')}"


def _matrix(element: ET.Element) -> str:
    rows = (", ".join(_inside(cell) for cell in row.findall(f"{M}e")) for row in element.findall(f"{M}mr"))
    return "; ".join(rows)


def _rows(element: ET.Element) -> str:
    return "; ".join(_inside(row) for row in element.findall(f"{M}e"))


def _indexed(element: ET.Element) -> str:
    return _part(element, "e") + _index("_", _operand(element, "sub")) + _index("^", _operand(element, "sup"))


_FORMS: dict[str, Callable[[ET.Element], str]] = {
    "f": lambda element: f"{_operand(element, 'num')}/{_operand(element, 'den')}",
    "rad": _root,
    "nary": _sum,
    "d": _brackets,
    "m": _matrix,
    "eqArr": _rows,
    "sSub": _indexed,
    "sSup": _indexed,
    "sSubSup": _indexed,
    "sPre": lambda element: (
        _index("_", _operand(element, "sub")) + _index("^", _operand(element, "sup")) + _part(element, "e")
    ),
    "limLow": lambda element: _part(element, "e") + _index("_", _operand(element, "lim")),
    "limUpp": lambda element: _part(element, "e") + _index("^", _operand(element, "lim")),
    "acc": lambda element: _part(element, "e") + _sign(element, "accPr/chr", "\u0302"),
}
