"""Opinions inside a quota, ranks given once, returns inside the rules."""

import pytest
from tests import applying, factories

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import ApplicationState
from zhuoyue.domain.applications.errors import QuotaFullError, RankTakenError, ReturnRuleError
from zhuoyue.domain.applications.queries import (
    latest_return,
    quota_state,
    recommendation_level,
    recommendations_of,
    recommendations_of_body,
    standing_of_body,
)
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.flow import MoveError

pytestmark = pytest.mark.django_db
LEVEL = "    categories: [organisation]\n    opinion: true\n    seal: true\n"


def with_quota(quota: str) -> str:
    text = factories.pack_text()
    assert LEVEL in text
    return text.replace(LEVEL, f"{LEVEL}    ranked: true\n    quota: {quota}\n")


def give(case, outcome="recommend", opinion="同意推荐。", rank=None, by=None):
    return actions.give_opinion(
        by=by or case.officer, application=case.application, outcome=outcome, opinion=opinion, rank=rank
    )


def test_an_opinion_moves_the_application_and_is_kept():
    case = applying.sent()
    given = give(case)
    assert case.application.state == ApplicationState.RECOMMENDED
    assert recommendations_of(case.application) == [given]
    with pytest.raises(MoveError):
        give(case)


def test_declining_needs_words_and_no_place():
    case = applying.sent(text=with_quota("{per_body_at_most: 0}"))
    with pytest.raises(MoveError):
        give(case, "decline", " ")
    given = give(case, "decline", "材料不齐。", rank=3)
    assert given.rank is None
    assert case.application.state == ApplicationState.DECLINED


def test_only_the_named_body_and_only_what_was_sent():
    case = applying.complete()
    for outcome in ("recommend", "decline"):
        with pytest.raises(access.RefusedError, match="还没有提交"):
            give(case, outcome)
        with pytest.raises(access.RefusedError) as caught:
            give(case, outcome, by=case.person)
        assert caught.value.hidden
    assert not access.allowed("applications.recommender_sees", case.officer, case.application)
    assert not access.allowed("applications.recommender_sees", case.officer, None)


def test_a_full_quota_is_refused_by_its_name_and_a_place_comes_back():
    first = applying.sent(text=with_quota("{per_body_at_most: 1}"))
    second = applying.sent(stage=first.stage, body=first.body)
    give(first, rank=1)
    with pytest.raises(QuotaFullError, match="“行业或集团推荐”给本单位的组织奖名额是1个，已推荐1个"):
        give(second, rank=2, by=first.officer)
    assert quota_state(first.body, first.stage.category).left == 0
    actions.take_back_opinion(by=first.officer, application=first.application)
    assert recommendations_of(first.application)[0].taken_back_at is not None
    give(second, rank=2, by=first.officer)
    assert second.application.state == ApplicationState.RECOMMENDED


def test_the_total_of_all_bodies_counts_too():
    first = applying.sent(text=with_quota("{total: 1}"))
    second = applying.sent(stage=first.stage)
    give(first, rank=1)
    with pytest.raises(QuotaFullError, match="合计1个"):
        give(second, rank=1)


def test_a_category_and_an_allocation_go_before_the_general_number():
    quota = "{per_body_at_most: 5, per_category: [{category: organisation, per_body_at_most: 2}]}"
    case = applying.sent(text=with_quota(quota))
    assert quota_state(case.body, case.stage.category).at_most == 2
    general = applying.signed_up(
        text=None,
        stage=factories.opened_cycle(
            text=with_quota("{per_body_at_most: 5}").replace("key: saq-award-2021", "key: saq-award-2021-b")
        ),
    )
    assert quota_state(case.body, general.stage.category).left == 5


def test_without_a_limit_nothing_is_full():
    case = applying.sent()
    state = quota_state(case.body, case.stage.category)
    assert (state.left, state.is_full) == (None, False)


