"""Golden cases: JSON files of one part, each with the sentence it stands for and what must hold."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


def golden(part: str):
    """One parameter per file, named by the file."""
    paths = sorted((FOLDER / part).glob("*.json"))
    assert paths, f"no golden cases for {part}"
    return [pytest.param(json.loads(path.read_text("utf-8")), id=path.stem) for path in paths]


def plain(value):
    """A result as JSON would show it."""
    if dataclasses.is_dataclass(value):
        if hasattr(value, "as_data"):
            return value.as_data()
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal | Fraction | date):
        return str(value)
    return value


def check(expected, actual, place="result"):
    """`expected` names what must hold; fields it does not name are free."""
    if isinstance(expected, dict):
        assert isinstance(actual, dict), place
        for name, inner in expected.items():
            assert name in actual, f"{place}: no {name}"
            check(inner, actual[name], f"{place}.{name}")
    elif isinstance(expected, list):
        assert isinstance(actual, list), place
        assert len(expected) == len(actual), f"{place}: {actual}"
        for number, (inner, got) in enumerate(zip(expected, actual, strict=True)):
            check(inner, got, f"{place}[{number}]")
    elif isinstance(expected, float):
        assert actual == pytest.approx(expected, abs=1e-9), place
    else:
        assert actual == expected, place
