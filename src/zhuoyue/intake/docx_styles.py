"""What the styles of a Word document say of numbers and of hidden text, inheritance included (ECMA-376, 17.7)."""

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree as ET

from zhuoyue.intake.docx_package import Package, W, switched_on, value, whole

_BASED_ON_DEPTH = 20


class Mark(NamedTuple):
    """The list that a paragraph counts in, and how deep; `depth` None where it is not said."""

    number_id: str = ""
    depth: int | None = None


def mark_of(properties: ET.Element | None) -> Mark:
    depth = value(properties, "numPr/ilvl")
    return Mark(value(properties, "numPr/numId"), whole(depth, 0) if depth else None)


@dataclass(slots=True)
class Styles:
    """By style id. `default` is the style of a paragraph that names none."""

    default: str = ""
    parents: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    hidden: dict[str, bool] = field(default_factory=dict)

    def mark(self, style: str) -> tuple[str, Mark]:
        """The style that gives a paragraph of `style` its number, and the number."""
        depth: int | None = None
        for name in self._line(style or self.default):
            own = self.marks.get(name, Mark())
            depth = own.depth if depth is None else depth
            if own.number_id:
                return name, Mark(own.number_id, depth)
        return "", Mark()

    def hides(self, style: str) -> bool:
        return next((self.hidden[name] for name in self._line(style) if name in self.hidden), False)

    def list_number(self, style: str) -> str:
        return self.marks.get(style, Mark()).number_id

    def _line(self, style: str) -> list[str]:
        """The style and those it is based on."""
        line: list[str] = []
        while style and style not in line and len(line) < _BASED_ON_DEPTH:
            line.append(style)
            style = self.parents.get(style, "")
        return line


def read_styles(package: Package) -> Styles:
    styles = Styles()
    for path in package.of_kind("styles")[:1]:
        root = package.root(path)
        for style in () if root is None else root.iter(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            styles.parents[name] = value(style, "basedOn")
            styles.marks[name] = mark_of(style.find(f"{W}pPr"))
            hidden = switched_on(style, "rPr/vanish")
            if hidden is not None:
                styles.hidden[name] = hidden
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                styles.default = name
    return styles
