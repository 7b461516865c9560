"""The sealed ballot: who can open it, what is found at the count, and how a round is given up."""

import pytest
from django.db import transaction
from tests.factories import pack_text, person
from tests.jury_cast import code_of, codes_of, make_jury, open_ballot, open_round

from zhuoyue.domain.review.actions import ballots, jury
from zhuoyue.domain.review.actions.jury import BallotError
from zhuoyue.domain.review.enums import Choice, MeetingState
from zhuoyue.domain.review.models import BallotKey, CountingCode, KeyShare, Meeting, Recusal, SealedVote, Seat, VoteCast
from zhuoyue.domain.review.queries.ballots import (
    arrived_vote,
    custodies_of,
    share_words,
    voids_of,
    vote_words,
)
from zhuoyue.domain.review.queries.jury import counts_of, on_ballot, undecided_of
from zhuoyue.kernel import sealed
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError

pytestmark = pytest.mark.django_db
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


@pytest.fixture
def cast():
    return make_jury()


@pytest.fixture
def voted(cast):
    """Everybody has voted; any three members open the votes."""
    open_ballot(by=cast.chair, meeting=cast.meeting, custody="members:3")
    for place, who in enumerate(cast.members):
        cast.vote(who, AGAINST if place == 4 else FOR)
    return cast


def close(cast, *holders):
    return jury.close_ballot(by=cast.chair, meeting=cast.meeting, codes={one.pk: code_of(one) for one in holders})


def some(cast):
    return cast.members[2:5]


# ---- who opens


def test_any_three_of_the_members_open_it_and_only_sums_are_kept(voted):
    counts = close(voted, *some(voted))
    assert {(count.in_favour, count.against, count.abstained) for count in counts} == {(4, 1, 0)}
    assert not any(model.objects.exists() for model in (BallotKey, KeyShare, SealedVote))


@pytest.mark.parametrize(("custody", "holders"), [("members:3", (0, 1)), ("members:5", (0, 1, 2, 3))])
def test_fewer_than_needed_open_nothing(cast, custody, holders):
    open_ballot(by=cast.chair, meeting=cast.meeting, custody=custody)
    for who in cast.members:
        cast.vote(who)
    with pytest.raises(BallotError, match="需要"):
        close(cast, *(cast.members[place] for place in holders))
    assert cast.meeting.state == MeetingState.VOTING
    close(cast, *cast.members)


def test_chair_and_secretary_are_both_needed(cast):
    open_ballot(by=cast.by, meeting=cast.meeting, custody=f"pair:{cast.by.pk}")
    for who in cast.members:
        cast.vote(who)
    for alone in (cast.chair, cast.by):
        with pytest.raises(BallotError, match="需要2位"):
            close(cast, alone)
    with pytest.raises(BallotError, match="需要2位"):
        close(cast, cast.chair, *cast.members[1:])
    close(cast, cast.chair, cast.by)


@pytest.mark.parametrize("typed", ["nonsense", "other"])
def test_a_wrong_code_is_told_by_name(voted, typed):
    codes = {one.pk: code_of(one) for one in some(voted)}
    codes[voted.members[2].pk] = code_of(voted.members[1]) if typed == "other" else typed
    with pytest.raises(BallotError, match="计票码不对：委员2"):
        jury.close_ballot(by=voted.chair, meeting=voted.meeting, codes=codes)


def test_the_ways_to_divide_the_key(cast):
    assert [way.key for way in custodies_of(cast.meeting)] == [
        *(f"pair:{cast.by.pk}", "members:2", "members:3", "members:4", "members:5")
    ]
    CountingCode.objects.exclude(person=cast.members[1]).delete()
    assert custodies_of(cast.meeting) == []
    with pytest.raises(BallotError, match="计票码"):
        open_ballot(by=cast.chair, meeting=cast.meeting)


def test_a_way_that_is_not_offered_is_refused(cast):
    for custody in ("members:1", "members:6", f"pair:{cast.second.pk}", "", "nobody"):
        with pytest.raises(BallotError, match="由谁保管"):
            jury.open_ballot(by=cast.chair, meeting=cast.meeting, custody=custody)
    assert cast.meeting.state == MeetingState.PREPARED


# ---- codes


def test_only_the_public_half_of_a_code_is_stored(cast):
    row = CountingCode.objects.get(person=cast.chair)
    assert bytes(row.public) == sealed.public_of(sealed.private_of(code_of(cast.chair)))
    plain = code_of(cast.chair).replace("-", "")
    told = str(list(AuditEvent.objects.values_list("data", flat=True)))
    assert plain not in told.replace("-", "")


