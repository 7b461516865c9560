"""Lines into clauses, lettered points and notes, by their numbers alone; `roles` then says what the parts are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from zhuoyue.intake import markers
from zhuoyue.intake.contents_list import contents_lines
from zhuoyue.intake.document import Document, Line, LineRole
from zhuoyue.intake.draft import Furniture, Unplaced
from zhuoyue.intake.markers import ClauseHead, LetterHead
from zhuoyue.intake.points_tables import points_tables
from zhuoyue.intake.segments import Segment

_CHAPTER_TITLE = 24
_UNITS = "年月日号时%％‰℃万亿元个家名项次倍天种条页件版"
_LARGEST_SKIP = 3
_LARGEST_FIRST = 9
_UNREAD = {
    role: Unplaced(role.value)
    for role in (LineRole.FIELD, LineRole.PICTURE, LineRole.DIAGRAM, LineRole.EMBEDDED, LineRole.NO_TEXT)
}


class Form(StrEnum):
    NUMBERED = "numbered"
    LETTERED = "lettered"
    NOTE = "note"


@dataclass(slots=True, eq=False)
class Clause:
    """`code` orders numbered clauses; `label` is what the source prints: "5.4.3", "a", "1"."""

    form: Form
    label: str
    code: tuple[int, ...] = ()
    segments: list[Segment] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    children: list["Clause"] = field(default_factory=list)
    points: Decimal | None = None

    def of_form(self, form: Form) -> list["Clause"]:
        return [child for child in self.children if child.form == form]

    def title_segment(self) -> Segment | None:
        """The first piece of text where it is a title."""
        if self.segments and markers.is_title(self.segments[0].text):
            return self.segments[0]
        return None

    @property
    def title(self) -> str:
        segment = self.title_segment()
        return "" if segment is None else markers.closed_up(segment.text)


class Step(StrEnum):
    NEXT = "next"
    GAP = "gap"
    NONE = "none"


def step(previous: tuple[int, ...], code: tuple[int, ...]) -> Step:
    """How a clause number stands to the one before it.

    NEXT: the first below it, or the next beside it or beside a clause that holds it. GAP: later, but with numbers left
    out. NONE: not later, or so far on that it is rather a quantity ("3.95").
    """
    if not previous:
        return Step.NEXT if code[0] <= _LARGEST_FIRST else Step.NONE
    same = next((i for i, pair in enumerate(zip(previous, code, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        deeper = code[len(previous) :]
        if not deeper or max(deeper) > _LARGEST_SKIP:
            return Step.NONE
        return Step.NEXT if deeper in {(0,), (1,)} else Step.GAP
    skip = code[same] - previous[same]
    if previous[same] < markers.APPENDIX_BASE == code[same]:
        skip = 1
    if not 0 < skip <= _LARGEST_SKIP or max(code[same + 1 :], default=0) > _LARGEST_SKIP:
        return Step.NONE
    return Step.NEXT if skip == 1 and len(code) == same + 1 else Step.GAP


@dataclass(slots=True)
class Gathered:
    roots: list[Clause] = field(default_factory=list)
    furniture: dict[int, Furniture] = field(default_factory=dict)
    unplaced: dict[int, Unplaced] = field(default_factory=dict)
    front: list[Line] = field(default_factory=list)


def gather(document: Document) -> Gathered:
    gatherer = _Gatherer(document.lines)
    for index in range(len(document.lines)):
        gatherer.take(index)
    gatherer.give_points()
    return gatherer.gathered


class _Gatherer:
    """Walks the lines once; `_leaf` is what a line without a number of its own goes on with."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.gathered = Gathered()
        self._lines = lines
        self._contents = contents_lines(lines)
        self._tables = points_tables([line for line in lines if line.number not in self._contents])
        self._summaries = self._tables.heads | self._tables.repeated
        self._open: list[Clause] = []
        self._leaf: Clause | None = None
        self._previous: tuple[int, ...] = ()
        self._lost = Unplaced.FRONT_MATTER

    def take(self, index: int) -> None:
        line = self._lines[index]
        reason = self._furniture(line)
        if line.role in _UNREAD:
            self.gathered.unplaced[line.number] = _UNREAD[line.role]
        elif reason is not None:
            self.gathered.furniture[line.number] = reason
            if reason == Furniture.ATTACHMENT:
                self._lose(Unplaced.AFTER_ATTACHMENT)
        elif not (
            self._take_amount(line) or self._take_clause(index) or self._take_note(line) or self._take_letter(line)
        ):
            self._take_plain(line)

    def _furniture(self, line: Line) -> Furniture | None:
        if not line.text.strip():
            return Furniture.BLANK
        if line.role != LineRole.TEXT and line.role not in _UNREAD:
            return Furniture(line.role.value)
        if line.number in self._contents:
            return Furniture.CONTENTS
        if line.number in self._summaries:
            return Furniture.POINTS
        if markers.is_attachment(line.text):
            return Furniture.ATTACHMENT
        return Furniture.CAPTION if markers.is_caption(line.text) else None

    def _take_amount(self, line: Line) -> bool:
        """Points in a cell of their own belong to the clause that the cells before it made."""
        amount = self._tables.amounts.get(line.number)
        clause = self._open[-1] if self._open else None
        if amount is None or amount.end is not None or clause is None or clause.label != amount.label:
            return False
        clause.lines.append(line.number)
        return True

    def give_points(self) -> None:
        """Points of a table go to the clause of that number; those of a number that is nowhere are set apart."""
        clauses = {clause.label: clause for root in self.gathered.roots for clause in walk(root)}
        for number, amount in self._tables.amounts.items():
            clause = clauses.get(amount.label)
            if clause is not None:
                clause.points = amount.points
            elif self.gathered.furniture.pop(number, None):
                self.gathered.unplaced[number] = Unplaced.STRAY_NUMBER

    def _lose(self, reason: Unplaced) -> None:
        self._leaf = None
        self._lost = reason

    def _take_clause(self, index: int) -> bool:
        line = self._lines[index]
        preface = markers.preface_title(line.text)
        if preface and not self._previous:
            # 0.1 and the like stand below the introduction; a foreword has no number and comes before it.
            code = () if preface == "前言" else (0,)
            self._start(Clause(Form.NUMBERED, preface, code), line, len(line.text))
            self._leaf_title(line, preface)
            return True
        head = markers.clause_head(line.text)
        if head is None:
            return False
        if self._admits(head, index):
            self._start(Clause(Form.NUMBERED, head.label, head.code), line, head.rest)
            return True
        return self._refuse(head, line)

    def _leaf_title(self, line: Line, title: str) -> None:
        """A preface's only line is its title."""
        start = len(line.text) - len(line.text.lstrip())
        self._open[-1].segments = [Segment(line.number, start, title)]

    def _start(self, clause: Clause, line: Line, rest: int) -> None:
        while self._open and not _holds(self._open[-1], clause):
            self._open.pop()
        siblings = self._open[-1].children if self._open else self.gathered.roots
        siblings.append(clause)
        self._open.append(clause)
        self._previous = clause.code or self._previous
        self._leaf = clause
        amount = self._tables.amounts.get(line.number)
        _add(clause, line, rest, None if amount is None else amount.end)

    def _admits(self, head: ClauseHead, index: int) -> bool:
        line = self._lines[index]
        amount = self._tables.amounts.get(line.number)
        rest = line.text[head.rest : None if amount is None else amount.end].strip()
        titled = markers.is_title(rest) if rest else self._title_follows(index)
        move = step(self._previous, head.code)
        if len(head.code) == 1:
            return titled and move != Step.NONE and len(rest) <= _CHAPTER_TITLE and not _is_quantity(head, rest)
        if move == Step.NEXT:
            return titled or not rest or not head.glued
        return move == Step.GAP and titled and not _is_quantity(head, rest)

    def _title_follows(self, index: int) -> bool:
        """Whether the next line with text is a title rather than a sentence or another number."""
        texts = (self._lines[later].text for later in range(index + 1, len(self._lines)))
        following = next((text for text in texts if text.strip()), "")
        return markers.is_title(following) and not (
            markers.clause_head(following) or markers.letter_head(following) or markers.note_head(following)
        )

    def _refuse(self, head: ClauseHead, line: Line) -> bool:
        """A number that does not fit: a heading out of its order is set apart with its text, the rest is prose."""
        rest = line.text[head.rest :].strip()
        if not rest:
            self.gathered.unplaced[line.number] = Unplaced.STRAY_NUMBER
            return True
        if len(head.code) > 1 and not head.glued and markers.is_title(rest):
            self._lose(Unplaced.OUT_OF_SEQUENCE)
            self.gathered.unplaced[line.number] = Unplaced.OUT_OF_SEQUENCE
            return True
        return False

    def _take_note(self, line: Line) -> bool:
        note = markers.note_head(line.text)
        if note is None or self._leaf is None:
            return False
        self._add_part(Clause(Form.NOTE, note[0]), line, note[1])
        return True

    def _take_letter(self, line: Line) -> bool:
        head = markers.letter_head(line.text)
        if head is None or self._leaf is None or not self._continues_letters(head):
            return False
        self._add_part(Clause(Form.LETTERED, head.letter), line, head.rest)
        return True

    def _continues_letters(self, head: LetterHead) -> bool:
        last = next((part for part in reversed(self._open[-1].children) if part.form == Form.LETTERED), None)
        if last is None:
            return head.letter == "a"
        ahead = ord(head.letter) - ord(last.label)
        if head.weak:
            return ahead == 1
        return ahead in {1, 2} or head.letter == "a"

    def _add_part(self, part: Clause, line: Line, rest: int) -> None:
        self._open[-1].children.append(part)
        self._leaf = part
        _add(part, line, rest)

    def _take_plain(self, line: Line) -> None:
        if self._leaf is not None:
            _add(self._leaf, line, 0)
        elif self._lost == Unplaced.FRONT_MATTER:
            self.gathered.front.append(line)
        else:
            self.gathered.unplaced[line.number] = self._lost


def _holds(outer: Clause, inner: Clause) -> bool:
    shorter = len(outer.code) < len(inner.code)
    return bool(outer.code) and shorter and inner.code[: len(outer.code)] == outer.code


def _add(clause: Clause, line: Line, rest: int, end: int | None = None) -> None:
    clause.lines.append(line.number)
    segment = Segment(line.number, 0, line.text[:end].rstrip()).tail(rest)
    if segment.text:
        clause.segments.append(segment)


def walk(clause: Clause) -> Iterator[Clause]:
    yield clause
    for child in clause.children:
        yield from walk(child)


def _is_quantity(head: ClauseHead, rest: str) -> bool:
    return head.glued and rest[:1] in _UNITS
