"""Letters that did not reach their reader: handed over by the office, or all sent again."""

from datetime import timedelta

import pytest
from tests.factories import body, member, opened_cycle, person

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes import actions
from zhuoyue.domain.programmes.actions import LetterLeavesError, SecondPersonError
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import asked_of
from zhuoyue.kernel import clock, mail
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.records import subject_of

pytestmark = pytest.mark.django_db
HANDED_OVER = "programmes.letter_handed_over"
SENT_AGAIN = "programmes.letters_sent_again"


@pytest.fixture
def stage():
    return opened_cycle()


@pytest.fixture(autouse=True)
def _server(settings):
    settings.EMAIL_HOST = "mail.example"


def letter_about(about, name="one", **fields):
    mail.queue(to=f"{name}@b.cn", subject="信", text="文", dedupe=name, scope=subject_of(about))
    OutboxMail.objects.filter(dedupe=name).update(**fields)
    return OutboxMail.objects.get(dedupe=name)


def failed(about, name="one"):
    facts = {"attempts": 20, "last_error": "550 no such user", "next_try_at": clock.now() + timedelta(hours=6)}
    return letter_about(about, name, state=MailState.FAILED, **facts)


def hand_over(stage, letter, by=None):
    """One of the office asks, a second person reads."""
    actions.ask_hand_over(by=by or stage.secretary, cycle=stage.cycle, letter=letter)
    colleague = by or member(stage.organiser.organisation, Duty.SECRETARY)
    actions.hand_over_letter(by=colleague, cycle=stage.cycle, letter=letter)
    return colleague


def states():
    return dict(OutboxMail.objects.values_list("dedupe", "state"))


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENT])
def test_a_letter_that_leaves_by_itself_is_not_handed_over(stage, state):
    letter = letter_about(stage.cycle, state=state)
    with pytest.raises(LetterLeavesError) as refused:
        hand_over(stage, letter)
    assert str(refused.value) == "这封信会自动发给收件人，不用转交。"
    assert not AuditEvent.objects.filter(verb=HANDED_OVER).exists()


def test_who_read_a_refused_letter_to_pass_it_on_stands_in_the_record(stage):
    letter = failed(stage.cycle)
    colleague = hand_over(stage, letter)
    event = AuditEvent.objects.get(verb=HANDED_OVER)
    assert (event.actor, event.subject) == (subject_of(colleague), subject_of(letter))
    asked = AuditEvent.objects.get(verb="programmes.hand_over_asked")
    assert (asked.actor, asked.subject, asked.scope) == (subject_of(stage.secretary), event.subject, event.scope)
    assert (event.scope, event.data) == (subject_of(stage.cycle), {"to": "one@b.cn"})
    assert states() == {"one": MailState.FAILED}


def test_nobody_alone_reads_a_way_in_and_the_asking_one_never(stage):
    letter, other = failed(stage.cycle), failed(stage.cycle, "two")
    first, second = stage.secretary, member(stage.organiser.organisation, Duty.SECRETARY)
    for by in (first, second):
        with pytest.raises(SecondPersonError):
            actions.hand_over_letter(by=by, cycle=stage.cycle, letter=letter)
    for by in (first, second, first):
        actions.ask_hand_over(by=by, cycle=stage.cycle, letter=letter)
    with pytest.raises(SecondPersonError, match="另一位同事"):
        actions.hand_over_letter(by=first, cycle=stage.cycle, letter=letter)
    assert list(asked_of(stage.cycle, first)) == []
    assert list(asked_of(stage.cycle, second)) == [letter]
    with pytest.raises(SecondPersonError):
        actions.hand_over_letter(by=second, cycle=stage.cycle, letter=other)
    assert not AuditEvent.objects.filter(verb=HANDED_OVER).exists()
    actions.hand_over_letter(by=second, cycle=stage.cycle, letter=letter)
    assert AuditEvent.objects.filter(verb="programmes.hand_over_asked").count() == 1
    with pytest.raises(LetterLeavesError):
        actions.hand_over_letter(by=second, cycle=stage.cycle, letter=letter_about(stage.cycle, "sent"))


def test_without_a_server_every_letter_waits_for_hands(stage, settings):
    letter = letter_about(stage.cycle)
    assert not actions.waits_for_hands(letter)
    settings.EMAIL_HOST = ""
    hand_over(stage, letter)
    assert AuditEvent.objects.get(verb=HANDED_OVER).subject == subject_of(letter)


def test_the_operator_reads_what_does_not_leave_by_itself_and_the_office_can_see_it(stage):
    about_cycle, about_office = failed(stage.cycle), failed(stage.organiser.organisation, "two")
    keeper = person(is_administrator=True)
    actions.read_for_hands(by=keeper, letter=about_cycle)
    actions.read_for_hands(by=None, letter=about_office)
    events = AuditEvent.objects.filter(verb="programmes.letter_read_by_operator")
    assert [(event.actor, event.scope) for event in events] == [
        (subject_of(keeper), subject_of(stage.cycle)),
        ("", ""),
    ]
    with pytest.raises(RefusedError):
        actions.read_for_hands(by=stage.secretary, letter=about_cycle)
    with pytest.raises(LetterLeavesError):
        actions.read_for_hands(by=keeper, letter=letter_about(stage.cycle, "sent"))


@pytest.mark.parametrize("who", ["stranger", "auditor", "other office"])
def test_only_the_office_of_the_cycle_hands_over_and_sends_again(stage, who):
    people = {
        "stranger": person(),
        "auditor": member(stage.organiser.organisation, Duty.AUDITOR),
        "other office": member(body().organisation, Duty.SECRETARY),
    }
    letter = failed(stage.cycle)
    for act in (actions.ask_hand_over, actions.hand_over_letter):
        with pytest.raises(RefusedError):
            act(by=people[who], cycle=stage.cycle, letter=letter)
    with pytest.raises(RefusedError):
        actions.send_failed_again(by=people[who], cycle=stage.cycle)
    assert states() == {"one": MailState.FAILED}
    assert not AuditEvent.objects.filter(verb__in=[HANDED_OVER, SENT_AGAIN]).exists()


def test_all_that_failed_about_the_cycle_goes_again_and_nothing_else(stage):
    Cycle.objects.filter(pk=stage.cycle.pk).update(label="2020")
    later = actions.make_cycle(by=None, version=stage.cycle.rules, editions={})
    failed(stage.cycle, "one")
    failed(stage.cycle, "two")
    failed(later, "next-year")
    letter_about(stage.cycle, "sent", state=MailState.SENT)
    assert actions.send_failed_again(by=stage.secretary, cycle=stage.cycle) == 2
    assert states() == {
        "one": MailState.QUEUED,
        "two": MailState.QUEUED,
        "next-year": MailState.FAILED,
        "sent": MailState.SENT,
    }
    again = OutboxMail.objects.get(dedupe="two")
    assert (again.attempts, again.last_error) == (0, "")
    assert again.next_try_at <= clock.now()
    event = AuditEvent.objects.get(verb=SENT_AGAIN)
    assert (event.subject, event.data) == (subject_of(stage.cycle), {"letters": 2})


def test_sending_again_with_nothing_to_send_leaves_no_trace(stage):
    letter_about(stage.cycle)
    assert actions.send_failed_again(by=stage.secretary, cycle=stage.cycle) == 0
    assert not AuditEvent.objects.filter(verb=SENT_AGAIN).exists()
