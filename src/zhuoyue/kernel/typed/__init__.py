"""What people type, read without surprise: numbers, days, versions, and names of one visible line.

Every number and day of a request is read here, whatever its length; nothing here raises on any text but NameFaultError.
"""

from zhuoyue.kernel.typed.numbers import FIRST_YEAR, LAST_YEAR, day, number, readings, version, whole
from zhuoyue.kernel.typed.words import NameFaultError, code, folded, line, narrow, shown_line, storable

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "NameFaultError",
    "code",
    "day",
    "folded",
    "line",
    "narrow",
    "number",
    "readings",
    "shown_line",
    "storable",
    "version",
    "whole",
]
