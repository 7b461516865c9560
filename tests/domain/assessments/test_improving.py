"""The plan of improvement: what, for which item, by whom, until when, how far."""

from datetime import date

import pytest
from tests import assessing

from zhuoyue.domain.assessments import actions, queries
from zhuoyue.domain.assessments.enums import ImprovementState as State
from zhuoyue.domain.assessments.errors import AssessmentRefusedError
from zhuoyue.domain.assessments.models import Improvement
from zhuoyue.domain.judging.queries.books import scored_nodes
from zhuoyue.kernel import flow
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.versions import StaleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return assessing.gather()


@pytest.fixture
def made(case):
    return assessing.finished(case)


def plan(made, **facts):
    return actions.Plan(node=scored_nodes(made.edition)[1], **{"text": "课题评审会", **facts})


def stored(improvement):
    return queries.improvement_by_id(improvement.pk)


def test_it_is_planned_by_the_organisation_alone_once_the_result_is_there(case, made):
    step = assessing.planned(case, made, aim=" 通过率90% ", responsible="裴知远", due=date(2026, 10, 1))
    assert (step.aim, step.state, step.progress) == ("通过率90%", State.OPEN, 0)
    for by in (case.stranger, case.secretary):
        with pytest.raises(RefusedError) as refused:
            actions.add_improvement(by=by, assessment=made, plan=plan(made))
        assert refused.value.hidden
    opened = assessing.begin(case, 2027)
    with pytest.raises(RefusedError, match="完成自评以后"):
        actions.add_improvement(by=case.person, assessment=opened, plan=plan(opened))


def test_what_cannot_be_planned_is_said(case, made):
    foreign = scored_nodes(case.second)[0]
    with pytest.raises(AssessmentRefusedError, match="条目"):
        actions.add_improvement(by=case.person, assessment=made, plan=actions.Plan(foreign, "改"))
    with pytest.raises(AssessmentRefusedError, match="改进什么"):
        actions.add_improvement(by=case.person, assessment=made, plan=plan(made, text=" "))
    for progress in (-1, 101):
        with pytest.raises(AssessmentRefusedError, match="0到100"):
            actions.add_improvement(by=case.person, assessment=made, plan=plan(made, progress=progress))
    assert not Improvement.objects.exists()


def test_the_state_follows_the_progress(case, made):
    step = assessing.planned(case, made)
    for version, (progress, state) in enumerate(
        ((60, State.OPEN), (100, State.DONE), (100, State.DONE), (80, State.OPEN)), start=1
    ):
        changed = plan(made, progress=progress, aim=f"第{version}次")
        actions.edit_improvement(by=case.colleague, improvement=stored(step), plan=changed, expected=version)
        assert (stored(step).progress, stored(step).state) == (progress, state)
    assert assessing.planned(case, made, progress=100).state == State.DONE
    assert flow.state_faults(Improvement.objects.all()) == []


def test_a_stale_change_is_told(case, made):
    step = assessing.planned(case, made)
    actions.edit_improvement(by=case.person, improvement=stored(step), plan=plan(made, aim="甲"), expected=1)
    with pytest.raises(StaleError):
        actions.edit_improvement(by=case.colleague, improvement=stored(step), plan=plan(made, aim="乙"), expected=1)
    assert stored(step).aim == "甲"


def test_dropping_needs_a_reason_and_can_be_taken_back(case, made):
    step = assessing.planned(case, made)
    with pytest.raises(MoveError, match="理由"):
        actions.drop(by=case.person, improvement=step, reason="")
    actions.drop(by=case.person, improvement=stored(step), reason="并入别的课题")
    assert stored(step).state == State.DROPPED
    actions.resume(by=case.person, improvement=stored(step))
    assert stored(step).state == State.OPEN
    with pytest.raises(RefusedError):
        actions.drop(by=case.stranger, improvement=stored(step), reason="别人的")


def test_what_is_due_first_comes_first_and_late_is_what_is_not_done(case, made):
    days = (None, date(2026, 9, 30), date(2026, 8, 31))
    steps = [assessing.planned(case, made, due=due) for due in days]
    assert queries.improvements_of(made) == [steps[2], steps[1], steps[0]]
    today = date(2026, 9, 30)
    assert [queries.is_late(step, today) for step in steps] == [False, False, True]
    actions.drop(by=case.person, improvement=steps[2], reason="不做")
    assert not queries.is_late(stored(steps[2]), today)
