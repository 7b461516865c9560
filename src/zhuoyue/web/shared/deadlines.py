"""Deadlines as notices say them: the first instant that is too late, at midnight, is the 24:00 of the day before."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from zhuoyue.kernel import clock, formats
from zhuoyue.kernel.language import in_english


def last_day(at: datetime) -> datetime:
    """The last moment that still counts, for whoever reckons in days."""
    return at - timedelta(seconds=1)


def deadline_words(at: datetime) -> str:
    """8月15日24:00, or 9月23日17:00; another year is named."""
    local = timezone.localtime(at)
    midnight = local.time() == time()
    day = local - timedelta(days=1) if midnight else local
    words = formats.long_date(day)
    if day.year == clock.today().year:
        words = words.removesuffix(f" {day.year}").removeprefix(f"{day.year}年")
    gap = ", " if in_english() else ""
    return f"{words}{gap}{'24:00' if midnight else f'{local:%H:%M}'}"


def digest_groups(digest: str, groups: int = 3) -> str:
    """The beginning of a digest as people read it out: 7F3A 90C2 51DE."""
    return " ".join(digest[place : place + 4].upper() for place in range(0, 4 * groups, 4))
