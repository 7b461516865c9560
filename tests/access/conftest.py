"""One world for all questions, and how many were asked, said at the end."""

import pytest

from access.counting import counted_by
from access.standing import folders, no_log, standing


@pytest.fixture(autouse=True)
def _files_of_the_world(settings, _own_files):
    for name, place in folders().items():
        setattr(settings, name, place)
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture(scope="module", autouse=True)
def _quiet():
    with no_log():
        yield


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), standing() as (world, _words):
        yield world


def pytest_terminal_summary(terminalreporter):
    counted = counted_by(terminalreporter)
    if counted["pairs"]:
        terminalreporter.line(f"access: {counted['pairs']:,} pairs asked, {counted['disagreed']:,} disagreed")
    if counted["second ids"]:
        terminalreporter.line(f"second ids: {counted['second ids']:,} asked")
    if counted["odd requests"]:
        terminalreporter.line(f"odd parameters: {counted['odd requests']:,} requests")
    if counted["odd forms"]:
        terminalreporter.line(f"odd forms: {counted['odd forms']:,} posts")
