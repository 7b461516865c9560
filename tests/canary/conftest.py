"""The world of the questions of access, with a word of its own in every text."""

import logging

import pytest
from django.core.management import call_command
from django.test.utils import override_settings


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("canary")


@pytest.fixture(autouse=True)
def _files_of_the_world(settings, place, _own_files):
    settings.FILES_FOLDER = place / "files"
    settings.CLOCK_FILE = place / "clock.json"


@pytest.fixture(scope="module", autouse=True)
def _no_log():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def told(place, django_db_setup, django_db_blocker):
    """(world, its dictionary)."""
    from access.world import build  # noqa: PLC0415 - models load after Django is set up
    from canary.tokens import Dictionary  # noqa: PLC0415 - as above

    folders = {"FILES_FOLDER": place / "files", "CLOCK_FILE": place / "clock.json"}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers, **folders):
        dictionary = Dictionary()
        yield build(dictionary), dictionary
        call_command("flush", verbosity=0, interactive=False)
