"""The one clock. Every deadline is compared with `now()` and nothing else.

A demonstration may stand at another day: `clock.json` in the data folder then holds an offset in seconds, which
this module adds. Pages say so (`shifted`).
"""

import json
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

LOOK_AGAIN = 0.05  # seconds
_NEVER = (float("-inf"), timedelta())
_seen: dict[str | Path, tuple[float, timedelta]] = {}


@lru_cache(maxsize=4)
def _offset_of(place: str, _changed: int) -> timedelta:
    return timedelta(seconds=json.loads(Path(place).read_text())["offset_seconds"])


def offset() -> timedelta:
    """What the clock of this data folder is shifted by. Rows ask hundreds of times a page, the file is asked once."""
    place = settings.CLOCK_FILE
    until, found = _seen.get(place, _NEVER)
    if time.monotonic() >= until:
        found = _read(place)
        _seen[place] = time.monotonic() + LOOK_AGAIN, found
    return found


def _read(place: str | Path) -> timedelta:
    try:
        changed = Path(place).stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    return _offset_of(str(place), changed)


def now() -> datetime:
    """Server time, in UTC."""
    return datetime.now(UTC) + offset()


def today() -> datetime:
    """Now, in the zone of the installation."""
    return timezone.localtime(now())


def shifted() -> bool:
    return bool(offset())


def stand_at(moment: datetime) -> None:
    """Let the clock of this data folder run from `moment` on."""
    seconds = (moment - datetime.now(UTC)).total_seconds()
    Path(settings.CLOCK_FILE).write_text(json.dumps({"offset_seconds": seconds}))
    _seen.clear()


def run_true() -> None:
    Path(settings.CLOCK_FILE).unlink(missing_ok=True)
    _seen.clear()
