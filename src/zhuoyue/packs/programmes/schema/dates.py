"""Dates as notices print them: a day, an hour, a month, a third of a month, a quarter, a year, or relative."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Discriminator, PlainSerializer, PlainValidator, Tag, WithJsonSchema

from zhuoyue.packs.programmes.schema.base import Key, Model, Text, pack_error

Grain = Literal["hour", "day", "third", "month", "quarter", "half", "year"]

_PATTERN = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<month>0[1-9]|1[0-2])"
    r"(?:-(?P<third>early|mid|late)|-(?P<day>\d{2})(?:T(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::00)?)?)?)?"
)
# the ten-day thirds of a month (上旬、中旬、下旬): first and last day, 0 for the month's end
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in the precision of its document, in the programme's time zone.

    `first` is its first instant; `until` the first instant after it (an hour is a point: both are equal).
    """

    text: str
    grain: Grain
    first: datetime
    until: datetime

    def begins(self, zone: ZoneInfo) -> datetime:
        return self.first.replace(tzinfo=zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The deadline that this date sets: the end of its last day, or its hour."""
        return self.until.replace(tzinfo=zone)

    def __str__(self) -> str:
        return self.text


def read_moment(value: Any) -> Moment:
    if isinstance(value, Moment):
        return value
    text = str(value)
    match = _PATTERN.fullmatch(text) if isinstance(value, str | int) else None
    if match is None:
        raise _bad_date(text)
    try:
        grain, first, until = _bounds(match)
    except ValueError as error:
        raise _bad_date(text) from error
    return Moment(text, grain, first, until)


def _bad_date(text: str) -> Exception:
    return pack_error(
        "date",
        f"日期“{text}”无法识别，可写 2021-06-30、2021-06-30T17:00、2021-06、2021-08-late、2021-Q4、2021-H1 或 "
        "2021（均为本地时间）",
        f"the date “{text}” cannot be read; write 2021-06-30, 2021-06-30T17:00, 2021-06, 2021-08-late, 2021-Q4, "
        "2021-H1 or 2021 (local time)",
    )


def _bounds(match: re.Match[str]) -> tuple[Grain, datetime, datetime]:
    year, part = int(match["year"]), match.groupdict()
    if part["quarter"]:
        return "quarter", *_months(year, 3 * int(part["quarter"]) - 2, 3)
    if part["half"]:
        return "half", *_months(year, 6 * int(part["half"]) - 5, 6)
    if part["month"]:
        return _within_month(year, int(part["month"]), part)
    return "year", *_months(year, 1, 12)


def _within_month(year: int, month: int, part: dict[str, str | None]) -> tuple[Grain, datetime, datetime]:
    if part["third"]:
        start, end = _THIRDS[part["third"]]
        last = end or monthrange(year, month)[1]
        return "third", _midnight(year, month, start), _midnight(year, month, last) + timedelta(days=1)
    if not part["day"]:
        return "month", *_months(year, month, 1)
    day = _midnight(year, month, int(part["day"]))
    if part["hour"]:
        instant = day + timedelta(hours=int(part["hour"]), minutes=int(part["minute"] or 0))
        return "hour", instant, instant
    return "day", day, day + timedelta(days=1)


def _months(year: int, month: int, count: int) -> tuple[datetime, datetime]:
    after = month - 1 + count
    return _midnight(year, month, 1), _midnight(year + after // 12, after % 12 + 1, 1)


def _midnight(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001 - wall time of the programme; `begins` and `ends` add its zone


MomentField = Annotated[
    Moment,
    PlainValidator(read_moment),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "type": "string",
                    "pattern": r"^\d{4}(-Q[1-4]|-H[12]|-\d{2}(-(early|mid|late|\d{2}(T\d{2}:\d{2})?))?)?$",
                },
                {"type": "integer", "minimum": 1900, "maximum": 2999},
            ]
        }
    ),
]

Anchor = Literal[
    "notice_signed",
    "notice_published",
    "registration_deadline",
    "application_deadline",
    "recommendation_deadline",
    "award_signed",
    "award_published",
    "edition_year_start",
    "edition_year_end",
    "review_finished",
    "approval_signed",
    "return_sent",
    "objection_received",
]


class Relative(Model):
    """A date counted from an event or from the end of another phase."""

    after: Anchor | None = None
    after_phase: Key | None = None
    offset: int
    unit: Literal["days", "working_days", "weeks", "months", "years"]


def _date_tag(value: Any) -> str:
    return "#Relative" if isinstance(value, dict | Relative) else "#Moment"


Date = Annotated[
    Annotated[MomentField, Tag("#Moment")] | Annotated[Relative, Tag("#Relative")],
    Discriminator(_date_tag),
]


class Window(Model):
    """The years that a condition looks at, counted back from a named day."""

    years: int
    anchor: Anchor
    note: Text | None = None
