"""Examiners put on applications, by the engine and by hand; who is reminded of what."""

import pytest
from tests.at_once import at_once
from tests.factories import moment, pack_text, person
from tests.review_cast import make_application, make_review, take_on

from zhuoyue.domain.experts.actions import add_expert
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.review.actions import assignment, reminders, stages
from zhuoyue.domain.review.models import Assignment, AssignmentRun
from zhuoyue.domain.review.queries import matching
from zhuoyue.kernel import clock
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail.models import OutboxMail


@pytest.fixture
def review(db):
    clock.stand_at(moment("2021-09-14T09:00"))
    return make_review()


def _fourth(review):
    known = person("第四位")
    facts = {"email": known.email, "name": "第四位", "known": True, "level": "trainee"}
    expert = add_expert(by=review.by, pool=review.stage.organiser, **facts)
    take_on(review, expert)
    return expert


def test_the_same_question_and_seed_give_the_same_answer(review):
    first = assignment.assign_by_engine(by=review.by, run=review.run(), seed=7)
    second = assignment.assign_by_engine(by=review.by, run=review.run(), seed=7)
    assert first.digest == second.digest
    assert first.result == second.result
    assert AuditEvent.objects.filter(verb="review.assignment_run").count() == 2


def test_pairs_that_the_engine_no_longer_wants_end_and_come_back(review):
    Assignment.objects.update(pinned=False)
    fourth = _fourth(review)
    Expert.objects.filter(pk=review.experts[2].pk).update(is_active=False)
    assignment.assign_by_engine(by=review.by, run=review.run(), seed=1)
    states = dict(Assignment.objects.values_list("expert", "state"))
    assert states[review.experts[2].pk] == "ended"
    assert states[fourth.pk] == "active"
    assert Assignment.objects.get(expert=fourth).role == "trainee"
    Expert.objects.filter(pk=review.experts[2].pk).update(is_active=True)
    Expert.objects.filter(pk=fourth.pk).update(is_active=False)
    assignment.assign_by_engine(by=review.by, run=review.run(), seed=1)
    states = dict(Assignment.objects.values_list("expert", "state"))
    assert (states[review.experts[2].pk], states[fourth.pk]) == ("active", "ended")
    assert Assignment.objects.filter(role="leader", state="active").count() == 1


def test_the_engine_names_the_leaders_anew(review):
    assignment.name_leader(by=review.by, pair=review.pairs[2])
    assignment.assign_by_engine(by=review.by, run=review.run(), seed=1)
    leaders = Assignment.objects.filter(role="leader").values_list("expert", flat=True)
    assert list(leaders) == [review.experts[0].pk]


def test_an_assignment_ends_with_its_reason(review):
    assignment.end_assignment(by=review.by, pair=review.pairs[1], reason="出差")
    recorded = AuditEvent.objects.get(verb="assignment.end")
    assert recorded.data["reason"] == "出差"


def test_a_question_without_an_answer_says_who_is_short(review):
    other = make_application(review.stage)
    stages.enter(by=review.by, run=review.run(), application=other)
    Expert.objects.update(most_load=1)
    with pytest.raises(assignment.NoAssignmentError) as error:
        assignment.assign_by_engine(by=review.by, run=review.run(), seed=1)
    assert not error.value.diagnosis.feasible
    assert len(error.value.matching.applications) == 2
    assert not AssignmentRun.objects.exists()


def test_a_pair_by_hand_needs_an_expert_who_may_work(review):
    known = person("未受邀")
    expert = add_expert(by=review.by, pool=review.stage.organiser, email=known.email, name="未受邀", known=True)
    with pytest.raises(assignment.AssignmentRefusedError, match="还没有接受邀请"):
        assignment.assign_by_hand(by=review.by, run=review.run(), application=review.applications[0], expert=expert)


def test_a_team_takes_nobody_beyond_the_most_that_the_rules_allow(review):
    for number in range(4, 6):
        assert _by_hand(review, _another(review, number)).pinned
    sixth = _another(review, 6)
    with pytest.raises(assignment.AssignmentRefusedError, match="至多5人"):
        _by_hand(review, sixth)
    assignment.end_assignment(by=review.by, pair=review.pair(), reason="另有任务")
    assert _by_hand(review, sixth).expert == sixth


@pytest.mark.django_db
@pytest.mark.parametrize("team", ["", "        team: {at_least: 1}\n"])
def test_a_team_without_a_limit_grows_as_the_office_says(team):
    clock.stand_at(moment("2021-09-14T09:00"))
    text = pack_text()
    begins = text.index("        team:\n          at_least: 3\n          at_most: 5\n          leader")
    ends = text.index("        feedback: true\n", begins)
    review = make_review(text=text[:begins] + team + text[ends:])
    for number in range(4, 8):
        assert _by_hand(review, _another(review, number)).pinned


