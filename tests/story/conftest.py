"""The house on a port, its people, and a window for each of them."""

import pytest
from tests.story.people import House
from tests.story.windows import Windows


@pytest.fixture
def house(transactional_db, settings):
    """An office with its bodies, people and the small award, before the notice; the clock stands at its first day."""
    settings.ACCOUNT_RATE_LIMITS = False
    return House.build()


@pytest.fixture
def windows(chromium, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    opened = Windows(chromium, live_server.url)
    yield opened
    opened.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A story that breaks says what stood in every window."""
    report = yield
    if report.failed and "windows" in getattr(item, "funcargs", {}):
        report.sections.append(("windows", item.funcargs["windows"].seen()))
    return report
