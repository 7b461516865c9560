"""Each app brings what is asked about it: `tests/access/<app>/policy.py` and `things.py`, which are found here."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@cache
def rooms() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in HERE.glob("*/policy.py")))


def _tables(file: str, name: str) -> list[Any]:
    found = [import_module(f"access.{room}.{file}") for room in rooms() if (HERE / room / f"{file}.py").exists()]
    return [getattr(module, name) for module in found if hasattr(module, name)]


def gathered(file: str, name: str) -> dict[Any, Any]:
    """The table `name` of every room in one; raises ValueError where two rooms answer the same."""
    whole: dict[Any, Any] = {}
    for table in _tables(file, name):
        twice = set(whole) & set(table)
        if twice:
            raise ValueError(f"{name}: {sorted(twice)} in two rooms")
        whole |= table
    return whole


def joined(file: str, name: str) -> tuple[Any, ...]:
    return tuple(entry for table in _tables(file, name) for entry in table)
