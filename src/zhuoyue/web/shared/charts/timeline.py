"""The phases of a cycle over its months, with today's line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from zhuoyue.kernel import formats
from zhuoyue.kernel.formats import date_range, long_date
from zhuoyue.web.shared.charts.scale import HUNDRED, across, share

ROW, TOP, BAR = 26, 22, 14
# type of 13 px, and the narrowest picture that shows captions
WIDE, NARROW, PICTURE = Decimal(13), Decimal("6.8"), Decimal(600)
FIRST_WIDE = "\u2e80"
# a month's name that begins so far before or after today's line would run into its words, which are centred on it
BEFORE, AFTER = Decimal(10), Decimal(5)
# the same on a phone, whose picture is about 250 px wide
FAR_BEFORE, FAR_AFTER = Decimal(30), Decimal(17)
OPEN_END = timedelta(days=30)
MANY_MONTHS, ODD = 6, 2


@dataclass(frozen=True, slots=True)
class Phase:
    """`closes` is None for a phase without end. `words` stand in place of the dates ("已评38／64份").

    `look` says the state where the dates do not (a stage that should have begun). `undated`: drawn where it may lie,
    with its `words` for dates. `frame`: the steps inside it stand below, and what runs now is one of them.
    """

    label: str
    opens: date
    closes: date | None = None
    words: str = ""
    look: str = ""
    undated: bool = False
    frame: bool = False

    def state(self, today: date) -> str:
        if self.look:
            return self.look
        if self.opens > today:
            return "next"
        return "past" if self.closes is not None and self.closes < today else "now"

    def dates(self, today: date) -> str:
        """This year goes without saying."""
        if self.undated:
            return self.words
        words = date_range(self.opens, self.closes) if self.closes else _("%(day)s起") % {"day": long_date(self.opens)}
        return words.removeprefix(f"{today.year}年").removesuffix(f" {today.year}")


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    state: str
    strong: bool  # what runs now
    y: int
    x: str
    width: str
    done: str  # width of the part up to today
    dashed: bool
    caption: str
    caption_x: str
    before: bool  # the caption stands left of the bar
    text_y: int
    dates: str


@dataclass(frozen=True, slots=True)
class Month:
    x: str
    label: str
    minor: bool  # left out on a phone


@dataclass(frozen=True, slots=True)
class Timeline:
    bars: tuple[Bar, ...]
    months: tuple[Month, ...]
    today_x: str
    today_words: str
    height: int
    aria: str


def _months(start: date, end: date) -> list[date]:
    found = [start]
    while (after := (found[-1].replace(day=28) + timedelta(days=4)).replace(day=1)) < end:
        found.append(after)
    return found


def _place(day: date, start: date, end: date) -> Decimal:
    return share((day - start).days, (end - start).days)


def _width(caption: str) -> Decimal:
    """About how much of the picture the words take, in percent."""
    pixels = sum((WIDE if character >= FIRST_WIDE else NARROW for character in caption), WIDE)
    return pixels * 100 / PICTURE


def _stands_before(width: Decimal, left: Decimal, right: Decimal, now: Decimal) -> bool:
    """Right of its bar, unless it would leave the picture or cross today's line there; then left, if it fits."""
    leaves, crosses = right + width > HUNDRED, right < now < right + width
    if left >= width:
        return leaves or crosses
    return leaves and left > HUNDRED - right


def _bar(row: int, phase: Phase, today: date, span: tuple[date, date]) -> Bar:
    left = _place(phase.opens, *span)
    # a phase holds its last day
    right = _place((phase.closes + timedelta(days=1)) if phase.closes else span[1], *span)
    state = phase.state(today)
    now = _place(today, *span)
    caption = phase.words or phase.dates(today)
    before = _stands_before(_width(caption), left, right, now)
    y = TOP + 10 + row * ROW
    return Bar(
        label=phase.label,
        state=state,
        strong=state == "now" and not phase.frame,
        y=y,
        x=across(left),
        width=across(max(right - left, Decimal("0.6"))),
        done=across(max(now - left, Decimal(0))) if state == "now" else "0%",
        dashed=phase.undated or phase.closes is None,
        caption=caption,
        caption_x=across(left if before else right),
        before=before,
        text_y=y + 12,
        dates=phase.dates(today),
    )


def timeline(phases: Sequence[Phase], today: date, today_words: str) -> Timeline:
    """`phases` in the order shown, at least one. The width runs from the first month's first day to the last's end."""
    start = min(phase.opens for phase in phases).replace(day=1)
    last = max(phase.closes or phase.opens + OPEN_END for phase in phases)
    end = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    now = _place(today, start, end)
    inside = start <= today < end
    months = _months(start, end)
    marks = []
    for index, month in enumerate(months):
        x = _place(month, start, end)
        hidden = inside and -BEFORE < x - now < AFTER
        words = "" if hidden else column_head(month)
        near = inside and -FAR_BEFORE < x - now < FAR_AFTER
        marks.append(Month(across(x), words, minor=near or (len(months) > MANY_MONTHS and index % ODD == 1)))
    bars = tuple(_bar(row, phase, today, (start, end)) for row, phase in enumerate(phases))
    return Timeline(
        bars=bars,
        months=tuple(marks),
        today_x=across(now) if inside else "",
        today_words=today_words,
        height=TOP + len(phases) * ROW + 8,
        aria="；".join(f"{bar.label} {bar.dates}" for bar in bars),
    )


def column_head(month: date) -> str:
    """The month; January says its year instead."""
    if month.month == 1:
        return formats.month(month).removesuffix("1月").removeprefix("January ")
    name = formats.month(month).removeprefix(f"{month.year}年")
    return name if "月" in name else name[:3]
