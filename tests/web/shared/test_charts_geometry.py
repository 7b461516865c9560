from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from zhuoyue.web.shared.charts import (
    ItemScores,
    Phase,
    Score,
    Series,
    Spoke,
    Step,
    funnel,
    mini,
    quota_bar,
    radar,
    spread,
    timeline,
)
from zhuoyue.web.shared.charts.scale import share

TODAY = date(2021, 9, 18)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def number(text):
    return Decimal(text.removesuffix("%"))


def test_share_stays_between_nothing_and_all():
    assert [share(1, 4), share(5, 4), share(-1, 4), share(1, 0)] == [25, 100, 0, 0]


PHASES = (
    Phase("申报", date(2021, 7, 15), date(2021, 8, 20)),
    Phase("资料评价", date(2021, 8, 28), date(2021, 9, 30), "已评38／64份"),
    Phase("会审", date(2021, 9, 21), date(2021, 10, 12)),
    Phase("表彰", date(2021, 12, 10)),
)


def test_a_phase_is_past_now_or_next_and_its_last_day_counts():
    assert [phase.state(TODAY) for phase in PHASES] == ["past", "now", "next", "next"]
    last_day = Phase("申报", date(2021, 9, 1), TODAY)
    assert last_day.state(TODAY) == "now"


def test_bars_lie_on_one_scale_of_whole_months():
    drawn = timeline(PHASES, TODAY, "今天")
    days = (date(2022, 2, 1) - date(2021, 7, 1)).days
    assert number(drawn.bars[0].x) == (Decimal(14) * 100 / days).quantize(Decimal("0.01"))
    assert number(drawn.bars[0].width) == (Decimal(37) * 100 / days).quantize(Decimal("0.01"))
    assert number(drawn.today_x) == (Decimal(79) * 100 / days).quantize(Decimal("0.01"))


def test_the_running_phase_is_filled_up_to_today():
    now = timeline(PHASES, TODAY, "今天").bars[1]
    assert abs(number(now.x) + number(now.done) - number(timeline(PHASES, TODAY, "今天").today_x)) <= Decimal("0.02")
    assert now.caption == "已评38／64份"


def test_an_open_end_is_dashed_and_runs_to_the_edge():
    last = timeline(PHASES, TODAY, "今天").bars[3]
    assert last.dashed
    assert number(last.x) + number(last.width) == 100
    assert last.dates == "12月10日起"


def test_this_year_goes_without_saying_another_does_not():
    assert PHASES[0].dates(TODAY) == "7月15日—8月20日"
    assert PHASES[0].dates(date(2022, 1, 1)) == "2021年7月15日—8月20日"


def test_a_month_beside_today_gives_way_and_january_says_its_year():
    months = timeline(PHASES, TODAY, "今天").months
    assert [month.label for month in months] == ["7月", "8月", "", "10月", "11月", "12月", "2022年"]
    with translation.override("en"):
        assert timeline(PHASES, TODAY, "").months[1].label == "Aug"


def test_today_outside_the_picture_has_no_line():
    assert timeline(PHASES, date(2023, 1, 1), "今天").today_x == ""


def test_a_funnel_is_measured_by_its_widest_step():
    drawn = funnel(
        (Step("报名", 80, before=70), Step("评价", 30, "now", of=60), Step("授奖", 15, "next", words="至多15")),
        "，共%s",
    )
    assert [row.width for row in drawn.rows] == ["99.00%", "74.25%", "18.56%"]
    assert drawn.rows[1].done == "37.12%"
    assert (drawn.rows[0].rest, drawn.rows[1].rest, drawn.rows[2].count) == ("（70）", "，共60", "至多15")


def test_an_empty_funnel_has_no_width():
    assert funnel((Step("报名", 0),), "，共%s").rows[0].width == "0.00%"


def series(*values, **more):
    points = tuple((str(2021 + place), None if value is None else Decimal(value)) for place, value in enumerate(values))
    return Series("合格率", "%", points, **more)


def test_a_series_draws_higher_values_higher():
    drawn = mini(series("96.1", "97.6", "98.7", target=Decimal("98.5"), benchmark=Decimal("99.2")))
    heights = [Decimal(dot.y) for dot in drawn.dots]
    assert heights == sorted(heights, reverse=True)
    assert Decimal(drawn.benchmark_y) < Decimal(drawn.target_y)
    assert (drawn.first, drawn.final, drawn.value) == ("2021", "2023", "98.7")
    assert [dot.last for dot in drawn.dots] == [False, False, True]


def test_a_missing_year_breaks_the_line():
    drawn = mini(series("1", "2", None, "3", "4"))
    assert len(drawn.lines) == 2
    assert len(drawn.dots) == 4


