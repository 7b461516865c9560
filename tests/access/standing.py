"""The world of the questions, made once for a process and put back for every file that asks about it."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@cache
def _folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="zhuoyue-world-")


def folders() -> dict[str, Path]:
    """Settings of where the world keeps its files and its clock."""
    place = Path(_folder().name)
    return {"FILES_FOLDER": place / "files", "CLOCK_FILE": place / "clock.json"}


@contextmanager
def standing() -> Iterator[tuple[Any, Any]]:
    """(world, its dictionary), committed; swept away afterwards."""
    with override_settings(PASSWORD_HASHERS=HASHERS, **folders()):
        if connection.vendor == "sqlite" and _made.cache_info().currsize:
            copy, told = _made()
            copy.backup(connection.connection)
        else:
            _made.cache_clear()
            _copy, told = _made()
        yield told
        call_command("flush", verbosity=0, interactive=False)


@cache
def _made() -> tuple[Any, tuple[Any, Any]]:
    """A copy of the database in memory, which SQLite puts back in a moment, and what was told."""
    from access.world import build  # noqa: PLC0415 - models load after Django is set up
    from canary.secrets import add_secrets  # noqa: PLC0415 - as above
    from canary.tokens import Dictionary  # noqa: PLC0415 - as above

    dictionary = Dictionary()
    world = build(dictionary)
    add_secrets(world, dictionary)
    copy = None
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(copy)
    return copy, (world, dictionary)


@contextmanager
def no_log() -> Iterator[None]:
    """Thousands of refusals are asked for; each would be kept, with its request."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
