"""One database, one cast, one clock for all tests.

`ZHUOYUE_DATABASE_URL` chooses the database: SQLite when empty, or a PostgreSQL.
"""

import itertools
import os
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoyue.config.settings")
os.environ.setdefault("ZHUOYUE_DATA", tempfile.mkdtemp(prefix="zhuoyue-test-"))
os.environ.setdefault("ZHUOYUE_SECRET_KEY", "only-for-tests")

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

# the machine is shared: a slow example says nothing
hypothesis_settings.register_profile("shared", deadline=None)
hypothesis_settings.load_profile("shared")

_numbers = itertools.count(1)
SHARED = Path(os.environ.get("ZHUOYUE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture
def seeds():
    """The folder of source documents; a test that reads it is skipped where it is absent."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip(f"source documents not found at {folder}; set ZHUOYUE_SHARED to their parent folder")
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    if connection.vendor == "sqlite":
        from migrated import Copied  # noqa: PLC0415 - loads after Django is set up

        connection.creation = Copied(connection)


@pytest.fixture(scope="session")
def own_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="session", autouse=True)
def _quick_settings(own_folder):
    """Hashing is Django's, and tests need not wait for it; names of static files without digests need no collecting."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**django_settings.STORAGES, "staticfiles": plain},
        CACHES={"default": {**django_settings.CACHES["default"], "LOCATION": own_folder / "cache"}},
    ):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, own_folder):
    """A place for each test; nothing is made there until the test does."""
    number = next(_numbers)
    settings.FILES_FOLDER = own_folder / f"files-{number}"
    settings.CLOCK_FILE = own_folder / f"clock-{number}.json"
    settings.DEMONSTRATION_FILE = own_folder / f"demonstration-{number}"


CHROMIUM = Path(os.environ.get("ZHUOYUE_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests. Its driver runs an event loop, which Django must be told of."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}; install chromium or set ZHUOYUE_CHROMIUM")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where a browser is

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    with sync_playwright() as driver:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        browser.with_history = lambda: driver.chromium.launch(
            executable_path=str(CHROMIUM), args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def keeping_browser(chromium):
    """As people have it: pages left are kept in memory and come back with what was typed."""
    browser = chromium.with_history()
    yield browser
    browser.close()


def pytest_collection_modifyitems(items):
    """What takes longest begins first, and what one worker must do alone: none is left with it at the end."""
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or item.get_closest_marker("xdist_group")))
