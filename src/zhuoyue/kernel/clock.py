"""The one clock. Every deadline is compared with `now()` and nothing else.

A demonstration may stand at another day: `clock.json` in the data folder then holds an offset in seconds, which
this module adds. Pages say so (`shifted`).
"""

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone


@lru_cache(maxsize=4)
def _offset_of(place: str, _changed: int) -> timedelta:
    return timedelta(seconds=json.loads(Path(place).read_text())["offset_seconds"])


def offset() -> timedelta:
    place = Path(settings.CLOCK_FILE)
    try:
        changed = place.stat().st_mtime_ns
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


def run_true() -> None:
    Path(settings.CLOCK_FILE).unlink(missing_ok=True)
