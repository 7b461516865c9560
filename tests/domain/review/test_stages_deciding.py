"""Opening, dating and deciding stages."""

from decimal import Decimal

import pytest
from tests.factories import moment, person
from tests.review_cast import make_application, make_review

from zhuoyue.domain.review.actions import stages
from zhuoyue.domain.review.enums import Outcome, StageKind
from zhuoyue.domain.review.models import StageRun
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.versions import StaleError


@pytest.fixture
def review(db):
    return make_review(experts=1)


def test_stages_are_made_once_by_the_rules(review):
    count = StageRun.objects.count()
    stages.make_stages(by=None, cycle=review.stage.cycle)
    assert StageRun.objects.count() == count
    kinds = [run.kind for run in review.stage.category.stages.order_by("position")]
    assert kinds == ["condition_check", "document_review", "consensus", "site_visit", "jury"]


def test_the_due_date_is_recorded_and_an_older_edit_refused(review):
    run = review.run()
    stages.set_due(by=review.by, run=run, expected=run.version, due_at=moment("2021-09-20"))
    assert AuditEvent.objects.filter(verb="review.due_set").count() == 1
    with pytest.raises(StaleError):
        stages.set_due(by=review.by, run=review.run(), expected=1, due_at=moment("2021-09-21"))
    with pytest.raises(RefusedError):
        stages.set_due(by=person(), run=review.run(), expected=2, due_at=None)


def test_entering_twice_is_once(review):
    first = stages.enter(by=review.by, run=review.run(), application=review.applications[0])
    assert stages.enter(by=review.by, run=review.run(), application=review.applications[0]).pk == first.pk
    assert AuditEvent.objects.filter(verb="review.entered").count() == 1


def test_a_decision_needs_its_reason_and_keeps_its_total(review):
    entry = review.entry()
    with pytest.raises(MoveError, match="请写明理由"):
        stages.set_outcome(by=review.by, entry=entry, outcome=Outcome.THROUGH, reason=" ")
    stages.set_outcome(by=review.by, entry=entry, outcome=Outcome.THROUGH, reason="扎实", total=Decimal("61.23456"))
    entry = review.entry()
    assert (entry.outcome, entry.total) == (Outcome.THROUGH, Decimal("61.2346"))
    stages.set_outcome(by=review.by, entry=entry, outcome=Outcome.PENDING, reason="")
    assert review.entry().outcome == Outcome.PENDING
    recorded = AuditEvent.objects.filter(verb="review.outcome_set").order_by("sequence").first()
    assert recorded.data["total"] == "61.23456"


def test_an_older_decision_does_not_overwrite(review):
    entry = review.entry()
    stages.set_outcome(by=review.by, entry=review.entry(), outcome=Outcome.THROUGH, reason="扎实")
    with pytest.raises(StaleError):
        stages.set_outcome(by=review.by, entry=entry, outcome=Outcome.STOPPED, reason="另议", expected=entry.version)


def test_nobody_decides_in_a_stage_that_is_not_open(review):
    stages.enter(by=review.by, run=review.run(StageKind.CONSENSUS), application=review.applications[0])
    entry = review.entry(StageKind.CONSENSUS)
    with pytest.raises(RefusedError):
        stages.set_outcome(by=review.by, entry=entry, outcome=Outcome.THROUGH, reason="扎实")


def test_a_stage_ends_when_everybody_is_decided(review):
    other = make_application(review.stage)
    stages.enter(by=review.by, run=review.run(), application=other)
    with pytest.raises(stages.UndecidedError) as error:
        stages.decide_stage(by=review.by, run=review.run())
    assert error.value.count == 2
    through, stopped = {review.applications[0].pk: "达到"}, {other.pk: "未达到"}
    totals = {review.applications[0].pk: Decimal(60)}
    stages.set_outcomes(by=review.by, run=review.run(), through=through, stopped=stopped, totals=totals)
    stages.decide_stage(by=review.by, run=review.run())
    assert [entry.application_id for entry in review.run(StageKind.CONSENSUS).entries.all()] == [
        review.applications[0].pk
    ]
    other.refresh_from_db()
    assert other.state == "concluded"


def test_after_the_last_stage_the_review_is_concluded(review):
    run = review.run(StageKind.JURY)
    stages.open_stage(by=review.by, run=run)
    for application in review.applications:
        stages.enter(by=review.by, run=review.run(StageKind.JURY), application=application)
    reasons = {application.pk: "同意" for application in review.applications}
    stages.set_outcomes(by=review.by, run=review.run(StageKind.JURY), through=reasons, stopped={})
    stages.decide_stage(by=review.by, run=review.run(StageKind.JURY))
    review.applications[0].refresh_from_db()
    assert review.applications[0].state == "concluded"
    stages.reopen_stage(by=review.by, run=review.run(StageKind.JURY), reason="漏记")
    stages.decide_stage(by=review.by, run=review.run(StageKind.JURY))  # concluded already: stays so
    assert review.run(StageKind.JURY).state == "decided"


def test_reopening_asks_for_a_reason(review):
    stages.set_outcomes(by=review.by, run=review.run(), through={review.applications[0].pk: "好"}, stopped={})
    stages.decide_stage(by=review.by, run=review.run())
    with pytest.raises(MoveError):
        stages.reopen_stage(by=review.by, run=review.run(), reason="")
