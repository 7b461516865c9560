from datetime import UTC, datetime, timedelta

import time_machine

from zhuoyue.kernel import clock


def test_the_clock_runs_true_without_a_file():
    assert not clock.shifted()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_demonstration_stands_at_another_day_and_runs_on():
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False) as traveller:
        clock.stand_at(datetime(2021, 8, 12, 2, tzinfo=UTC))
        assert clock.now() == datetime(2021, 8, 12, 2, tzinfo=UTC)
        assert clock.shifted()
        traveller.shift(timedelta(hours=1))
        assert clock.now() == datetime(2021, 8, 12, 3, tzinfo=UTC)


def test_today_is_told_in_the_zone_of_the_installation():
    with time_machine.travel(datetime(2026, 1, 1, 20, tzinfo=UTC), tick=False):
        assert clock.today().day == 2


def test_the_true_time_comes_back():
    clock.stand_at(datetime(2021, 8, 12, 2, tzinfo=UTC))
    clock.run_true()
    clock.run_true()
    assert not clock.shifted()
