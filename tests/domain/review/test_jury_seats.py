"""Who is seated on the jury and called to its meeting, and by which letters they learn of it."""

import re
from datetime import datetime

import pytest
from tests.factories import moment, person
from tests.jury_cast import make_jury, open_ballot

from zhuoyue.domain.accounts.actions import KnownPersonError, prove_address
from zhuoyue.domain.accounts.links import open_link_token
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.review.actions import jury
from zhuoyue.domain.review.actions.jury import BallotError
from zhuoyue.domain.review.actions.seats import call_in_again
from zhuoyue.domain.review.models import Meeting, Seat
from zhuoyue.domain.review.queries.jury import electorate, seats_held
from zhuoyue.domain.review.rules import BE_JUROR
from zhuoyue.kernel import access
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import OutboxMail
from zhuoyue.kernel.records import subject_of

pytestmark = pytest.mark.django_db
NEWCOMER = "new.member@example.org"
WHEN = moment("2021-11-05T09:30")


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PUBLIC_URL = "https://award.example"


@pytest.fixture
def cast():
    return make_jury(applications=1, members=3)


def invite(cast, by=None, email=NEWCOMER, **more):
    given = {"email": email, "name": "新委员", "known": True, **more}
    return jury.invite_member(by=by or cast.by, cycle=cast.stage.cycle, **given)


def arrange(cast, by=None, starts_at=WHEN, place="三楼会议室"):
    return jury.arrange_meeting(by=by or cast.by, run=cast.run, starts_at=starts_at, place=place)


def calls():
    return OutboxMail.objects.filter(dedupe__startswith="meeting:")


def links_in(letter):
    return re.findall(r"https://\S+", letter.text)


def test_a_newcomer_is_seated_by_address_and_let_in_by_a_link_of_their_own(cast):
    seat = invite(cast)
    assert (seat.person.email, seat.person.name, seat.is_active, seat.is_chair) == (NEWCOMER, "新委员", True, False)
    assert not seat.person.has_usable_password()
    letter = OutboxMail.objects.get(to=NEWCOMER)
    assert (letter.dedupe, letter.scope) == (f"seat:{seat.pk}", subject_of(cast.stage.cycle))
    assert letter.subject == f"审定委员任命：{cast.stage.cycle.title}"
    (link,) = links_in(letter)
    token = link.removeprefix("https://award.example/account/first/").removesuffix("/?next=/jury/")
    assert open_link_token(token).person == seat.person
    event = AuditEvent.objects.get(verb="review.seated", subject=subject_of(seat))
    assert (event.actor, event.data) == (subject_of(cast.by), {"chair": False})


def test_whoever_has_an_account_is_seated_under_it_and_sent_to_the_page(cast):
    known = person("老委员")
    seat = invite(cast, email=known.email.upper(), is_chair=True)
    assert (seat.person, seat.person.name) == (known, "老委员")
    assert list(Seat.objects.filter(is_chair=True)) == [seat]
    assert links_in(OutboxMail.objects.get(to=known.email)) == ["https://award.example/jury/"]


def test_inviting_again_gives_no_second_seat_and_no_second_letter(cast):
    first = invite(cast)
    jury.unseat_member(by=cast.by, seat=first)
    assert invite(cast) == first
    assert Seat.objects.get(person__email=NEWCOMER).is_active
    assert OutboxMail.objects.filter(to=NEWCOMER).count() == 1


@pytest.mark.parametrize("who", ["stranger", "auditor", "chair"])
def test_only_the_office_invites_and_arranges(cast, who):
    other = {"stranger": person(), "auditor": cast.auditor, "chair": cast.chair}[who]
    for act in (invite, arrange):
        with pytest.raises(RefusedError) as refused:
            act(cast, by=other)
        assert refused.value.hidden
    assert not Person.objects.filter(email=NEWCOMER).exists()
    assert Meeting.objects.get().starts_at is None
    assert not calls().exists()