def test_a_code_is_for_members_and_the_office_and_must_be_whole(cast):
    for who in (person(), cast.auditor):
        with pytest.raises(RefusedError):
            jury.keep_code(by=who, cycle=cast.stage.cycle, code=sealed.new_code())
    with pytest.raises(BallotError, match="完整"):
        jury.keep_code(by=cast.second, cycle=cast.stage.cycle, code="123")
    jury.keep_code(by=cast.second, cycle=cast.stage.cycle, code=sealed.new_code())
    assert f"pair:{cast.second.pk}" in [way.key for way in custodies_of(cast.meeting)]


def test_a_code_is_not_replaced_while_a_ballot_needs_it(voted):
    with pytest.raises(BallotError, match="计票以后才能换"):
        jury.keep_code(by=voted.members[1], cycle=voted.stage.cycle, code=sealed.new_code())
    close(voted, *some(voted))
    jury.keep_code(by=voted.members[1], cycle=voted.stage.cycle, code=sealed.new_code())


def test_a_public_half_put_in_past_the_software_gets_no_share(cast):
    foreign = sealed.public_of(sealed.new_private())
    CountingCode.objects.filter(person=cast.members[1]).update(public=foreign)
    with pytest.raises(BallotError, match="委员1登记的计票码被改动过"):
        open_ballot(by=cast.chair, meeting=cast.meeting, custody="members:3")


# ---- votes that are not as they were given


def _changed(vote):
    vote.sealed = bytes([bytes(vote.sealed)[0] ^ 1]) + bytes(vote.sealed)[1:]
    vote.save()


def _forged(vote):
    """Sealed anew by somebody who knows everything in the database, but not the server's secret."""
    words = vote_words(vote.key, vote.seat_id, 1)
    vote.sealed = sealed.seal(bytes(vote.key.public), bytes([0, 0]), *words)
    vote.save()


def _forged_on_the_server(vote):
    _forged(vote)
    vote.mark = sealed.mark(vote.sealed, *vote_words(vote.key, vote.seat_id, 1))
    vote.save()


def _swapped(vote):
    other = SealedVote.objects.exclude(pk=vote.pk).order_by("pk").first()
    content = bytes(other.sealed), bytes(other.mark)
    SealedVote.objects.filter(pk=other.pk).update(sealed=bytes(vote.sealed), mark=bytes(vote.mark))
    SealedVote.objects.filter(pk=vote.pk).update(sealed=content[0], mark=content[1])


def _removed(vote):
    vote.delete()


def _removed_with_its_mark(vote):
    VoteCast.objects.filter(seat=vote.seat).delete()
    vote.delete()


def _unseated(vote):
    Seat.objects.filter(pk=vote.seat_id).update(is_active=False)


@pytest.mark.parametrize(
    "change", [_changed, _forged, _forged_on_the_server, _swapped, _removed, _removed_with_its_mark, _unseated]
)
def test_a_vote_that_is_not_as_given_is_named_and_nothing_counts(voted, change):
    change(SealedVote.objects.get(seat__person=voted.members[1]))
    with pytest.raises(BallotError, match="不能计票") as told, transaction.atomic():
        close(voted, *some(voted))
    assert "委员1" in str(told.value)
    assert "委员3" not in str(told.value)
    assert voted.meeting.state == MeetingState.VOTING
    assert counts_of(voted.meeting) == []


def test_a_vote_that_is_added_is_named(cast):
    open_ballot(by=cast.chair, meeting=cast.meeting, custody="members:3")
    for who in cast.members[:4]:
        cast.vote(who)
    key, seat = BallotKey.objects.get(), Seat.objects.get(person=cast.members[4])
    words = vote_words(key, seat.pk, 1)
    content = sealed.seal(bytes(key.public), bytes([0, 0]), *words)
    SealedVote.objects.create(key=key, seat=seat, sealed=content, mark=sealed.mark(content, *words))
    with pytest.raises(BallotError, match="委员4"):
        close(cast, *cast.members[:3])
    VoteCast.objects.create(meeting=cast.meeting, seat=seat)
    with pytest.raises(BallotError, match="委员4"):
        close(cast, *cast.members[:3])


