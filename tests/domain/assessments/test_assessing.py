"""An organisation judges itself: whoever speaks for it, by any confirmed edition, finished, taken up again."""

from datetime import date
from decimal import Decimal

import pytest
from tests import assessing

from zhuoyue.domain.assessments import actions, queries
from zhuoyue.domain.assessments.desk import assessment_written, desk_of
from zhuoyue.domain.assessments.enums import AssessmentState as State
from zhuoyue.domain.assessments.errors import AssessmentRefusedError
from zhuoyue.domain.assessments.models import Assessment, SelfBook
from zhuoyue.domain.assessments.rules import BEGIN, OWN, PLAN, REOPEN, RESTORE, SEE_RESULT, WITHDRAW
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError, UnfinishedError
from zhuoyue.domain.judging.models import ScoreEntry
from zhuoyue.domain.judging.queries.books import scored_nodes
from zhuoyue.kernel import access, flow
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.versions import StaleError

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return assessing.gather()


def again(assessment):
    return queries.assessment_by_id(assessment.pk)


def test_it_begins_with_a_desk_and_a_common_scorebook_and_freezes_the_edition(case):
    made = assessing.begin(case, title=" 集团自评 ")
    assert (made.state, made.year, made.title) == (State.OPEN, 2026, "集团自评")
    assert made.dossier.owner == "assessment"
    book = queries.common_book(made)
    assert (book.edition, book.scales, book.assessor) == (case.edition, ("process-results",) * 2, None)
    assert Edition.objects.get(pk=case.edition.pk).state == "frozen"
    assert assessment_written(made.dossier) == made
    loose = Dossier.objects.create(form=made.dossier.form, owner="assessment")
    assert assessment_written(loose) is None


def test_a_second_start_opens_the_one_that_is_open(case):
    first = assessing.begin(case)
    assert actions.start(by=case.colleague, organisation=case.organisation, edition=case.edition, year=2026) == first
    assert assessing.begin(case, edition=case.second) != first
    assert assessing.begin(case, 2025) != first
    assert Assessment.objects.count() == 3


def test_only_its_own_people_begin(case):
    for by in (case.stranger, case.secretary):
        with pytest.raises(RefusedError) as refused:
            actions.start(by=by, organisation=case.organisation, edition=case.edition, year=2026)
        assert refused.value.hidden
    assert access.allowed(BEGIN, case.stranger)
    assert not access.allowed(BEGIN, case.secretary)


def test_a_draft_or_an_edition_without_items_cannot_be_judged_by(case):
    Edition.objects.filter(pk=case.edition.pk).update(state="draft")
    Node.objects.filter(edition=case.second).delete()
    for edition in (case.edition, case.second):
        with pytest.raises(AssessmentRefusedError, match="核对确认"):
            assessing.begin(case, edition=edition)
    assert list(queries.editions_to_assess()) == []


def test_items_are_kept_with_their_ledger_and_a_stale_save_is_told(case):
    made = assessing.begin(case)
    assessing.judge(case, made, 50)
    book, node = queries.common_book(made), scored_nodes(made.edition)[0]
    with pytest.raises(StaleError):
        actions.save_item(by=case.colleague, book=book, node=node, judgement=Judgement(Decimal(70)), expected=0)
    actions.save_item(by=case.colleague, book=book, node=node, judgement=Judgement(Decimal(70)), expected=1)
    assert [entry.value for entry in ScoreEntry.objects.filter(scorebook=book.pk).order_by("pk")] == [50, 70]
    with pytest.raises(ScoreRefusedError):
        actions.save_item(by=case.person, book=book, node=node, judgement=Judgement(Decimal(71)), expected=2)
    for by in (case.stranger, case.secretary):
        with pytest.raises(RefusedError) as refused:
            actions.save_item(by=by, book=book, node=node, judgement=Judgement(Decimal(10)), expected=2)
        assert refused.value.hidden


