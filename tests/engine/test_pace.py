"""When the rest will be in: worked by hand, and silent where the pace says little."""

from datetime import date, timedelta

import pytest

from zhuoyue.engine.pace import last_day

OPENED, TODAY = date(2021, 8, 30), date(2021, 9, 14)


def test_the_rest_follows_at_the_pace_so_far():
    assert last_day(15, 27, since=OPENED, today=TODAY) == date(2021, 9, 26)


def test_part_of_a_day_is_a_day():
    assert last_day(14, 16, since=OPENED, today=TODAY) == TODAY + timedelta(days=3)  # 2 · 15 / 14 = 2.14


@pytest.mark.parametrize(
    ("done", "asked", "since"),
    [(8, 27, OPENED), (15, 27, TODAY - timedelta(days=4)), (27, 27, OPENED), (0, 27, OPENED), (9, 10_000, OPENED)],
)
def test_too_little_says_nothing(done, asked, since):
    assert last_day(done, asked, since=since, today=TODAY) is None


def test_one_delivery_is_no_pace():
    two, three = [OPENED, TODAY] * 8, [OPENED, OPENED + timedelta(days=1), TODAY] * 5
    assert last_day(15, 27, since=OPENED, today=TODAY, came_on=two) is None
    assert last_day(15, 27, since=OPENED, today=TODAY, came_on=three) == date(2021, 9, 26)