def test_while_a_ballot_runs_nobody_is_seated_and_no_account_is_left_behind(cast):
    for email in ("fourth@example.org", "fifth@example.org"):
        prove_address(person=invite(cast, email=email).person)
    open_ballot(by=cast.chair, meeting=cast.meeting)
    with pytest.raises(BallotError, match="正在投票"):
        invite(cast)
    assert not Person.objects.filter(email=NEWCOMER).exists()
    assert not OutboxMail.objects.filter(to=NEWCOMER).exists()


def test_a_meeting_without_its_hour_calls_nobody(cast):
    arrange(cast, starts_at=None, place="二楼")
    assert cast.meeting.place == "二楼"
    assert not calls().exists()


def test_every_seated_member_is_told_when_and_where(cast):
    gone = cast.members[2]
    jury.unseat_member(by=cast.by, seat=Seat.objects.get(person=gone))
    meeting = arrange(cast)
    assert set(calls().values_list("to", flat=True)) == {who.email for who in cast.members[:2]}
    letter = calls().get(to=cast.chair.email)
    assert letter.subject == f"审定会议通知：{cast.stage.cycle.title}"
    for said in (cast.chair.name, "2021年11月5日 09:30", "地点：三楼会议室"):
        assert said in letter.text
    assert letter.scope == subject_of(cast.stage.cycle)
    event = AuditEvent.objects.filter(verb="review.meeting_made").last()
    assert (event.actor, event.subject) == (subject_of(cast.by), subject_of(meeting))
    assert (datetime.fromisoformat(event.data["starts_at"]), event.data["place"]) == (WHEN, "三楼会议室")


def test_the_same_call_goes_out_once_and_a_changed_one_again(cast):
    for _ in range(2):
        arrange(cast)
    assert calls().count() == 3
    arrange(cast, place="五楼")
    assert calls().count() == 6
    arrange(cast, place="五楼", starts_at=moment("2021-11-06T09:30"))
    assert calls().count() == 9
    assert Meeting.objects.get() == cast.meeting


def test_the_call_lets_a_newcomer_in_and_sends_others_to_the_page(cast):
    newcomer = invite(cast).person
    arrange(cast)
    (link,) = links_in(calls().get(to=NEWCOMER))
    assert open_link_token(link.split("/first/")[1].split("/")[0]).person == newcomer
    assert links_in(calls().get(to=cast.chair.email)) == ["https://award.example/jury/"]


def test_a_seat_waits_for_the_proof_counts_for_nothing_and_holds_the_ballot_up(cast):
    seats = [invite(cast, email=f"{n}@example.org") for n in (1, 2)]
    someone = seats[0].person
    assert [seat.waits for seat in seats] == [True, True]
    assert electorate(cast.meeting) == 3
    assert seats_held(someone) == {}
    assert not access.allowed(BE_JUROR, someone)
    with pytest.raises(BallotError, match="新委员、新委员还没有确认邮箱"):
        open_ballot(by=cast.chair, meeting=cast.meeting)
    prove_address(person=someone)
    assert electorate(cast.meeting) == 4
    jury.unseat_member(by=cast.by, seat=seats[1])
    prove_address(person=seats[1].person)
    assert electorate(cast.meeting) == 4
    prove_address(person=invite(cast, email="5@example.org").person)
    open_ballot(by=cast.chair, meeting=cast.meeting)


def test_the_letter_goes_again_while_a_seat_waits(cast):
    seat = invite(cast)
    call_in_again(by=cast.by, seat=seat)
    letters = OutboxMail.objects.filter(to=NEWCOMER)
    assert [len(links_in(letter)) for letter in letters] == [1, 1]
    with pytest.raises(RefusedError):
        call_in_again(by=cast.chair, seat=seat)
    prove_address(person=seat.person)
    call_in_again(by=cast.by, seat=Seat.objects.get(pk=seat.pk))
    assert letters.count() == 2


def test_an_account_that_stands_is_looked_at_before_it_is_seated(cast):
    known = person("张三", email=NEWCOMER)
    with pytest.raises(KnownPersonError, match=r"“张三”.*“新委员”不同名"):
        invite(cast, known=False)
    assert not Seat.objects.filter(person=known).exists()