def test_it_is_finished_when_every_item_has_a_value(case):
    made = assessing.begin(case)
    assessing.judge(case, made, 50, 60)
    with pytest.raises(UnfinishedError) as unfinished:
        actions.finish(by=case.person, assessment=made)
    assert [missing.node.code for missing in unfinished.value.missing] == ["2.1"]
    assert (again(made).state, again(made).dossier.is_open, made.dossier.snapshots.count()) == (State.OPEN, True, 0)
    made = again(made)
    assessing.judge(case, made, 50, 60, 40)
    actions.finish(by=case.person, assessment=made)
    made = again(made)
    assert (made.state, made.rate, made.dossier.is_open) == (State.FINISHED, Decimal("49.00"), False)
    book = queries.common_book(made)
    assert (book.state, book.snapshot, made.snapshot.number) == ("submitted", made.snapshot, 1)
    with pytest.raises(RefusedError, match="重新打开"):
        assessing.judge(case, made, 90)
    with pytest.raises(MoveError):
        actions.finish(by=case.person, assessment=made)


def test_a_save_that_comes_after_the_finish_is_refused_whatever_the_page_believed(case):
    made = assessing.begin(case)
    book = queries.common_book(made)
    assessing.judge(case, made, 50, 60, 40)
    actions.finish(by=case.colleague, assessment=again(made))
    node = scored_nodes(made.edition)[0]
    with pytest.raises(RefusedError):
        actions.save_item(by=case.person, book=book, node=node, judgement=Judgement(Decimal(90)), expected=1)


def test_a_new_one_of_the_year_supersedes_the_former_and_no_other(case):
    former, other = assessing.finished(case), assessing.finished(case, edition=case.second)
    last_year = assessing.finished(case, 2025)
    newer = assessing.finished(case, values=(60, 60, 60))
    states = {one.pk: again(one).state for one in (former, other, last_year, newer)}
    assert states == {
        former.pk: State.SUPERSEDED,
        other.pk: State.FINISHED,
        last_year.pk: State.FINISHED,
        newer.pk: State.FINISHED,
    }


def test_reopening_needs_a_reason_and_keeps_the_frozen_version(case):
    made = assessing.finished(case)
    with pytest.raises(MoveError, match="理由"):
        actions.reopen(by=case.person, assessment=made, reason=" ")
    made = again(made)
    actions.reopen(by=case.person, assessment=made, reason="漏看一项数据")
    made = again(made)
    assert (made.state, made.rate, made.dossier.is_open) == (State.OPEN, None, True)
    assessing.judge(case, made, 70)
    actions.finish(by=case.colleague, assessment=made)
    assert again(made).snapshot.number == 2
    assert again(made).rate == Decimal("55.00")


def test_another_open_one_of_the_year_stands_against_reopening_and_restoring(case):
    made = assessing.finished(case)
    assessing.begin(case)
    with pytest.raises(RefusedError, match="正在进行"):
        actions.reopen(by=case.person, assessment=again(made), reason="再看看")
    actions.withdraw(by=case.person, assessment=again(made))
    with pytest.raises(RefusedError, match="正在进行"):
        actions.restore(by=case.person, assessment=again(made))


@pytest.mark.parametrize("make", [assessing.begin, assessing.finished])
def test_what_was_withdrawn_goes_on(case, make):
    made = make(case)
    actions.withdraw(by=case.person, assessment=made, reason="重复")
    made = again(made)
    assert (made.state, made.dossier.is_open) == (State.WITHDRAWN, False)
    with pytest.raises(MoveError):
        actions.withdraw(by=case.person, assessment=made)
    made = again(made)
    assert "已经撤回" in str(access.refusal(WITHDRAW, case.person, made))
    assert "没有完成" in str(access.refusal(REOPEN, case.person, made))
    actions.restore(by=case.person, assessment=made)
    made = again(made)
    assert (made.state, made.dossier.is_open, queries.common_book(made).state) == (State.OPEN, True, "open")
    assert "没有撤回" in str(access.refusal(RESTORE, case.person, made))


def test_states_are_the_fold_of_their_recorded_moves(case):
    made = assessing.finished(case)
    actions.reopen(by=case.person, assessment=made, reason="再看看")
    actions.withdraw(by=case.person, assessment=again(made))
    assert flow.state_faults(Assessment.objects.all()) == []
    assert flow.state_faults(SelfBook.objects.all()) == []