def test_a_vote_replayed_from_an_earlier_opening_is_named(voted):
    old = {vote.seat_id: (bytes(vote.sealed), bytes(vote.mark)) for vote in SealedVote.objects.all()}
    jury.void_ballot(by=voted.by, meeting=voted.meeting, reason="计票码丢失")
    open_ballot(by=voted.chair, meeting=voted.meeting, custody="members:3")
    for who in voted.members:
        voted.vote(who, AGAINST)
    seat = Seat.objects.get(person=voted.members[3])
    SealedVote.objects.filter(seat=seat).update(sealed=old[seat.pk][0], mark=old[seat.pk][1])
    with pytest.raises(BallotError, match="委员3"):
        close(voted, *some(voted))


@pytest.mark.parametrize("paper", [b"", b"\x00", b"\x00\x07", b"\x00\x00\x00"])
def test_what_is_no_paper_does_not_count(voted, paper, monkeypatch):
    """Sealed, marked and recorded rightly, as only the server itself could."""
    monkeypatch.setattr(ballots, "_paper_as_bytes", lambda *_: paper)
    monkeypatch.setattr(jury.access, "check", lambda *_: None)
    voter = voted.members[1]
    VoteCast.objects.filter(seat__person=voter).delete()
    SealedVote.objects.filter(seat__person=voter).delete()
    AuditEvent.objects.filter(verb="review.voted", actor__endswith=str(voter.pk)).delete()
    voted.vote(voter)
    with pytest.raises(BallotError, match="委员1"):
        close(voted, *some(voted))


def test_a_choice_on_a_candidate_recused_from_does_not_count(voted):
    first = voted.applications[0]
    Recusal.objects.create(
        meeting=voted.meeting, seat=Seat.objects.get(person=voted.members[0]), application=first, reason="补记"
    )
    counts = {count.application: count for count in close(voted, *some(voted))}
    assert (counts[first.pk].in_favour, counts[voted.applications[1].pk].in_favour) == (3, 4)


def test_a_changed_key_takes_no_vote_and_gives_no_count(cast):
    open_ballot(by=cast.chair, meeting=cast.meeting, custody="members:3")
    for who in cast.members[:4]:
        cast.vote(who)
    kept = bytes(BallotKey.objects.get().public)
    BallotKey.objects.update(public=sealed.public_of(sealed.new_private()))
    with pytest.raises(BallotError, match="不能投票"), transaction.atomic():
        cast.vote(cast.members[4])
    with pytest.raises(BallotError, match="被改动过"):
        close(cast, *cast.members[:3])
    BallotKey.objects.update(public=kept, needed=2)
    with pytest.raises(BallotError, match="被改动过"):
        close(cast, *cast.members[:2])


def test_a_changed_share_is_told(voted):
    share = KeyShare.objects.get(person=voted.members[2])
    KeyShare.objects.filter(pk=share.pk).update(sealed=bytes(len(bytes(share.sealed))))
    with pytest.raises(BallotError, match="委员2保管的一份钥匙"):
        close(voted, *some(voted))
    words = share_words(share.key, share.person_id, share.number)
    KeyShare.objects.filter(pk=share.pk).update(sealed=sealed.seal(bytes(share.public), bytes(66), *words))
    with pytest.raises(BallotError, match="钥匙被改动过"):
        close(voted, *some(voted))


# ---- the voter


def test_a_voter_sees_the_own_vote_until_the_count(voted):
    who = voted.members[1]
    arrived = arrived_vote(voted.meeting, who)
    assert arrived.whole
    recorded = AuditEvent.objects.filter(verb="review.voted").values_list("data__receipt", flat=True)
    assert arrived.receipt in recorded
    _changed(SealedVote.objects.get(seat__person=who))
    later = arrived_vote(voted.meeting, who)
    assert not later.whole
    assert later.receipt != arrived.receipt
    assert arrived_vote(voted.meeting, voted.by) is None


# ---- given up


def test_a_round_is_given_up_for_a_reason_and_voted_on_anew(voted):
    for who in (voted.chair, voted.members[1]):
        with pytest.raises(RefusedError):
            jury.void_ballot(by=who, meeting=voted.meeting, reason="计票码丢失")
    with pytest.raises(MoveError, match="理由"):
        jury.void_ballot(by=voted.by, meeting=voted.meeting, reason=" ")
    jury.void_ballot(by=voted.by, meeting=voted.meeting, reason="计票码丢了")
    assert not any(model.objects.exists() for model in (BallotKey, SealedVote, VoteCast))
    assert (voted.meeting.state, voted.meeting.opened_at, voted.meeting.result) == (MeetingState.PREPARED, None, {})
    assert [(void.number, void.cast, void.reason) for void in voids_of(voted.meeting)] == [(1, 5, "计票码丢了")]
    with pytest.raises(MoveError):
        jury.void_ballot(by=voted.by, meeting=voted.meeting, reason="再来一次")
    for who in voted.members[:2]:
        jury.keep_code(by=who, cycle=voted.stage.cycle, code=sealed.code_from("0" * sealed.RANDOM_LETTERS))
    open_ballot(by=voted.chair, meeting=voted.meeting, custody="members:3")
    for who in voted.members:
        voted.vote(who, AGAINST)
    assert {count.against for count in close(voted, *some(voted))} == {5}


