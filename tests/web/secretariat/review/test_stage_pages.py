"""Stages in the office: opened, dated, decided by people on the proposal of a rule."""

from decimal import Decimal

import pytest
from django.urls import reverse

from zhuoyue.domain.judging.judgements import Judgement
from zhuoyue.domain.review.actions import stages
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import Entry
from zhuoyue.domain.review.queries.stages import entry_by_id


def _at(run, name="stage"):
    return reverse(f"secretariat:{name}", kwargs={"run_id": run.pk})


def _entry(review, kind=StageKind.DOCUMENT_REVIEW):
    return reverse("secretariat:stage_entry", kwargs={"entry_id": review.entry(kind).pk})


@pytest.fixture
def judged(review):
    """All three examiners have handed in: 40, 50 and 60 percent everywhere."""
    from zhuoyue.domain.review.actions import scoring  # noqa: PLC0415 - the cast plays by actions

    for place, value in enumerate((40, 50, 60)):
        review.score(place, value)
        scoring.submit_book(by=review.experts[place].person, book=review.book(place))
    return review


def test_every_stage_stands_on_the_review_page(office, review):
    url = reverse("secretariat:review", kwargs={"slug": review.stage.cycle.slug})
    page = office.get(url).content.decode()
    for title in ("条件审查", "资料评价", "专家会审", "现场评审", "审定委员会审定"):
        assert title in page
    assert "已交0，共3" in page


def test_the_total_is_the_mean_of_those_handed_in(office, judged):
    page = office.get(_at(judged.run())).content.decode()
    assert "3人已交，取平均" in page
    assert "50.00" in page


def test_the_total_explains_itself(office, judged):
    page = office.get(_entry(judged)).content.decode()
    assert "总分怎么来的" in page
    for part in ("1 × 400", "1 × 500", "1 × 600", ") ÷ 3"):
        assert part in page
    assert all(expert.person.name in page for expert in judged.experts)


def test_a_person_decides_and_says_why(office, judged):
    url, entry = _entry(judged), judged.entry()
    assert office.post(url, {"outcome": "through", "reason": "", "version": entry.version}).status_code == 422
    assert office.post(url, {"outcome": "", "reason": "x", "version": entry.version}).status_code == 422
    assert office.post(url, {"outcome": "through", "reason": "材料扎实", "version": entry.version}).status_code == 302
    entry = judged.entry()
    assert (entry.outcome, entry.reason, entry.total) == ("through", "材料扎实", Decimal("50.0000"))


def test_two_people_deciding_at_once_see_each_other(office, judged):
    url, entry = _entry(judged), judged.entry()
    office.post(url, {"outcome": "through", "reason": "材料扎实", "version": entry.version})
    answer = office.post(url, {"outcome": "stopped", "reason": "另有考虑", "version": entry.version})
    assert answer.status_code == 409
    assert "另一人刚改过" in answer.content.decode()
    assert "另有考虑" in answer.content.decode()
    assert judged.entry().outcome == "through"


def test_a_stage_does_not_end_with_somebody_pending(office, judged):
    answer = office.post(_at(judged.run(), "decide_stage"))
    assert answer.status_code == 409
    assert "还有1份没有确定去留" in answer.content.decode()
    assert judged.run().state == "open"


@pytest.mark.parametrize("name", ["stage", "decide_stage"])
def test_why_a_stage_cannot_end_stands_beside_a_dead_button(office, judged, name):
    page = office.get(_at(judged.run(), name)).content.decode()
    assert 'disabled aria-describedby="why-not">结束本阶段</button>' in page
    undecided = f"{_at(judged.run())}?outcome=pending"
    assert f'id="why-not">还有1份没有确定去留，全部确定后才能结束本阶段。 <a href="{undecided}">' in page
    assert f'href="{_at(judged.run(), "decide_stage")}"' not in page
    office.post(_entry(judged), {"outcome": "stopped", "reason": "未达要求", "version": judged.entry().version})
    page = office.get(_at(judged.run(), name)).content.decode()
    assert "disabled" not in page
    assert "why-not" not in page
    assert "结束本阶段" in page


def test_those_undecided_stand_alone_behind_the_link(office, judged):
    url, name = f"{_at(judged.run())}?outcome=pending", judged.applications[0].organisation.name
    assert name in office.get(url).content.decode()
    office.post(_entry(judged), {"outcome": "through", "reason": "达到要求", "version": judged.entry().version})
    page = office.get(url).content.decode()
    assert name not in page
    assert "每份申报都已确定去留" in page
    assert name in office.get(_at(judged.run())).content.decode()


def test_whoever_only_watches_is_told_of_no_button(client, judged, auditor):
    client.force_login(auditor)
    assert "why-not" not in client.get(_at(judged.run())).content.decode()


def test_ended_it_hands_on_and_can_be_reopened_with_a_reason(office, judged):
    entry = judged.entry()
    office.post(_entry(judged), {"outcome": "through", "reason": "材料扎实", "version": entry.version})
    office.post(_at(judged.run(), "decide_stage"))
    assert judged.run().state == "decided"
    assert Entry.objects.filter(run=judged.run(StageKind.CONSENSUS)).count() == 1
    assert office.post(_at(judged.run(), "reopen_stage"), {"reason": ""}).status_code == 422
    office.post(_at(judged.run(), "reopen_stage"), {"reason": "漏了一份"})
    assert judged.run().state == "open"


