from datetime import date, timedelta

import pytest

from zhuoyue.kernel.working_days import (
    Overrides,
    UnknownCalendarError,
    add_working_days,
    foresee,
    is_known,
    is_working_day,
    known_years,
    working_days_between,
)

LAST_KNOWN = known_years()[1]
NEXT_YEAR = LAST_KNOWN + 1


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2021, 9, 18), True),  # Saturday, worked for the Mid-Autumn holiday
        (date(2021, 9, 20), False),
        (date(2021, 10, 1), False),
        (date(2021, 10, 9), True),  # Saturday, worked for the National Day week
        (date(2021, 10, 16), False),
        (date(2021, 10, 18), True),
        (date(2011, 12, 31), True),  # named by the notice for 2012
    ],
)
def test_make_up_days_are_worked_and_moved_holidays_are_not(day, worked):
    assert is_working_day(day) is worked


def test_seven_working_days_of_notice_around_national_day():
    assert add_working_days(date(2021, 9, 28), 7) == date(2021, 10, 13)


def test_counting_back_and_standing_still():
    assert add_working_days(date(2021, 10, 8), -1) == date(2021, 9, 30)
    assert add_working_days(date(2021, 10, 2), 0) == date(2021, 10, 2)


def test_both_ends_are_counted():
    assert working_days_between(date(2021, 9, 26), date(2021, 10, 9)) == 7
    assert working_days_between(date(2021, 9, 30), date(2021, 9, 30)) == 1
    assert working_days_between(date(2021, 10, 2), date(2021, 10, 1)) == 0


def test_adding_and_counting_agree():
    start = date(2024, 1, 1)
    for n in range(1, 250, 13):
        assert working_days_between(start + timedelta(days=1), add_working_days(start, n)) == n


def test_an_unknown_year_is_refused_and_names_what_is_missing():
    with pytest.raises(UnknownCalendarError, match=f"{NEXT_YEAR}年"):
        add_working_days(date(LAST_KNOWN, 12, 20), 20)
    with pytest.raises(UnknownCalendarError):
        is_working_day(date(2000, 12, 29))


def test_the_last_days_of_the_last_known_year_wait_for_the_next_notice():
    assert is_known(date(LAST_KNOWN, 12, 28))
    assert not is_known(date(LAST_KNOWN, 12, 29))
    assert is_known(date(LAST_KNOWN, 12, 29), Overrides(years=frozenset({NEXT_YEAR})))


def test_a_plan_beyond_the_known_calendar_is_marked_uncertain():
    assert foresee(date(2021, 9, 28), 7).certain
    assert foresee(date(2021, 9, 28), -1).day == date(2021, 9, 27)
    plan = foresee(date(NEXT_YEAR, 3, 1), 5)
    assert plan.day == date(NEXT_YEAR, 3, 8)
    assert not plan.certain


def test_the_list_of_an_installation_comes_first():
    closed = Overrides(days={date(2021, 10, 18): False, date(2021, 10, 17): True})
    assert not is_working_day(date(2021, 10, 18), closed)
    assert is_working_day(date(2021, 10, 17), closed)


def test_a_year_listed_whole_is_known_and_follows_the_list_alone():
    listed = Overrides(days={date(2027, 2, 5): False}, years=frozenset({2027}))
    assert not is_working_day(date(2027, 2, 5), listed)
    assert is_working_day(date(2027, 2, 9), listed)  # the library supposes a holiday here; the list does not
    assert not is_working_day(date(2027, 2, 13), listed)
