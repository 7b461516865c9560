"""Dates, shown: 2021年8月15日 or 15 August 2021. A moment is shown in the zone of the installation."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, override

WEEKDAYS = "一二三四五六日"
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _english(language: str | None) -> bool:
    return (language or get_language() or "").startswith("en")


def _day_of(day: date) -> date:
    if not isinstance(day, datetime):
        return day
    return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()


def long_date(day: date, language: str | None = None) -> str:
    day = _day_of(day)
    if _english(language):
        return f"{day.day} {month(day, language)}"
    return f"{month(day, language)}{day.day}日"


def month(day: date, language: str | None = None) -> str:
    day = _day_of(day)
    if _english(language):
        return f"{ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月"


def moment(when: datetime, language: str | None = None, *, seconds: bool = False) -> str:
    local = timezone.localtime(when)
    time = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    return f"{long_date(local, language)}{', ' if _english(language) else ' '}{time}"


def date_range(first: date, last: date, language: str | None = None) -> str:
    """Says year and month once where they are the same: 2021年8月15日—20日, 15–20 August 2021."""
    first, last = _day_of(first), _day_of(last)
    if first == last:
        return long_date(first, language)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if not _english(language):
        end = (
            f"{last.day}日" if same_month else f"{last.month}月{last.day}日" if same_year else long_date(last, language)
        )
        return f"{long_date(first, language)}—{end}"
    if same_month:
        return f"{first.day}–{long_date(last, language)}"
    start = f"{first.day} {ENGLISH_MONTHS[first.month - 1]}" if same_year else long_date(first, language)
    return f"{start} – {long_date(last, language)}"


def weekday(day: date, language: str | None = None, *, short: bool = False) -> str:
    place = _day_of(day).weekday()
    if _english(language):
        return ENGLISH_WEEKDAYS[place][:3] if short else ENGLISH_WEEKDAYS[place]
    return f"{'周' if short else '星期'}{WEEKDAYS[place]}"


def days_left(deadline: date, today: date, language: str | None = None) -> str:
    """From calendar day to calendar day; what counts to the minute says its moment instead."""
    days = (_day_of(deadline) - _day_of(today)).days
    with override(language or get_language()):
        if days == 0:
            return gettext("今天截止")
        if days > 0:
            return ngettext("还有%(days)d天", "还有%(days)d天", days) % {"days": days}
        return ngettext("逾期%(days)d天", "逾期%(days)d天", -days) % {"days": -days}