def test_a_rank_is_given_once():
    first = applying.sent(text=with_quota("{per_body_at_most: 5}"))
    second = applying.sent(stage=first.stage, body=first.body)
    give(first, rank=1)
    with pytest.raises(RankTakenError, match="第1位"):
        give(second, rank=1, by=first.officer)
    give(second, rank=2, by=first.officer)
    assert [entry.rank for entry in recommendations_of_body(first.body, [first.stage.cycle.pk])] == [1, 2]


def test_a_returned_application_keeps_its_place():
    case = applying.sent(text=with_quota("{per_body_at_most: 1}"))
    give(case, rank=1)
    until = factories.moment("2021-08-16T17:00")
    actions.send_back(by=case.officer, application=case.application, items=[{"part": "", "text": "补章"}], until=until)
    actions.submit(by=case.person, application=case.application)
    again = give(case, rank=1)
    standing = [entry for entry in recommendations_of(case.application) if entry.taken_back_at is None]
    assert standing == [again]


@pytest.mark.parametrize(
    ("items", "until", "code"),
    [
        ([], "2021-08-16T17:00", "no_items"),
        ([{"part": "", "text": " "}], "2021-08-16T17:00", "no_items"),
        ([{"part": "", "text": "补章"}], "2021-08-13T08:00", "past"),
        ([{"part": "", "text": "补章"}], "2021-08-20T24:01", "too_late"),
    ],
)
def test_a_return_keeps_to_the_rules(items, until, code):
    case = applying.sent()
    moment = factories.moment("2021-08-21T00:01" if until.endswith("24:01") else until)
    with pytest.raises(ReturnRuleError) as caught:
        actions.send_back(by=case.officer, application=case.application, items=items, until=moment)
    assert caught.value.code == code
    assert str(caught.value)
    assert case.application.state == ApplicationState.SUBMITTED


def test_the_last_day_of_a_return_is_counted_in_working_days():
    case = applying.sent()
    assert latest_return(case.application, clock.now()) == factories.moment("2021-08-21T00:00")


def test_no_more_returns_than_the_rules_allow():
    case = applying.sent()
    for _time in range(2):
        actions.send_back(
            by=case.officer,
            application=case.application,
            items=[{"part": "", "text": "补章"}],
            until=factories.moment("2021-08-14T17:00"),
        )
        actions.submit(by=case.person, application=case.application)
    with pytest.raises(ReturnRuleError, match="最多退回补正2次"):
        actions.send_back(
            by=case.officer,
            application=case.application,
            items=[{"part": "", "text": "补章"}],
            until=factories.moment("2021-08-14T17:00"),
        )


def test_a_stranger_returns_nothing():
    case = applying.sent()
    with pytest.raises(access.RefusedError) as caught:
        actions.send_back(by=factories.person(), application=case.application, items=[], until=clock.now())
    assert caught.value.hidden
    with pytest.raises(access.RefusedError):
        actions.take_back_opinion(by=factories.person(), application=case.application)


def test_rules_without_a_word_on_returns_leave_the_date_free():
    text = factories.pack_text().replace("        returns: {times_at_most: 2, days: 5, unit: working_days}\n", "")
    case = applying.sent(text=text)
    assert latest_return(case.application, clock.now()) is None
    returned = actions.send_back(
        by=case.officer,
        application=case.application,
        items=[{"part": "", "text": "补章"}],
        until=factories.moment("2021-12-31T17:00"),
    )
    assert returned.until == factories.moment("2021-12-31T17:00")


def test_calendar_days_are_counted_as_days():
    text = factories.pack_text().replace("days: 5, unit: working_days}", "days: 5, unit: days}", 1)
    case = applying.sent(text=text)
    assert latest_return(case.application, clock.now()) == factories.moment("2021-08-19T00:00")


def test_the_standing_of_a_body_counts_each_step():
    case = applying.sent()
    applying.writing(stage=case.stage, body=case.body)
    applying.signed_up(stage=case.stage, body=case.body)
    give(case)
    (row,) = standing_of_body(case.body, [case.stage.cycle.pk])
    assert (row.registered, row.started, row.sent, row.recommended, row.waiting) == (3, 2, 1, 1, 0)
    assert recommendation_level(case.stage.category).key == "industry-or-group"
