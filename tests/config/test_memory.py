"""What stays for good is set aside from the search for garbage, at the start and ever more rarely."""

import gc

import pytest

from zhuoyue.config import memory


@pytest.fixture(autouse=True)
def _as_before():
    yield
    gc.unfreeze()


def page(_environ, start_response):
    start_response("200 OK", [])
    return [b"page"]


def test_what_stands_at_the_start_is_set_aside():
    before = gc.get_freeze_count()
    memory.Thrifty(page)
    assert gc.get_freeze_count() > before


def test_every_page_comes_through_and_after_twice_as_many_it_is_done_again(monkeypatch):
    answered, looks = 0, []
    monkeypatch.setattr(memory, "set_aside", lambda: looks.append(answered))
    thrifty = memory.Thrifty(page)
    for _ in range(4 * memory.FIRST_LOOK + 1):
        assert thrifty({}, lambda *_: None) == [b"page"]
        answered += 1
    assert looks == [0, *(times * memory.FIRST_LOOK - 1 for times in (1, 2, 4))]
