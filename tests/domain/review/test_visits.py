"""The site visit: planned by the leader, worked on by the team, ended once every issue has its finding."""

from datetime import date

import pytest
from tests.factories import person
from tests.jury_cast import agree
from tests.review_cast import make_review

from zhuoyue.domain.review.actions import stages, visits
from zhuoyue.domain.review.actions.visits import VisitRefusedError
from zhuoyue.domain.review.enums import IssueState, StageKind, Step
from zhuoyue.domain.review.models import Visit, VisitIssue
from zhuoyue.domain.review.queries.scores import team_book
from zhuoyue.domain.review.rules import SEE_VISIT
from zhuoyue.kernel import access
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.records import subject_of
from zhuoyue.kernel.versions import StaleError

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2021, 10, 12), "ends_on": date(2021, 10, 13)}
PLANNED = "review.visit_planned"


@pytest.fixture
def agreed():
    review = make_review(experts=2)
    review.move_on(StageKind.CONSENSUS)
    agree(review.run(StageKind.CONSENSUS), review.applications[0], 60)
    return review


@pytest.fixture
def visiting(agreed):
    agreed.move_on(StageKind.SITE_VISIT)
    return agreed


def at_visit(review):
    return review.entry(StageKind.SITE_VISIT)


def plan(review, by=None, **facts):
    return visits.plan_visit(by=by or review.leader, entry=at_visit(review), **{**DAYS, **facts})


def end(review, by=None):
    visits.finish_visit(by=by or review.leader, entry=at_visit(review))


def state_of_book(review):
    return team_book(at_visit(review), Step.VISIT).state


def test_the_leader_sets_the_days_and_the_record_says_which(visiting):
    visit = plan(visiting, agenda="  上午听取汇报\n")
    assert Visit.objects.get() == visit
    assert (visit.starts_on, visit.ends_on, visit.agenda) == (*DAYS.values(), "上午听取汇报")
    assert (visit.run, visit.application) == (visiting.run(StageKind.SITE_VISIT), visiting.applications[0])
    event = AuditEvent.objects.get(verb=PLANNED)
    assert (event.actor, event.subject) == (subject_of(visiting.leader), subject_of(visiting.applications[0]))
    assert event.scope == subject_of(visiting.stage.cycle)
    assert event.data == {"starts_on": "2021-10-12", "ends_on": "2021-10-13"}


def test_a_visit_takes_no_more_days_than_the_rules_give(visiting):
    with pytest.raises(VisitRefusedError, match="至多2天"):
        plan(visiting, ends_on=date(2021, 10, 14))
    assert not Visit.objects.exists()
    assert plan(visiting).ends_on == DAYS["ends_on"], "two days are what the rules give"


def test_a_visit_may_end_on_its_first_day_and_not_before(visiting):
    with pytest.raises(VisitRefusedError, match="结束日期早于开始日期"):
        plan(visiting, ends_on=date(2021, 10, 11))
    assert not Visit.objects.exists()
    assert not AuditEvent.objects.filter(verb=PLANNED).exists()
    assert plan(visiting, ends_on=DAYS["starts_on"]).ends_on == DAYS["starts_on"]


def test_a_plan_changes_for_whoever_saw_the_last_one(visiting):
    shown = plan(visiting).version
    plan(visiting, agenda="改为下午", expected=shown)
    with pytest.raises(StaleError) as stale:
        plan(visiting, agenda="取消", expected=shown)
    assert stale.value.differences == {"agenda": ("改为下午", "取消")}
    with pytest.raises(StaleError):
        plan(visiting, starts_on=date(2021, 10, 13))
    kept = Visit.objects.get()
    assert (kept.starts_on, kept.agenda, kept.version) == (DAYS["starts_on"], "改为下午", shown + 1)
    assert AuditEvent.objects.filter(verb=PLANNED).count() == 2


def test_members_and_strangers_do_not_plan(visiting):
    with pytest.raises(RefusedError, match="由组长安排"):
        plan(visiting, by=visiting.member)
    for other in (person(), visiting.by):
        with pytest.raises(RefusedError) as refused:
            plan(visiting, by=other)
        assert refused.value.hidden
    assert not Visit.objects.exists()


def test_nothing_is_planned_after_the_stage_has_ended(visiting):
    run, application = visiting.run(StageKind.SITE_VISIT), visiting.applications[0]
    stages.set_outcomes(by=visiting.by, run=run, through={application.pk: "达到要求"}, stopped={})
    stages.decide_stage(by=visiting.by, run=run)
    with pytest.raises(RefusedError, match="已经结束"):
        plan(visiting)


def test_the_team_sees_the_visit_once_its_stage_has_begun(agreed):
    assert "还没有开始" in str(access.refusal(SEE_VISIT, agreed.member, agreed.entry()).reason)
    before = agreed.run(StageKind.CONSENSUS)
    stages.set_outcomes(by=agreed.by, run=before, through={agreed.applications[0].pk: "达到要求"}, stopped={})
    stages.decide_stage(by=agreed.by, run=before)
    assert "还没有开始" in str(access.refusal(SEE_VISIT, agreed.member, at_visit(agreed)).reason)
    stages.open_stage(by=agreed.by, run=agreed.run(StageKind.SITE_VISIT))
    assert access.allowed(SEE_VISIT, agreed.member, at_visit(agreed))
    assert access.refusal(SEE_VISIT, person(), at_visit(agreed)).hidden


def test_a_visit_ends_once_every_issue_has_its_finding(visiting):
    for question in ("核实展开范围", "看看现场"):
        visits.add_issue(by=visiting.member, entry=at_visit(visiting), question=question)
    first, second = VisitIssue.objects.all()
    with pytest.raises(VisitRefusedError, match="还有2个问题"):
        end(visiting)
    visits.keep_finding(by=visiting.member, issue=first, finding="三个厂区均已展开。", expected=1)
    with pytest.raises(VisitRefusedError, match="还有1个问题"):
        end(visiting)
    assert state_of_book(visiting) == "open"
    visits.keep_finding(by=visiting.member, issue=second, finding="属实。", expected=1)
    end(visiting)
    assert state_of_book(visiting) == "submitted"


def test_a_finding_taken_back_holds_the_visit_open_again(visiting):
    issue = visits.add_issue(by=visiting.member, entry=at_visit(visiting), question="核实展开范围")
    visits.keep_finding(by=visiting.member, issue=issue, finding="属实。", expected=1)
    visits.keep_finding(by=visiting.member, issue=issue, finding=" ", expected=2)
    assert VisitIssue.objects.get().state == IssueState.OPEN
    with pytest.raises(VisitRefusedError, match="还有1个问题"):
        end(visiting)


def test_only_the_leader_ends_the_visit_and_strangers_do_not_learn_what_waits(visiting):
    visits.add_issue(by=visiting.member, entry=at_visit(visiting), question="核实展开范围")
    with pytest.raises(RefusedError, match="由组长提交"):
        end(visiting, by=visiting.member)
    with pytest.raises(RefusedError) as refused:
        end(visiting, by=person())
    assert refused.value.hidden
    assert state_of_book(visiting) == "open"
