"""Working days in China, with the make-up days that the yearly notice of the State Council sets.

The notice for a year comes out in the November before it, so no calendar can be known further ahead. What is not
known is refused (`UnknownCalendarError`) or, where a plan needs a date, given as uncertain (`foresee`): never guessed
in silence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

# The notice for a year has moved days of the December before it, never before the 29th (2001 to 2026).
SETTLED_UNTIL = (12, 28)
SATURDAY = 5
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def known_years() -> tuple[int, int]:
    """The first and the last year whose notice is known."""
    from holidays.countries.china import ChinaStaticHolidays  # noqa: PLC0415 - 15 MB, few pages count working days

    return min(ChinaStaticHolidays.special_public_holidays), max(ChinaStaticHolidays.special_public_holidays)


class UnknownCalendarError(LookupError):
    """Nobody has said yet which days are worked; `year` is the one whose notice is missing."""

    def __init__(self, day: date) -> None:
        self.year = day.year + (day.year == known_years()[1])
        words = _("%(year)d年的放假调休安排尚未录入，无法计算工作日。请录入国务院办公厅的通知。")
        super().__init__(words % {"year": self.year})


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an installation knows better: `days` says of a day whether it is worked.

    In the years of `years` it lists every day that differs from the plain week, and nothing else is asked.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Foreseen:
    """`certain` is false where a day on the way belongs to a year whose notice is not known."""

    day: date
    certain: bool


NONE = Overrides()


@lru_cache(maxsize=64)
def _calendar_of(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(holidays, worked weekend days) of a year; the next year's notice may name days of this one."""
    from holidays.countries.china import China  # noqa: PLC0415 - as above

    calendar = China(years=(year, year + 1), expand=False)  # type: ignore[no-untyped-call]
    return frozenset(calendar), frozenset(calendar.weekend_workdays)


def is_known(day: date, overrides: Overrides = NONE) -> bool:
    if day in overrides.days or day.year in overrides.years:
        return True
    first, last = known_years()
    if day.year == last:
        return (day.month, day.day) <= SETTLED_UNTIL or day.year + 1 in overrides.years
    return first <= day.year < last


def _is_worked(day: date, overrides: Overrides) -> bool:
    if day in overrides.days:
        return overrides.days[day]
    weekend = day.weekday() >= SATURDAY
    if day.year in overrides.years:
        return not weekend
    holidays, worked = _calendar_of(day.year)
    return day in worked if weekend else day not in holidays


def is_working_day(day: date, overrides: Overrides = NONE) -> bool:
    if not is_known(day, overrides):
        raise UnknownCalendarError(day)
    return _is_worked(day, overrides)


def _days(start: date, step: timedelta) -> Iterator[date]:
    day = start
    while True:
        day += step
        yield day


def foresee(start: date, n: int, overrides: Overrides = NONE) -> Foreseen:
    """The n-th working day after `start` (before it, if n is negative), by weekends and public holidays where unknown.

    `start` itself is not counted; n = 0 is `start`, worked or not.
    """
    left, certain, day = abs(n), True, start
    days = _days(start, ONE_DAY if n > 0 else -ONE_DAY)
    while left:
        day = next(days)
        certain = certain and is_known(day, overrides)
        left -= _is_worked(day, overrides)
    return Foreseen(day, certain)


def add_working_days(start: date, n: int, overrides: Overrides = NONE) -> date:
    """As `foresee`, but refuses to answer where the calendar is not known."""
    left, day = abs(n), start
    days = _days(start, ONE_DAY if n > 0 else -ONE_DAY)
    while left:
        day = next(days)
        left -= is_working_day(day, overrides)
    return day


def working_days_between(first: date, last: date, overrides: Overrides = NONE) -> int:
    """Working days from `first` to `last`, both counted; none if `last` is before `first`."""
    span = (last - first).days + 1
    return sum(is_working_day(first + timedelta(days=offset), overrides) for offset in range(span))
