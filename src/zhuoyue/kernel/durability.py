"""What must hold of the database before an acknowledgement can be believed.

SQLite with `synchronous=NORMAL` loses acknowledged commits in a power cut; with FULL it does not. A server that
finds any of these settings otherwise refuses to start.
"""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection, connections

EXPECTED = {"journal_mode": ("wal", "memory"), "synchronous": (2, 3), "foreign_keys": (1,)}


def faults_of(alias: str) -> list[str]:
    """What keeps the database `alias` from keeping its word; empty when nothing does."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW synchronous_commit")
            value = cursor.fetchone()[0]
            return [] if value == "on" else [f"synchronous_commit is {value}, must be on"]
        found = []
        for name, allowed in EXPECTED.items():
            cursor.execute(f"PRAGMA {name}")
            value = cursor.fetchone()[0]
            if value not in allowed:
                found.append(f"PRAGMA {name} is {value}, must be {allowed[0]}")
    options = connection.settings_dict.get("OPTIONS", {})
    if options.get("transaction_mode") != "IMMEDIATE":
        found.append("transaction_mode must be IMMEDIATE")
    if connection.settings_dict.get("ATOMIC_REQUESTS"):
        found.append("ATOMIC_REQUESTS must be off: a transaction belongs to an action, not to a page")
    return found


@register(Tags.database)
def check_durability(databases: Iterable[str] | None = None, **_: Any) -> list[CheckMessage]:
    return [Error(fault, id="kernel.E001") for alias in databases or () for fault in faults_of(alias)]


def empty_log() -> None:
    """Lay SQLite's write-ahead log into the database and cut it to nothing, as far as nobody reads in it now.

    PostgreSQL keeps its log by its own rules; there is nothing to do.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