def _another(review, number):
    known = person(f"第{number}位")
    facts = {"email": known.email, "name": known.name, "known": True, "level": "examiner"}
    expert = add_expert(by=review.by, pool=review.stage.organiser, **facts)
    take_on(review, expert)
    return expert


def _by_hand(review, expert):
    found = {"run": review.run(), "application": review.applications[0], "expert": expert}
    return assignment.assign_by_hand(by=review.by, **found)


def test_a_pair_by_hand_needs_no_conflict(review):
    fourth = _fourth(review)
    fourth.employer = review.applications[0].organisation
    with pytest.raises(assignment.AssignmentRefusedError, match="利益冲突"):
        assignment.assign_by_hand(by=review.by, run=review.run(), application=review.applications[0], expert=fourth)


def test_a_pair_that_stands_is_not_made_again(review):
    again = assignment.assign_by_hand(
        by=review.by, run=review.run(), application=review.applications[0], expert=review.experts[0]
    )
    assert again.pk == review.pairs[0].pk


def test_a_stage_that_nobody_has_entered_has_nothing_to_assign(review):
    review.run().entries.all().delete()
    with pytest.raises(assignment.AssignmentRefusedError, match="无从分配"):
        assignment.assign_by_engine(by=review.by, run=review.run(), seed=1)


def test_strangers_assign_nobody(review):
    with pytest.raises(RefusedError):
        assignment.assign_by_engine(by=person(), run=review.run(), seed=1)


def test_fit_is_by_industry(review):
    application, expert = review.applications[0], review.experts[0]
    application.organisation.industry = "C34"
    cases = {("C34", "K70"): (1, "same_industry"), ("C36",): (2 / 3, "same_section"), ("C26",): (1 / 3, "same_section")}
    for industries, fit in {**cases, ("K70",): (0, "any_industry"), (): (0, "any_industry")}.items():
        expert.industries = list(industries)
        assert matching.fit_of(expert, application)[0] == pytest.approx(fit[0])
        assert matching.fit_of(expert, application)[1] == fit[1]
    application.organisation.industry = ""
    assert matching.fit_of(expert, application)[1] == "any_industry"


def test_loads_and_pairs_are_read(review):
    assert matching.load_of(review.run())[review.experts[0].pk] == 1
    assert {pair.role for pair in matching.pairs_of(review.run())} == {"leader", "member"}
    assert matching.pair_by_id(review.pairs[0].pk).expert == review.experts[0]
    assert matching.last_run_of(review.run()) is None


def test_a_reminder_goes_once_a_day_and_is_recorded(review):
    known, stranger = review.experts[1].person, review.experts[0].person
    stranger.set_unusable_password()
    stranger.save()
    letters = [
        reminders.Reminder(
            expert.person.email, "催办", reminders.letter_of(expert.person.name, "评分", "9月20日"), "/expert/"
        )
        for expert in review.experts[:2]
    ]
    for _ in range(2):
        assert reminders.remind(by=review.by, cycle=review.stage.cycle, reminders=letters) == 2
    found = {letter.to: letter.text for letter in OutboxMail.objects.filter(subject="催办")}
    assert len(found) == 2
    assert found[known.email].endswith("8000/expert/")
    assert "/account/first/" in found[stranger.email]
    assert found[stranger.email].endswith("?next=/expert/")
    assert AuditEvent.objects.filter(verb="review.reminded").count() == 2
    clock.stand_at(moment("2021-09-15T09:00"))
    reminders.remind(by=review.by, cycle=review.stage.cycle, reminders=letters)
    assert OutboxMail.objects.filter(subject="催办").count() == 4


def test_strangers_remind_nobody(review):
    with pytest.raises(RefusedError):
        reminders.remind(by=review.leader, cycle=review.stage.cycle, reminders=[])


@pytest.mark.django_db(transaction=True)
def test_two_who_assign_one_pair_at_once_assign_it_once():
    """On a database with locks by rows the unique constraint would end it in a fault of the server."""
    clock.stand_at(moment("2021-09-14T09:00"))
    review = make_review()
    expert = _fourth(review)
    run, application = review.run(), review.applications[0]

    def assign():
        return assignment.assign_by_hand(by=review.by, run=run, application=application, expert=expert)

    answers = at_once(*[assign] * 4)
    assert {type(answer) for answer in answers} == {Assignment}
    assert len({answer.pk for answer in answers}) == 1
    assert AuditEvent.objects.filter(verb="review.assigned", data__expert=str(expert.pk)).count() == 1
