"""How numbers, dates and Chinese text are counted, sorted and shown.

Every function that speaks takes a `language` ("zh-hans" or "en"); without one the language of the page holds.
"""

from zhuoyue.kernel.formats.dates import date_range, days_left, long_date, moment, month, weekday
from zhuoyue.kernel.formats.numbers import file_size, number, percent, plain, rounded, share
from zhuoyue.kernel.formats.text import characters, sort_key

__all__ = [
    "characters",
    "date_range",
    "days_left",
    "file_size",
    "long_date",
    "moment",
    "month",
    "number",
    "percent",
    "plain",
    "rounded",
    "share",
    "sort_key",
    "weekday",
]