def test_a_stage_is_opened_once(office, review):
    run = review.run(StageKind.CONSENSUS)
    assert "启动本阶段" in office.get(_at(run)).content.decode()
    office.post(_at(run, "open_stage"))
    assert review.run(StageKind.CONSENSUS).state == "open"
    answer = office.post(_at(run, "open_stage"), follow=True)
    assert "现在的状态不能" in answer.content.decode()


def test_the_due_date_of_an_older_form_shows_both(office, review):
    url = _at(review.run(), "stage_due")
    version = review.run().version
    assert office.post(url, {"due_at": "2021-09-20T18:00", "version": version}).status_code == 302
    answer = office.post(url, {"due_at": "2021-09-22T18:00", "version": version})
    assert answer.status_code == 409
    assert "2021-09-20T18:00" in answer.content.decode()
    assert office.post(url, {"due_at": "gestern", "version": version + 1}).status_code == 422
    assert review.run().due_at.isoformat() == "2021-09-20T10:00:00+00:00"


@pytest.fixture
def agreed(judged):
    """The team has agreed on 50 percent everywhere; the consensus stage is open."""
    from zhuoyue.domain.review.actions import scoring  # noqa: PLC0415 - the cast plays by actions
    from zhuoyue.domain.review.enums import Step  # noqa: PLC0415 - the cast plays by actions

    judged.move_on(StageKind.CONSENSUS)
    run = judged.run(StageKind.CONSENSUS)
    book = scoring.shared_book_for(run, judged.applications[0], Step.CONSENSUS)
    for node in judged.nodes:
        said = Judgement(value=Decimal(50), strengths=["有指标"], gaps=["未推广"], reason="取中位数", done=True)
        scoring.agree_item(by=judged.leader, book=_loaded(book), node=node, judgement=said, expected=0)
    scoring.submit_book(by=judged.leader, book=_loaded(book))
    return judged


def _loaded(book):
    from zhuoyue.domain.review.queries.scores import scorebook_by_id  # noqa: PLC0415 - a fresh one each time

    return scorebook_by_id(book.pk)


def test_the_rule_proposes_with_its_reasons_and_chooses_nothing(office, agreed):
    page = office.get(_at(agreed.run(StageKind.CONSENSUS))).content.decode()
    assert "低于45者不进入，其余取前15名" in page
    assert "建议进入" in page
    assert "50，达到界线45" in page
    assert agreed.entry(StageKind.CONSENSUS).outcome == "pending"


def test_a_person_takes_the_proposal_over(office, agreed):
    url = _at(agreed.run(StageKind.CONSENSUS), "adopt_proposal")
    assert "1份" in office.get(url).content.decode()
    assert agreed.entry(StageKind.CONSENSUS).outcome == "pending"
    assert office.post(url).status_code == 302
    entry = agreed.entry(StageKind.CONSENSUS)
    assert entry.outcome == "through"
    assert entry.reason.startswith("按规则：50，达到界线45")
    assert entry.total == Decimal("50.0000")


def test_progress_names_everybody(office, review):
    review.score(0, nodes=review.nodes[:2])
    page = office.get(_at(review.run(), "stage_progress")).content.decode()
    for expert in review.experts:
        assert expert.person.name in page
    assert "已评2，共" in page


def test_calibration_says_why_it_cannot(office, judged):
    page = office.get(_at(judged.run(), "calibration")).content.decode()
    assert "现有评分还不能校准" in page
    assert "已有成绩的申报只有1份，至少要5份" in page


def test_the_auditor_watches_a_stage(client, judged, auditor):
    client.force_login(auditor)
    run = judged.run()
    assert client.get(_at(run)).status_code == 200
    assert client.get(_entry(judged)).status_code == 200
    for name in ("open_stage", "stage_due", "adopt_proposal", "decide_stage", "reopen_stage"):
        assert client.post(_at(run, name)).status_code == 404
    entry = judged.entry()
    assert client.post(_entry(judged), {"outcome": "through", "reason": "x", "version": "1"}).status_code == 404
    assert entry_by_id(entry.pk).outcome == "pending"


@pytest.mark.parametrize("name", ["stage", "stage_progress", "calibration", "decide_stage", "adopt_proposal"])
def test_stage_pages_stay_within_twelve_statements(office, judged, name, django_assert_max_num_queries):
    office.get(_at(judged.run()))
    with django_assert_max_num_queries(12):
        assert office.get(_at(judged.run(), name)).status_code == 200


def test_the_check_and_the_jury_are_not_decided_here(office, review):
    run = review.run(StageKind.CONDITION_CHECK)
    stages.open_stage(by=review.by, run=run)
    stages.enter(by=review.by, run=review.run(StageKind.CONDITION_CHECK), application=review.applications[0])
    url = _entry(review, StageKind.CONDITION_CHECK)
    assert "不在这里决定" in office.get(url).content.decode()
    answer = office.post(url, {"outcome": "through", "reason": "x", "version": "1"})
    assert answer.status_code == 409
    assert review.entry(StageKind.CONDITION_CHECK).outcome == "pending"
