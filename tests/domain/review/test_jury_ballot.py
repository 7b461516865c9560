"""The secret ballot: one vote each, nothing to see before it closes, nothing that leads back to a voter after."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import person
from tests.jury_cast import close_ballot, make_jury, open_ballot
from tests.review_cast import make_application

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.steps import add_member
from zhuoyue.domain.review.actions import jury
from zhuoyue.domain.review.actions.jury import BallotError
from zhuoyue.domain.review.enums import Choice, MeetingState
from zhuoyue.domain.review.models import Meeting, Recusal, SealedVote, Seat, VoteCast
from zhuoyue.domain.review.queries.jury import counts_of, has_voted, meeting_at_hand, recused_from, turnout
from zhuoyue.domain.review.rules import BE_JUROR, RECUSE, SEE_CANDIDATE, SEE_COUNT, SEE_MEETING, VOTE
from zhuoyue.kernel import access
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_jury()


@pytest.fixture
def voting(cast):
    open_ballot(by=cast.chair, meeting=cast.meeting)
    return cast


def test_a_member_votes_once(voting):
    voting.vote(voting.members[1])
    with pytest.raises(RefusedError, match="已经投过票"):
        voting.vote(voting.members[1], Choice.AGAINST)
    assert SealedVote.objects.count() == 1
    assert has_voted(voting.meeting, voting.members[1])
    assert turnout(voting.meeting) == 1


def test_two_votes_at_once_count_once(voting, monkeypatch):
    voting.vote(voting.members[1])
    monkeypatch.setattr(jury.access, "check", lambda *_args: None)  # the other request had passed its check already
    with pytest.raises(RefusedError, match="已经投过票"):
        voting.vote(voting.members[1])
    assert SealedVote.objects.count() == 1


def test_nobody_votes_before_the_ballot_opens(cast):
    with pytest.raises(RefusedError, match="不在投票时间"):
        cast.vote(cast.members[1])


def test_nobody_votes_after_closing_even_from_a_page_opened_before(voting):
    early = voting.meeting
    for who in voting.members[:4]:
        voting.vote(who)
    close_ballot(by=voting.chair, meeting=voting.meeting)
    late = voting.members[4]
    with pytest.raises(RefusedError, match="不在投票时间"):
        jury.cast_vote(by=late, meeting=early, choices=voting.choices(late))
    assert VoteCast.objects.count() == 4


@pytest.mark.parametrize("who", ["stranger", "secretary", "unseated", "applicant"])
def test_only_members_vote(voting, who):
    people = {
        "stranger": person(),
        "secretary": voting.by,
        "unseated": voting.members[2],
        "applicant": voting.applications[0].organisation.memberships.first().person,
    }
    Seat.objects.filter(person=voting.members[2]).update(is_active=False)
    with pytest.raises(RefusedError) as refused:
        voting.vote(people[who])
    assert refused.value.hidden
    assert not access.allowed(SEE_MEETING, people[who], voting.meeting)


def test_a_recused_member_votes_on_the_others_only(cast):
    first, other = cast.applications
    jury.recuse(by=cast.members[3], meeting=cast.meeting, application=first, reason="曾任顾问")
    open_ballot(by=cast.chair, meeting=cast.meeting)
    with pytest.raises(BallotError, match="回避的申报不投票"):
        jury.cast_vote(by=cast.members[3], meeting=cast.meeting, choices={first.pk: Choice.FOR, other.pk: Choice.FOR})
    for who in cast.members:
        cast.vote(who)
    counts = {count.application: count for count in close_ballot(by=cast.chair, meeting=cast.meeting)}
    assert (counts[first.pk].in_favour, counts[other.pk].in_favour) == (4, 5)


@pytest.mark.parametrize("choices", [{}, "unknown"])
def test_a_ballot_must_be_whole(voting, choices):
    given = {} if choices == {} else {application.pk: "maybe" for application in voting.applications}
    with pytest.raises(BallotError):
        jury.cast_vote(by=voting.members[1], meeting=voting.meeting, choices=given)
    assert not VoteCast.objects.exists()


def test_a_recusal_needs_a_reason_a_candidate_and_time(cast):
    meeting, first = cast.meeting, cast.applications[0]
    with pytest.raises(BallotError, match="理由"):
        jury.recuse(by=cast.members[1], meeting=meeting, application=first, reason=" ")
    other = make_application(cast.stage)
    with pytest.raises(BallotError, match="不是本次会议"):
        jury.recuse(by=cast.members[1], meeting=meeting, application=other, reason="亲属")
    kept = jury.recuse(by=cast.members[1], meeting=meeting, application=first, reason="亲属")
    assert jury.recuse(by=cast.members[1], meeting=meeting, application=first, reason="又说一次") == kept
    assert Recusal.objects.get().reason == "亲属"
    open_ballot(by=cast.chair, meeting=cast.meeting)
    with pytest.raises(RefusedError, match="不能再声明回避"):
        jury.recuse(by=cast.members[2], meeting=meeting, application=first, reason="亲属")
    assert not access.allowed(RECUSE, cast.members[2], cast.meeting)


def test_whoever_is_recused_does_not_see_the_dossier(cast):
    entry = cast.candidate()
    assert access.allowed(SEE_CANDIDATE, cast.members[1], entry)
    jury.recuse(by=cast.members[1], meeting=cast.meeting, application=entry.application, reason="亲属")
    assert "回避" in str(access.refusal(SEE_CANDIDATE, cast.members[1], entry).reason)
    assert access.allowed(SEE_CANDIDATE, cast.members[1], cast.candidate(1))
    assert not access.allowed(SEE_CANDIDATE, cast.by, entry)
    assert not access.allowed(SEE_CANDIDATE, cast.members[1], None)


def test_a_member_who_speaks_for_a_candidate_is_recused_by_the_system(cast):
    first = cast.applications[0]
    add_member(by=None, organisation=first.organisation, person=cast.members[2], duty=Duty.MEMBER)
    vars(cast.members[2]).pop("_duties", None)
    assert not access.allowed(SEE_CANDIDATE, cast.members[2], cast.candidate())
    add_member(by=None, organisation=first.organisation, person=cast.members[3], duty=Duty.MEMBER)
    jury.recuse(by=cast.members[3], meeting=cast.meeting, application=first, reason="在该单位任职")
    open_ballot(by=cast.chair, meeting=cast.meeting)
    assert recused_from(cast.meeting, cast.members[2]) == {first.pk}
    assert Recusal.objects.get(seat__person=cast.members[3]).reason == "在该单位任职"


def test_nothing_is_counted_before_closing(voting):
    for who in voting.members[:4]:
        voting.vote(who)
    assert counts_of(voting.meeting) == []
    assert "投票结束" in str(access.refusal(SEE_COUNT, voting.chair, voting.meeting).reason)
    assert not access.allowed(SEE_COUNT, voting.auditor, voting.meeting)
    assert not access.allowed(SEE_COUNT, person(), voting.meeting)


def test_the_ballot_closes_with_its_quorum_and_not_before(voting):
    for who in voting.members[:3]:
        voting.vote(who)
    with pytest.raises(BallotError, match="法定人数是4人"):
        close_ballot(by=voting.by, meeting=voting.meeting)
    voting.vote(voting.members[3], Choice.ABSTAIN)
    close_ballot(by=voting.by, meeting=voting.meeting)
    count = counts_of(voting.meeting)[0]
    assert (count.in_favour, count.abstained, count.base, count.needed, count.carried) == (3, 1, 5, 3, True)
    assert voting.meeting.result["quorum"] == 4
    with pytest.raises(MoveError):
        close_ballot(by=voting.by, meeting=voting.meeting)
    for who in (voting.chair, voting.auditor, voting.by):
        assert access.allowed(SEE_COUNT, who, voting.meeting)


def test_whoever_is_recused_is_not_in_the_base(cast):
    first = cast.applications[0]
    jury.recuse(by=cast.members[4], meeting=cast.meeting, application=first, reason="亲属")
    cast.vote_all(against=2)
    counts = {count.application: count for count in counts_of(cast.meeting)}
    assert (counts[first.pk].base, counts[first.pk].needed, counts[first.pk].carried) == (4, 3, True)
    assert counts[cast.applications[1].pk].base == 5


def test_later_changes_of_seats_do_not_move_the_result(cast):
    cast.vote_all(against=2)
    before = counts_of(cast.meeting)
    jury.unseat_member(by=cast.by, seat=Seat.objects.get(person=cast.members[1]))
    jury.seat_member(by=cast.by, cycle=cast.stage.cycle, person=person())
    jury.seat_member(by=cast.by, cycle=cast.stage.cycle, person=person())
    assert counts_of(cast.meeting) == before


def test_seats_stand_still_while_voting(voting):
    with pytest.raises(BallotError, match="正在投票"):
        jury.seat_member(by=voting.by, cycle=voting.stage.cycle, person=person())
    with pytest.raises(BallotError, match="正在投票"):
        jury.unseat_member(by=voting.by, seat=Seat.objects.get(person=voting.members[1]))


def test_there_is_one_chair(cast):
    jury.seat_member(by=cast.by, cycle=cast.stage.cycle, person=cast.members[1], is_chair=True)
    assert list(Seat.objects.filter(is_chair=True).values_list("person", flat=True)) == [cast.members[1].pk]
    with pytest.raises(RefusedError):
        open_ballot(by=cast.chair, meeting=cast.meeting)


@pytest.mark.parametrize(("members", "words"), [(3, "至少5人"), (6, "单数")])
def test_the_ballot_opens_with_as_many_seats_as_the_rule_asks(members, words):
    cast = make_jury(applications=1, members=members)
    with pytest.raises(BallotError, match=words):
        open_ballot(by=cast.chair, meeting=cast.meeting)
    assert cast.meeting.state == MeetingState.PREPARED


def test_a_ballot_needs_candidates():
    cast = make_jury(applications=0)
    with pytest.raises(BallotError, match="没有候选"):
        open_ballot(by=cast.by, meeting=cast.meeting)


def test_members_neither_open_nor_close(cast):
    with pytest.raises(RefusedError):
        open_ballot(by=cast.members[1], meeting=cast.meeting)
    open_ballot(by=cast.by, meeting=cast.meeting)
    with pytest.raises(RefusedError):
        close_ballot(by=cast.members[1], meeting=cast.meeting)


def test_the_same_statements_whatever_is_chosen(voting):
    said = []
    for who, choice in ((voting.members[1], Choice.FOR), (voting.members[2], Choice.AGAINST)):
        meeting, choices = voting.meeting, voting.choices(who, choice)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            jury.cast_vote(by=who, meeting=meeting, choices=choices)
        said.append([query["sql"].split(" ", 1)[0] for query in captured])
    assert said[0] == said[1]


def test_no_stored_thing_tells_who_chose_what(voting):
    """Whatever is chosen, rows are of one shape and length, and after the count none is left."""
    for place, who in enumerate(voting.members):
        voting.vote(who, Choice.AGAINST if place == 2 else Choice.FOR)
    assert len({len(bytes(vote.sealed)) for vote in SealedVote.objects.all()}) == 1
    assert {tuple(sorted(row)) for row in VoteCast.objects.values()} == {("id", "meeting_id", "round", "seat_id")}
    for event in AuditEvent.objects.filter(verb="review.voted"):
        assert set(event.data) == {"ballot", "receipt"}
    text = json.dumps(list(AuditEvent.objects.values_list("data", flat=True)))
    assert '"against"' not in text
    close_ballot(by=voting.chair, meeting=voting.meeting)
    assert not SealedVote.objects.exists()
    assert VoteCast.objects.count() == 5


def test_a_member_has_one_meeting_at_hand(cast):
    assert meeting_at_hand(cast.members[1]) == cast.meeting
    assert meeting_at_hand(person()) is None
    assert access.allowed(BE_JUROR, cast.members[1])
    assert not access.allowed(BE_JUROR, person())
    cast.vote_all()
    assert meeting_at_hand(cast.members[1]) == cast.meeting
    assert not access.allowed(VOTE, cast.members[1], cast.meeting)


def test_arranging_again_changes_the_one_meeting(cast):
    jury.arrange_meeting(by=cast.by, run=cast.run, starts_at=None, place="二楼")
    assert Meeting.objects.get().place == "二楼"
    with pytest.raises(RefusedError):
        jury.arrange_meeting(by=cast.members[0], run=cast.run, starts_at=None, place="")
