"""Each risk of the first page: that it is told where it is one, and not where it is none."""

import pytest
from django.urls import reverse
from tests import applying, factories
from tests.factories import moment, person
from tests.review_cast import make_application, make_review, take_on
from tests.web.secretariat.overview.cast import hand_in

from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.experts.actions import add_expert
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.review.actions import stages
from zhuoyue.domain.review.models import Invitation, StageRun
from zhuoyue.engine import scoring
from zhuoyue.kernel import clock
from zhuoyue.packs.scoring_models import shipped_scoring_models

LEVEL = "    categories: [organisation]\n    opinion: true\n    seal: true\n"


def page_of(client, cycle):
    return client.get(reverse("secretariat:cycle", kwargs={"slug": cycle.slug})).content.decode()


def risks_in(page):
    return page.split('id="h-risk"')[1]


def due(review, when):
    run = review.run()
    stages.set_due(by=review.by, run=run, expected=run.version, due_at=moment(when))


def told(office, review):
    return risks_in(page_of(office, review.stage.cycle))


def test_who_has_not_begun_at_half_time_is_named(office, review):
    due(review, "2021-09-23T18:00")
    clock.stand_at(moment("2021-09-18T20:00"))
    assert "评不完" not in told(office, review)  # four days
    clock.stand_at(moment("2021-09-19T20:00"))
    words = told(office, review)
    assert "3名评审员照目前进度评不完" in words
    assert f"{review.member.name}还没有动笔" in words
    assert reverse("secretariat:stage_progress", kwargs={"run_id": review.run().pk}) in words


def test_whose_items_come_too_slowly_is_told_with_the_day(office, review):
    due(review, "2021-09-23T18:00")
    review.score(0, nodes=review.nodes[:9])
    review.score(1, nodes=review.nodes[:15])
    hand_in(review, 0)
    clock.stand_at(moment("2021-09-19T20:00"))
    words = told(office, review)
    left, days = len(review.nodes) - 9, 5
    ready = moment("2021-09-19").day + -(-left * days // 9)
    assert f"{review.leader.name}预计9月{ready}日" in words
    assert review.member.name not in words  # ready on the 22nd


def test_a_team_without_anybody_of_the_trade(office, review):
    Organisation.objects.filter(pk=review.applications[0].organisation_id).update(industry="C34")
    assert "同业评审员" not in told(office, review)  # nobody's trade is known
    Expert.objects.filter(pk__in=[one.pk for one in review.experts]).update(industries=["I65"])
    words = told(office, review)
    assert "1份制造业申报的评审组没有同业评审员" in words
    assert "专家中没有可选的人" in words
    known = person("同业专家")
    pool = review.stage.organiser
    other = add_expert(by=review.by, pool=pool, email=known.email, name=known.name, known=True, industries=["C26"])
    take_on(review, other)
    assert "可从1人中选" in told(office, review)
    Expert.objects.filter(pk=review.experts[1].pk).update(industries=["C35", "I65"])
    assert "同业评审员" not in told(office, review)


def test_a_date_on_a_day_off(office, review):
    due(review, "2021-09-20T18:00")
    words = told(office, review)
    assert "资料评价的截止日逢休息日" in words
    assert "9月20日（星期一）放假，下一个工作日是9月22日" in words
    assert ">低<" in words.replace(" ", "")


@pytest.mark.parametrize("day", ["2021-09-18T18:00", "2021-09-17T18:00", "2031-09-20T18:00"])
def test_working_days_even_on_a_weekend_and_unknown_years_are_no_risk(office, review, day):
    due(review, day)
    assert "逢休息日" not in told(office, review)


@pytest.fixture
def three(db):
    clock.stand_at(moment("2021-09-14T09:00"))
    review = make_review(applications=3)
    for application in range(3):
        for place, value in enumerate((70, 50, 50)):
            review.score(place, value, review.nodes[:2], application)
    return review


def test_an_examiner_far_from_the_team_is_told_when_all_is_in(client, three):
    client.force_login(three.by)
    due(three, "2021-09-17T18:00")
    hand_in(three, 8)
    assert "尺度偏离" not in told(client, three)
    hand_in(three, 9)
    words = told(client, three)
    assert "1名评审员尺度偏离" in words
    assert f"{three.leader.name}+13（3份）" in words
    assert reverse("secretariat:calibration", kwargs={"run_id": three.run().pk}) in words
    StageRun.objects.filter(category=three.stage.category, kind="consensus").update(state="decided")
    assert "尺度偏离" not in told(client, three)  # too late to matter


def test_too_few_places_of_a_recommending_body(client, db):
    text = factories.pack_text().replace(LEVEL, f"{LEVEL}    quota: {{per_body_at_most: 1}}\n")
    case = applying.sent(text=text)
    client.force_login(case.stage.secretary)
    assert "推荐名额" not in risks_in(page_of(client, case.stage.cycle))  # one waits, one place
    applications.give_opinion(by=case.officer, application=case.application, outcome="recommend", opinion="同意推荐。")
    words = risks_in(page_of(client, case.stage.cycle))
    assert "的推荐名额将用完" in words
    assert "组织奖：已用1个，共1个" in words


def test_more_wait_than_there_are_places(client, db):
    text = factories.pack_text().replace(LEVEL, f"{LEVEL}    quota: {{per_body_at_most: 0}}\n")
    case = applying.sent(text=text)
    client.force_login(case.stage.secretary)
    words = risks_in(page_of(client, case.stage.cycle))
    assert "的推荐名额不够" in words
    assert "另有1份等待意见" in words


def test_the_most_serious_five_stand_first(office, review):
    due(review, "2021-09-20T18:00")
    Organisation.objects.filter(pk=review.applications[0].organisation_id).update(industry="C34")
    Expert.objects.filter(pk__in=[one.pk for one in review.experts]).update(industries=["I65"])
    Invitation.objects.filter(expert__in=review.experts[1:]).update(state="declined")
    for number in range(3):
        stages.enter(by=review.by, run=review.run(), application=make_application(review.stage, f"新单位{number}"))
    StageRun.objects.filter(category=review.stage.category, kind="consensus").update(due_at=moment("2021-10-02T18:00"))
    clock.stand_at(moment("2021-09-19T20:00"))
    words = told(office, review)
    order = [words.index(title) for title in ("评审员人手不够", "3份申报评审员不足", "照目前进度评不完", "同业评审员")]
    assert order == sorted(order)
    assert words.count("<h3>") == 5
    assert "另有" in words


def test_points_of_different_items_are_not_compared(client, three, monkeypatch):
    """Where each item has points of its own, a difference in points says nothing of the scale."""
    client.force_login(three.by)
    hand_in(three, 9)
    assert "尺度偏离" in told(client, three)
    monkeypatch.setattr(
        "zhuoyue.domain.judging.scales.Scales.model_of",
        lambda _scales, _kind: scoring.model_from_data(shipped_scoring_models()["plain-points"].for_engine()),
    )
    assert "尺度偏离" not in told(client, three)
