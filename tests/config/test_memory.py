"""What stays for good is set aside from the search for garbage, at the start and ever more rarely."""

import gc

import pytest

from zhuoyue.config.memory import FIRST_LOOK, Thrifty


@pytest.fixture(autouse=True)
def _as_before():
    yield
    gc.unfreeze()


def page(_environ, start_response):
    start_response("200 OK", [])
    return [b"page"]


def test_the_page_comes_through_and_what_it_left_is_set_aside_in_time():
    thrifty = Thrifty(page)
    at_the_start, looks = gc.get_freeze_count(), []
    kept = []
    for number in range(1, 4 * FIRST_LOOK + 1):
        kept.append([number])
        before = gc.get_freeze_count()
        assert thrifty({}, lambda *_: None) == [b"page"]
        if gc.get_freeze_count() > before:
            looks.append(number)
    assert at_the_start > 0
    assert looks == [FIRST_LOOK, 2 * FIRST_LOOK, 4 * FIRST_LOOK]
