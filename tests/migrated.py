"""A database of SQLite for tests, copied from a file that is migrated once for as long as the migrations stay.

Migrating took longer than most files of tests, and every worker of every run did it again.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3.creation import DatabaseCreation

ROOT = Path(__file__).resolve().parents[1]


class Copied(DatabaseCreation):
    def create_test_db(self, verbosity: int = 1, *rest: Any, **options: Any) -> str:
        kept = _kept()
        if not kept.exists():
            name = super().create_test_db(verbosity, *rest, **options)
            self._keep(kept)
            return name
        name = self._get_test_db_name()
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()
        with closing(sqlite3.connect(kept)) as migrated:
            migrated.backup(self.connection.connection)
        return name

    def _keep(self, kept: Path) -> None:
        """Under another name first: another worker may look for it at the same moment."""
        half = kept.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(half)) as copy:
            self.connection.connection.backup(copy)
        half.replace(kept)


def _kept() -> Path:
    """The file for the migrations as they are, of ours and of the libraries."""
    told = sha256()
    for path in (ROOT / "uv.lock", *sorted((ROOT / "src").glob("zhuoyue/**/migrations/*.py"))):
        told.update(path.name.encode() + path.read_bytes())
    told.update(repr(settings.INSTALLED_APPS).encode())
    return Path(tempfile.gettempdir()) / f"zhuoyue-migrated-{os.getuid()}-{told.hexdigest()[:24]}.sqlite3"
