"""List numbers that Word computes ("5.2.1", "a)"), where readers of the text can see them.

Source of the rules: ECMA-376 part 1, 17.9 (numbering) and 17.7 (styles).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from zhuoyue.intake.docx_numerals import custom, numeral
from zhuoyue.intake.docx_package import MC, Package, W, switched_on, value, whole
from zhuoyue.intake.docx_styles import Mark, Styles, mark_of

_LABEL_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Level:
    """`restart`: the depth that a list item must be above to start this level anew; 0 never does. `style`: linked."""

    format: str
    pattern: str
    text: str
    start: int
    restart: int
    legal: bool
    space: bool
    style: str


@dataclass(slots=True)
class Numbering:
    """Levels by (list, depth), lists by number id, and the running counters of each list."""

    styles: Styles
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counters: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label_of(self, properties: ET.Element | None) -> str:
        """The label of the next paragraph in the text; empty for one without, for bullets and undefined lists."""
        mark = self._mark(properties)
        return "" if mark.number_id in {"", "0"} else self._label(mark.number_id, mark.depth or 0)

    def _mark(self, properties: ET.Element | None) -> Mark:
        """A paragraph's own number id and depth, each else its style's. Number id 0 switches numbering off."""
        own = mark_of(properties)
        style, inherited = self.styles.mark(value(properties, "pStyle"))
        number_id = own.number_id or inherited.number_id
        if own.number_id or own.depth is not None:
            return Mark(number_id, own.depth if own.depth is not None else inherited.depth)
        name = self.lists.get(number_id, "")
        linked = [depth for (each, depth), level in self.levels.items() if each == name and level.style == style]
        return Mark(number_id, linked[0] if linked and style else inherited.depth)

    def _label(self, number_id: str, depth: int) -> str:
        name = self.lists.get(number_id, "")
        level = self.levels.get((name, depth))
        if level is None:
            return ""
        counter = self.counters[name]
        for deeper in [each for each in counter if each > depth]:
            if depth < self.levels[name, deeper].restart:
                del counter[deeper]
        counter[depth] = counter.get(depth, level.start - 1) + 1
        if level.format in {"bullet", "none"}:
            return ""
        label = level.text
        for index in range(depth + 1):
            shown = self.levels.get((name, index), level)
            label = label.replace(f"%{index + 1}", _written(counter.get(index, shown.start), shown, legal=level.legal))
        return f"{label} " if level.space and label else label


def _written(number: int, level: _Level, *, legal: bool) -> str:
    if legal:
        return numeral(number, "decimal")
    return custom(number, level.pattern) if level.format == "custom" else numeral(number, level.format)


def read_numbering(package: Package, styles: Styles) -> Numbering:
    numbering = Numbering(styles)
    for path in package.of_kind("numbering")[:1]:
        root = package.root(path)
        if root is not None:
            _define(numbering, root)
    return numbering


def _define(numbering: Numbering, root: ET.Element) -> None:
    links: dict[str, str] = {}
    for abstract in root.iter(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        numbering.levels.update({(name, depth): level for depth, level in _levels(abstract)})
        links[name] = value(abstract, "numStyleLink")
    numbers = {number.get(f"{W}numId", ""): number for number in root.iter(f"{W}num")}
    for number_id, number in numbers.items():
        abstract_id = value(number, "abstractNumId")
        style = links.get(abstract_id, "")
        if style:  # the list is defined by a style of its own, which has a number id in turn
            abstract_id = value(numbers.get(numbering.styles.list_number(style)), "abstractNumId")
        numbering.lists[number_id] = _list_of(number, number_id, abstract_id, numbering)


def _levels(parent: ET.Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iter(f"{W}lvl"):
        depth = whole(level.get(f"{W}ilvl", "0"), 0)
        form = level.find(f"{W}numFmt")
        if form is None:
            form = level.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
        yield (
            depth,
            _Level(
                format="decimal" if form is None else form.get(f"{W}val", "decimal"),
                pattern="" if form is None else form.get(f"{W}format", ""),
                text=value(level, "lvlText")[:_LABEL_LENGTH],
                start=whole(value(level, "start"), 1),
                restart=whole(value(level, "lvlRestart"), depth),
                legal=bool(switched_on(level, "isLgl")),
                space=value(level, "suff") != "nothing",
                style=value(level, "pStyle"),
            ),
        )


def _list_of(number: ET.Element, number_id: str, abstract_id: str, numbering: Numbering) -> str:
    """The list that a number id counts in: its abstract list, or a list of its own where it starts anew."""
    overrides = list(number.iter(f"{W}lvlOverride"))
    if not overrides:
        return abstract_id
    own = f"num {number_id}"
    for (name, depth), level in list(numbering.levels.items()):
        if name == abstract_id:
            numbering.levels[own, depth] = level
    for override in overrides:
        depth = whole(override.get(f"{W}ilvl", "0"), 0)
        numbering.levels.update({(own, inner): level for inner, level in _levels(override)})
        start = value(override, "startOverride")
        base = numbering.levels.get((own, depth))
        if start and base is not None:
            numbering.levels[own, depth] = replace(base, start=whole(start, 1))
    return own
