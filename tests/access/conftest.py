"""One world for all questions of a file: made once, committed, swept away at the end."""

import logging
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test.utils import override_settings

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("world")


@pytest.fixture(autouse=True)
def _files_of_the_world(settings, place, _own_files):
    settings.FILES_FOLDER = place / "files"
    settings.CLOCK_FILE = place / "clock.json"
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture(scope="module", autouse=True)
def _no_log():
    """Thousands of refusals are asked for here; each would be kept, with its request."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def world(place, django_db_setup, django_db_blocker):
    from access.world import build  # noqa: PLC0415 - models load after Django is set up

    folders = {"FILES_FOLDER": place / "files", "CLOCK_FILE": place / "clock.json"}
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=HASHERS, **folders):
        yield build()
        call_command("flush", verbosity=0, interactive=False)
