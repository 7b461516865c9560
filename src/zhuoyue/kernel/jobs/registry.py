"""What can be done in the background: jobs by name, and what recurs. Both are declared in an app's `tasks.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.module_loading import autodiscover_modules

QUIET = timedelta(minutes=10)
Work = Callable[..., Any]
Recurring = Callable[[datetime], object]


class UnknownJobError(LookupError):
    """Started under a name that no `tasks.py` declares."""


@dataclass(frozen=True, slots=True)
class Declared:
    """`quiet`: silent for longer, its worker is taken for dead."""

    work: Work
    quiet: timedelta


@dataclass(frozen=True, slots=True)
class Periodic:
    seconds: float
    run: Recurring


_jobs: dict[str, Declared] = {}
_periodic: dict[str, Periodic] = {}


def job(name: str, *, quiet: timedelta = QUIET) -> Callable[[Work], Work]:
    """Declare `function(progress, **arguments)` as the job `name`; what it returns is kept as JSON.

    It may be carried out again from the start after its worker died: it must bear that. It calls `progress.step`
    more often than every `quiet`, and outside transactions, or nobody sees the step.
    """

    def declare(function: Work) -> Work:
        if name in _jobs:
            raise ValueError(f"job {name!r} is declared twice")
        _jobs[name] = Declared(function, quiet)
        return function

    return declare


def every(minutes: float) -> Callable[[Recurring], Recurring]:
    """Let each worker call `function(now)` so often, first when it starts. Several may call it at once."""

    def declare(function: Recurring) -> Recurring:
        _periodic[f"{function.__module__}.{function.__qualname__}"] = Periodic(minutes * 60, function)
        return function

    return declare


def discover() -> None:
    autodiscover_modules("tasks")


def declared(name: str) -> Declared:
    if name not in _jobs:
        discover()
    try:
        return _jobs[name]
    except KeyError:
        raise UnknownJobError(name) from None


def periodic() -> dict[str, Periodic]:
    return dict(_periodic)
