"""The one byte form of plain data: what the record hashes.

JSON with sorted keys (by code point), no spaces, UTF-8. Decimals are strings without exponent or trailing zeros, so
that 1.5 and 1.50 are one value; times are UTC with microseconds; floats are refused, for they have no exact text.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

_LARGEST_EXPONENT = 400  # far above any score or amount; keeps 1E+999999999 from filling the memory


class PlainError(ValueError):
    """A value that has no canonical form."""


def canonical(value: object) -> bytes:
    """The canonical bytes of None, bool, int, str, Decimal, date, aware datetime, UUID, and lists and mappings of them.

    Raises PlainError with the place of the first value that has no such form.
    """
    try:
        plain = _plain(value, "$")
    except RecursionError as error:
        raise PlainError("$: the value is nested too deeply, or holds itself") from error
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _plain(value: object, place: str) -> Any:
    if isinstance(value, Mapping):
        return {_key(key, place): _plain(part, f"{place}.{key}") for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, f"{place}[{position}]") for position, part in enumerate(value)]
    return _scalar(value, place)


def _key(key: object, place: str) -> str:
    if not isinstance(key, str):
        raise PlainError(f"{place}: the key {key!r} is not text")
    return _text(key, place)


def _scalar(value: object, place: str) -> str | int | bool | None:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, Decimal):
        return _decimal(value, place)
    if isinstance(value, datetime):
        return _instant(value, place)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise PlainError(f"{place}: a {type(value).__name__} has no canonical form")


def _text(value: str, place: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise PlainError(f"{place}: the text holds half a surrogate pair") from error
    return value


def _decimal(value: Decimal, place: str) -> str:
    if not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST_EXPONENT):
        raise PlainError(f"{place}: the decimal {value} is not a finite number of usual size")
    if not value:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _instant(value: datetime, place: str) -> str:
    if value.utcoffset() is None:
        raise PlainError(f"{place}: the time {value.isoformat()} has no zone")
    try:
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    except OverflowError as error:
        raise PlainError(f"{place}: the time {value.isoformat()} is outside the years 1 to 9999 in UTC") from error