def test_a_single_year_and_equal_years_can_be_drawn():
    assert mini(series("0")).lines == ()
    assert mini(series("5", "5")).dots[0].y == mini(series("5", "5")).dots[1].y


def test_nothing_reported_is_nothing_drawn():
    assert mini(series(None, None)) is None


def item(*values, agreed=None):
    return ItemScores(
        "5.6.3",
        tuple(Score(who, Decimal(value)) for who, value in zip("甲乙丙丁戊", values, strict=False)),
        agreed=agreed,
    )


def test_a_far_score_is_named_on_its_own_side():
    drawn = spread(item(70, 65, 70, 30, 60), far=Decimal(20))
    assert [(dot.who, dot.anchor) for dot in drawn.dots if dot.far] == [("丁", "end")]
    assert (drawn.gap, drawn.middle, drawn.agreed_x) == (40, 65, "")


def test_equal_scores_stand_apart_around_the_middle():
    drawn = spread(item(60, 60, 65, 60), far=None)
    same = [Decimal(dot.y) for dot in drawn.dots if dot.x == drawn.dots[0].x]
    assert same == [Decimal("13.5"), Decimal(21), Decimal("28.5")]


def test_an_agreed_value_takes_the_place_of_the_median_and_names_nobody():
    drawn = spread(item(20, 60, 80, agreed=Decimal(55)), far=Decimal(20))
    assert (drawn.middle_x, drawn.agreed_x) == ("", "54.80%")
    assert not any(dot.far for dot in drawn.dots)


def test_an_item_without_scores_has_no_range():
    drawn = spread(item(), far=Decimal(20))
    assert (drawn.dots, drawn.gap, drawn.low_x) == ((), None, "")


@pytest.mark.parametrize(
    ("numbers", "widths"),
    [
        ((4, 0, 5), ("80.00%", "0.00%", "0.00%", "")),
        ((3, 1, 5), ("60.00%", "20.00%", "0.00%", "")),
        ((6, 0, 5), ("83.33%", "0.00%", "16.67%", "83.33%")),
        ((4, 2, 5), ("66.67%", "33.33%", "0.00%", "83.33%")),
        ((0, 0, 0), ("0.00%", "0.00%", "0.00%", "")),
    ],
)
def test_a_quota_marks_its_limit_only_when_it_is_passed(numbers, widths):
    bar = quota_bar(*numbers)
    assert (bar.used, bar.waiting, bar.beyond, bar.limit_x) == widths


def spokes(*own, cohort=()):
    return [Spoke(f"4.{n}", f"4.{n} 章", Decimal(value), tuple(map(Decimal, cohort))) for n, value in enumerate(own, 1)]


def test_a_radar_begins_at_the_top_and_goes_with_the_clock():
    drawn = radar(spokes(100, 50, 0, 50))
    top, right, middle, left = drawn.dots
    assert top == ("130.0", "26.0")
    assert right == ("178.0", "122.0")
    assert middle == ("130.0", "122.0")
    assert left == ("82.0", "122.0")
    assert [tip.anchor for tip in drawn.tips] == ["middle", "start", "middle", "end"]
    assert drawn.band == drawn.middle == ""


def test_the_cohort_is_a_band_with_its_middle():
    drawn = radar(spokes(70, 70, 70, cohort=(40, 50, 80)))
    assert drawn.band.count("M") == 2
    assert drawn.middle == radar(spokes(50, 50, 50)).own
    assert [spoke.low for spoke in spokes(70, cohort=(40, 80))] == [Decimal(40)]


def test_two_chapters_span_no_radar():
    assert radar(spokes(70, 60)) is None


def test_a_radar_says_its_numbers(page_of):
    page = page_of("{% radar_of spokes as r %}{{ r.said }}", spokes=spokes(70, 60, 50))
    assert page == "4.1 章 70%；4.2 章 60%；4.3 章 50%"
    assert page_of("{% radar_of spokes as r %}{{ r }}", spokes=[]) == "None"


def test_a_step_without_a_date_is_dashed_and_its_frame_is_not_what_runs():
    frame = Phase("评审", date(2021, 9, 1), date(2021, 10, 31), frame=True)
    running = Phase("资料评价", date(2021, 9, 1), TODAY, "已评38／64份", look="now")
    coming = Phase("会审", TODAY, date(2021, 10, 31), "未定日期", look="next", undated=True)
    bars = timeline([frame, running, coming], TODAY, "今天").bars
    assert [(bar.state, bar.strong, bar.dashed) for bar in bars] == [
        ("now", False, False),
        ("now", True, False),
        ("next", False, True),
    ]
    assert bars[2].dates == bars[2].caption == "未定日期"


def test_on_a_phone_more_months_give_way_to_today():
    months = timeline(PHASES, TODAY, "今天").months
    assert [month.minor for month in months] == [False, True, True, True, False, True, False]