def test_a_later_round_given_up_leaves_the_counts_before_it(cast):
    cast.applications.sort(key=lambda application: application.number)
    open_ballot(by=cast.chair, meeting=cast.meeting)
    first, second = (application.pk for application in cast.applications)
    for who, choice in zip(cast.members, (FOR, FOR, AGAINST, AGAINST, ABSTAIN), strict=True):
        jury.cast_vote(by=who, meeting=cast.meeting, choices={first: FOR, second: choice})
    jury.close_ballot(by=cast.chair, meeting=cast.meeting, codes=codes_of(cast.meeting))
    before = counts_of(cast.meeting)
    open_round(by=cast.chair, meeting=cast.meeting)
    jury.cast_vote(by=cast.chair, meeting=cast.meeting, choices={second: FOR})
    jury.void_ballot(by=cast.by, meeting=cast.meeting, reason="选票被改动")
    assert (cast.meeting.state, cast.meeting.round) == (MeetingState.CLOSED, 1)
    assert counts_of(cast.meeting) == before
    assert len(on_ballot(cast.meeting)) == 2
    assert undecided_of(cast.meeting) == {second}
    open_round(by=cast.chair, meeting=cast.meeting)
    for who in cast.members:
        jury.cast_vote(by=who, meeting=cast.meeting, choices={second: FOR})
    jury.close_ballot(by=cast.chair, meeting=cast.meeting, codes=codes_of(cast.meeting))
    assert {count.application: count.round for count in counts_of(cast.meeting)} == {first: 1, second: 2}


def test_a_third_round_given_up_goes_back_to_the_paper_of_the_second():
    cast = make_jury(text=pack_text().replace("rounds_at_most: 2", "rounds_at_most: 3"))
    cast.applications.sort(key=lambda application: application.number)
    first, second = (application.pk for application in cast.applications)
    for number in (1, 2, 3):
        opened = open_ballot if number == 1 else open_round
        opened(by=cast.chair, meeting=cast.meeting)
        paper = {first: FOR, second: ABSTAIN} if number == 1 else {second: ABSTAIN}
        for who in cast.members:
            jury.cast_vote(by=who, meeting=cast.meeting, choices=paper)
        if number < 3:
            jury.close_ballot(by=cast.chair, meeting=cast.meeting, codes=codes_of(cast.meeting))
    jury.void_ballot(by=cast.by, meeting=cast.meeting, reason="选票被改动")
    assert (cast.meeting.round, [entry.application_id for entry in on_ballot(cast.meeting)]) == (2, [second])


# ---- several at once, and what is carried


def test_two_meetings_of_two_programmes_keep_their_votes_apart():
    casts = [make_jury(text=pack_text().replace("key: saq-award-2021", f"key: award-{n}", 1)) for n in (1, 2)]
    for cast, choice in zip(casts, (FOR, AGAINST), strict=True):
        open_ballot(by=cast.chair, meeting=cast.meeting, custody="members:3")
        for who in cast.members:
            cast.vote(who, choice)
    with pytest.raises(BallotError, match="需要3位"):
        close(casts[0], *casts[1].members)
    counts = [close(cast, *some(cast)) for cast in casts]
    assert [{count.in_favour for count in each} for each in counts] == [{5}, {0}]
    assert Meeting.objects.filter(state=MeetingState.CLOSED).count() == 2


@pytest.mark.parametrize("base", ["valid_votes", "present", "electorate"])
def test_nothing_is_carried_without_votes_in_favour(base):
    text = pack_text()
    assert "base: electorate" in text
    cast = make_jury(text=text.replace("base: electorate", f"base: {base}"))
    open_ballot(by=cast.chair, meeting=cast.meeting)
    for who in cast.members:
        cast.vote(who, ABSTAIN)
    jury.close_ballot(by=cast.chair, meeting=cast.meeting, codes=codes_of(cast.meeting))
    assert {(count.carried, count.is_undecided) for count in counts_of(cast.meeting)} == {(False, True)}
    assert all(count.needed >= 1 for count in counts_of(cast.meeting))
