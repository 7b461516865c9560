"""List numbers that Word computes ("5.2.1", "a)") written into the text, where readers of the text can see them.

Source of the rules: ECMA-376 part 1, 17.9 (numbering) and 17.7 (styles).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# The parts were checked by docx_archive: no DOCTYPE, bounded size and depth.
from xml.etree import ElementTree as ET

from zhuoyue.intake.docx_archive import is_main

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = 26
_TEN = 10
_BASED_ON_DEPTH = 20
_LARGEST = 999  # beyond it every form is written in digits
_LABEL_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    space: bool


@dataclass(slots=True)
class _Numbering:
    """Levels by (list, depth), lists by number id, list marks by style, and the running counters of each list."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, number_id: str, depth: int) -> str:
        """The next label of that list; empty for bullets and for lists that are not defined."""
        name = self.lists.get(number_id, "")
        level = self.levels.get((name, depth))
        if level is None:
            return ""
        counter = self.counters[name]
        for deeper in [each for each in counter if each > depth]:
            del counter[deeper]
        counter[depth] = counter.get(depth, level.start - 1) + 1
        if level.format in {"bullet", "none"}:
            return ""
        label = level.text
        for index in range(depth + 1):
            shown = self.levels.get((name, index), level)
            label = label.replace(f"%{index + 1}", _numeral(counter.get(index, shown.start), shown.format))
        return f"{label} " if level.space else label


def write_labels(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The same parts, the text with a run in front of each numbered paragraph."""
    if "word/numbering.xml" not in parts:
        return parts
    numbering = _read(parts)
    return {path: _labelled(part, numbering) if is_main(path) else part for path, part in parts.items()}


def _labelled(part: bytes, numbering: _Numbering) -> bytes:
    root = ET.fromstring(part)  # noqa: S314 - checked by docx_archive
    for paragraph in root.iter(f"{_W}p"):
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            continue
        mark = _mark(properties, numbering.styles)
        label = "" if mark is None else numbering.label(*mark)
        if label:
            run = ET.Element(f"{_W}r")
            ET.SubElement(run, f"{_W}t").text = label
            paragraph.insert(list(paragraph).index(properties) + 1, run)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _mark(properties: ET.Element, styles: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """(number id, depth) of a paragraph: its own, else its style's. Number id 0 switches numbering off."""
    own = _own_mark(properties)
    if own is None:
        return styles.get(_value(properties, "pStyle"))
    return own


def _own_mark(properties: ET.Element) -> tuple[str, int] | None:
    number_id = _value(properties, "numPr/numId")
    if not number_id:
        return None
    return number_id, int(_value(properties, "numPr/ilvl") or 0)


def _value(element: ET.Element, path: str) -> str:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return "" if found is None else found.get(f"{_W}val", "")


def _read(parts: dict[str, bytes]) -> _Numbering:
    numbering = _Numbering()
    root = ET.fromstring(parts["word/numbering.xml"])  # noqa: S314 - checked by docx_archive
    for abstract in root.iter(f"{_W}abstractNum"):
        name = abstract.get(f"{_W}abstractNumId", "")
        numbering.levels.update({(name, depth): level for depth, level in _levels(abstract)})
    for number in root.iter(f"{_W}num"):
        number_id = number.get(f"{_W}numId", "")
        numbering.lists[number_id] = _list_of(number, number_id, numbering)
    if "word/styles.xml" in parts:
        numbering.styles = _styles(parts["word/styles.xml"])
    return numbering


def _levels(parent: ET.Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iter(f"{_W}lvl"):
        yield (
            int(level.get(f"{_W}ilvl", "0")),
            _Level(
                format=_value(level, "numFmt") or "decimal",
                text=_value(level, "lvlText")[:_LABEL_LENGTH],
                start=int(_value(level, "start") or 1),
                space=_value(level, "suff") != "nothing",
            ),
        )


def _list_of(number: ET.Element, number_id: str, numbering: _Numbering) -> str:
    """The list that a number id counts in: its abstract list, or a list of its own where it starts anew."""
    abstract = _value(number, "abstractNumId")
    overrides = list(number.iter(f"{_W}lvlOverride"))
    if not overrides:
        return abstract
    own = f"num {number_id}"
    for (name, depth), level in list(numbering.levels.items()):
        if name == abstract:
            numbering.levels[own, depth] = level
    for override in overrides:
        depth = int(override.get(f"{_W}ilvl", "0"))
        numbering.levels.update({(own, inner): level for inner, level in _levels(override)})
        start = _value(override, "startOverride")
        base = numbering.levels.get((own, depth))
        if start and base is not None:
            numbering.levels[own, depth] = _Level(base.format, base.text, int(start), base.space)
    return own


def _styles(part: bytes) -> dict[str, tuple[str, int]]:
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in ET.fromstring(part).iter(f"{_W}style"):  # noqa: S314 - checked by docx_archive
        name = style.get(f"{_W}styleId", "")
        parents[name] = _value(style, "basedOn")
        properties = style.find(f"{_W}pPr")
        mark = None if properties is None else _own_mark(properties)
        if mark is not None:
            own[name] = mark
    return {name: mark for name in parents if (mark := _inherited(name, own, parents)) is not None}


def _inherited(name: str, own: dict[str, tuple[str, int]], parents: dict[str, str]) -> tuple[str, int] | None:
    for _ in range(_BASED_ON_DEPTH):
        if name in own:
            return own[name]
        name = parents.get(name, "")
    return None


def _numeral(value: int, style: str) -> str:
    write = _FORMS.get(style)
    if write is None or not 0 < value <= _LARGEST:
        return str(value)[:_LABEL_LENGTH]
    return write(value)


def _letters(value: int) -> str:
    """A to z, then aa, bb and so on, as Word counts."""
    return chr(ord("a") + (value - 1) % _LETTERS) * ((value - 1) // _LETTERS + 1)


def _roman(value: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        while value >= amount:
            text += sign
            value -= amount
    return text


def _chinese(value: int) -> str:
    """一 to 九十九; larger numbers stay in digits."""
    tens, units = divmod(value, _TEN)
    if tens >= _TEN:
        return str(value)
    if not tens:
        return _CHINESE[units]
    return ("" if tens == 1 else _CHINESE[tens]) + "十" + (_CHINESE[units] if units else "")


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese,
}
