from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from zhuoyue.kernel.formats import date_range, days_left, long_date, moment, month, weekday

AUGUST = date(2021, 8, 15)
LATE = datetime(2021, 8, 15, 17, 30, 5, tzinfo=UTC)  # in Shanghai it is the 16th already


@pytest.mark.parametrize(
    ("day", "language", "shown"),
    [
        (AUGUST, "zh-hans", "2021年8月15日"),
        (AUGUST, "en", "15 August 2021"),
        (LATE, "zh-hans", "2021年8月16日"),
        (datetime(2021, 8, 15, 23, 0), "zh-hans", "2021年8月15日"),  # noqa: DTZ001 - a naive day is shown as it is
    ],
)
def test_a_date_in_words(day, language, shown):
    assert long_date(day, language) == shown


def test_the_language_of_the_page_holds_unless_one_is_given():
    with override("en"):
        assert long_date(AUGUST) == "15 August 2021"
        assert long_date(AUGUST, "zh-hans") == "2021年8月15日"
    with override(None, deactivate=True):
        assert long_date(AUGUST) == "2021年8月15日"


def test_a_moment_is_shown_in_local_time():
    assert moment(LATE, "zh-hans") == "2021年8月16日 01:30"
    assert moment(LATE, "en", seconds=True) == "16 August 2021, 01:30:05"


def test_a_month_alone():
    assert month(AUGUST, "zh-hans") == "2021年8月"
    assert month(AUGUST, "en") == "August 2021"


@pytest.mark.parametrize(
    ("last", "chinese", "english"),
    [
        (AUGUST, "2021年8月15日", "15 August 2021"),
        (date(2021, 8, 20), "2021年8月15日—20日", "15–20 August 2021"),
        (date(2021, 9, 3), "2021年8月15日—9月3日", "15 August – 3 September 2021"),
        (date(2022, 8, 5), "2021年8月15日—2022年8月5日", "15 August 2021 – 5 August 2022"),
    ],
)
def test_a_range_says_what_is_shared_once(last, chinese, english):
    assert date_range(AUGUST, last, "zh-hans") == chinese
    assert date_range(AUGUST, last, "en") == english


def test_weekdays():
    assert weekday(AUGUST, "zh-hans") == "星期日"
    assert weekday(AUGUST, "zh-hans", short=True) == "周日"
    assert weekday(AUGUST, "en") == "Sunday"
    assert weekday(date(2021, 8, 16), "en", short=True) == "Mon"


@pytest.mark.parametrize(
    ("deadline", "chinese", "words"),
    [
        (date(2021, 8, 27), "还有12天", "12 days left"),
        (date(2021, 8, 16), "还有1天", "1 day left"),
        (AUGUST, "今天截止", "due today"),
        (date(2021, 8, 14), "逾期1天", "1 day overdue"),
        (date(2021, 8, 11), "逾期4天", "4 days overdue"),
    ],
)
def test_days_left_and_overdue(english, deadline, chinese, words):
    assert days_left(deadline, AUGUST, "zh-hans") == chinese
    assert days_left(deadline, AUGUST, "en") == words