def test_no_event_of_it_belongs_to_an_office(case):
    made = assessing.finished(case)
    assessing.planned(case, made)
    about = AuditEvent.objects.filter(subject__startswith="assessments.")
    assert about.count() == 4
    assert set(about.values_list("scope", flat=True)) == {""}


def test_writing_ends_with_the_assessment(case):
    made = assessing.begin(case)
    key = "narrative/1.1"
    dossiers.save_answer(by=case.colleague, dossier=made.dossier, section=key, value={"text": "写法"}, expected=0)
    assert desk_of(made, case.person).may_write
    assert desk_of(made, case.person).last_year == 2025
    with pytest.raises(RefusedError):
        dossiers.save_answer(by=case.stranger, dossier=made.dossier, section=key, value={"text": "他人"}, expected=1)
    assessing.judge(case, made, 50, 60, 40)
    actions.finish(by=case.person, assessment=made)
    assert not desk_of(again(made), case.person).may_write
    with pytest.raises(RefusedError):
        dossiers.save_answer(
            by=case.person, dossier=again(made).dossier, section=key, value={"text": "晚了"}, expected=1
        )


def test_series_are_carried_over_where_it_is_asked_for(case):
    former = assessing.begin(case, 2025)
    series = {"name": "准时交付率", "unit": "%", "points": [{"year": 2024, "value": "95"}], "source": "系统"}
    dossiers.add_indicator(by=case.person, dossier=former.dossier, node_code="2.1", **series)
    assessing.judge(case, former, 50, 60, 40)
    actions.finish(by=case.person, assessment=former)
    carried = assessing.begin(case, carry=True)
    assert [(row.name, row.node_code, row.source) for row in carried.dossier.indicators.all()] == [
        ("准时交付率", "2.1", "系统")
    ]
    assert assessing.begin(case, 2024, carry=True).dossier.indicators.count() == 0
    assert assessing.begin(case, 2027).dossier.indicators.count() == 0
    assert assessing.begin(case, edition=case.second, carry=True).dossier.indicators.count() == 0


def test_an_edition_without_results_asks_for_no_series(case):
    Node.objects.filter(edition=case.second, kind="results").delete()
    made = assessing.begin(case, edition=case.second)
    kinds = [part["kind"] for part in made.dossier.form.definition["parts"]]
    assert kinds == ["narrative", "evidence"]


def test_the_result_stands_beside_the_last_one_by_the_same_edition(case):
    assessing.finished(case, 2024, (10, 10, 10))
    assessing.finished(case, 2025, (50, 60, 30))
    assessing.finished(case, 2025, (90, 90, 90), edition=case.second)
    made = assessing.finished(case, 2026, (60, 50, 30))
    step = assessing.planned(case, made, due=date(2026, 12, 1))
    found = queries.result_of(made, [step])
    assert [(one.node.code, one.rate, one.last, one.change) for one in found.items] == [
        ("1.1", 60, 50, 10),
        ("1.2", 50, 60, -10),
        ("2.1", 30, 30, 0),
    ]
    assert (found.risen, found.fallen, [one.node.code for one in found.unchanged]) == (1, 1, ["2.1"])
    assert [one.improvements for one in found.items] == [1, 0, 0]
    assert found.before.year == 2025
    alone = queries.result_of(assessing.finished(case, 2023), [])
    assert (alone.before, alone.last_total, alone.items[0].change) == (None, None, None)


def test_one_sees_those_of_ones_own_organisations(case):
    made = assessing.begin(case)
    assessing.judge(case, made, 50, 60)
    foreign = actions.start(by=case.stranger, organisation=case.other, edition=case.edition, year=2026)
    assert [(one, one.scored) for one in queries.assessments_for_user(case.colleague)] == [(made, 2)]
    assert list(queries.assessments_for_user(case.stranger)) == [foreign]
    assert list(queries.assessments_for_user(case.secretary)) == []
    assert not access.allowed(OWN, case.person, foreign)
    assert not access.allowed(OWN, case.person, None)
    for name in (PLAN, SEE_RESULT):
        assert access.refusal(name, case.person, made).reason
