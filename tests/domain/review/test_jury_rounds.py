"""A further round of the ballot: exactly those left undecided, as often as the rules allow, counts kept apart."""

import pytest
from tests.factories import pack_text
from tests.jury_cast import close_ballot, make_jury, open_ballot, open_round

from zhuoyue.domain.review.actions import jury
from zhuoyue.domain.review.enums import Choice
from zhuoyue.domain.review.models import Meeting, VoteCast
from zhuoyue.domain.review.queries.jury import (
    counts_of,
    has_voted,
    may_go_on,
    on_ballot,
    rounds_left,
    rounds_of,
    turnout,
    undecided_of,
    voted_in,
)
from zhuoyue.domain.review.rules import VOTE
from zhuoyue.kernel import access
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.flow import MoveError

pytestmark = pytest.mark.django_db
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


def vote(cast, *rows):
    """Each member's choices, one for each candidate on the ballot."""
    ballot = [entry.application_id for entry in on_ballot(cast.meeting)]
    for who, choices in zip(cast.members, rows, strict=False):
        jury.cast_vote(by=who, meeting=cast.meeting, choices=dict(zip(ballot, choices, strict=True)))
    close_ballot(by=cast.chair, meeting=cast.meeting)


def opened(**given):
    """A ballot that is open; `applications` in the order of the paper."""
    cast = make_jury(**given)
    cast.applications.sort(key=lambda application: application.number)
    open_ballot(by=cast.chair, meeting=cast.meeting)
    return cast


@pytest.fixture
def split():
    """The first candidate is carried; on the second, two for, two against, one abstains."""
    cast = opened()
    vote(cast, (FOR, FOR), (FOR, FOR), (FOR, AGAINST), (FOR, AGAINST), (FOR, ABSTAIN))
    return cast


def again(cast, by=None):
    open_round(by=by or cast.chair, meeting=cast.meeting)


def test_only_the_undecided_are_voted_on_again_and_counts_stay_apart(split):
    first, second = (application.pk for application in split.applications)
    assert undecided_of(split.meeting) == {second}
    assert may_go_on(split.meeting)
    again(split)
    assert [entry.application_id for entry in on_ballot(split.meeting)] == [second]
    vote(split, (FOR,), (FOR,), (FOR,), (FOR,), (AGAINST,))
    counts = {count.application: count for count in counts_of(split.meeting)}
    assert (counts[first].in_favour, counts[first].round) == (5, 1)
    assert (counts[second].in_favour, counts[second].round, counts[second].carried) == (4, 2, True)
    one, two = rounds_of(split.meeting)
    assert [(count.in_favour, count.against, count.abstained) for count in one.counts] == [(5, 0, 0), (2, 2, 1)]
    assert [count.application for count in two.counts] == [second]
    given = [sum(count.in_favour + count.against + count.abstained for count in each.counts) for each in (one, two)]
    assert given == [10, 5]
    counted = AuditEvent.objects.filter(verb="review.counted").order_by("sequence")
    assert [event.data["round"] for event in counted] == [1, 2]
    split.decide(0, 1)


def test_everyone_votes_anew_and_once(split):
    again(split)
    who = split.members[1]
    assert (turnout(split.meeting), has_voted(split.meeting, who), voted_in(who)) == (0, False, set())
    second = split.applications[1].pk
    jury.cast_vote(by=who, meeting=split.meeting, choices={second: FOR})
    assert voted_in(who) == {split.meeting.pk}
    with pytest.raises(RefusedError, match="已经投过票"):
        jury.cast_vote(by=who, meeting=split.meeting, choices={second: FOR})
    assert not access.allowed(VOTE, who, split.meeting)
    with pytest.raises(jury.BallotError, match="每一份申报"):
        jury.cast_vote(by=split.members[2], meeting=split.meeting, choices=split.choices(split.members[2]))


def test_the_quorum_is_the_same(split):
    again(split)
    jury.cast_vote(by=split.members[0], meeting=split.meeting, choices={split.applications[1].pk: FOR})
    with pytest.raises(jury.BallotError, match="法定人数"):
        close_ballot(by=split.chair, meeting=split.meeting)


def test_no_way_leads_from_a_count_to_a_voter():
    names = {field.name for field in VoteCast._meta.get_fields()}
    assert names == {"id", "meeting", "seat", "round"}


def test_the_rules_say_how_often(split):
    assert rounds_left(split.meeting) == 1
    again(split)
    with pytest.raises(MoveError):
        again(split)
    vote(split, (FOR,), (FOR,), (AGAINST,), (AGAINST,), (ABSTAIN,))
    assert not may_go_on(split.meeting)
    with pytest.raises(jury.BallotError, match="轮次已经用完"):
        again(split)


def test_what_is_clear_is_not_voted_on_again():
    cast = make_jury()
    cast.vote_all(against=4)
    assert undecided_of(cast.meeting) == set()
    with pytest.raises(jury.BallotError, match="没有需要再投"):
        again(cast)


def test_what_is_set_down_stays(split):
    split.decide(0)
    with pytest.raises(jury.BallotError, match="决定已经登记"):
        again(split)


def test_the_seats_are_counted_again(split):
    jury.unseat_member(by=split.by, seat=split.stage.cycle.seats.get(person=split.members[4]))
    with pytest.raises(jury.BallotError, match="至少5人"):
        again(split)


def test_only_the_chair_and_the_office_open_it(split):
    for who in (split.members[1], split.auditor):
        with pytest.raises(RefusedError):
            again(split, by=who)
    again(split, by=split.by)
    assert Meeting.objects.get().round == 2


PLACES = "    at_most: 10\n    may_stay_vacant: true\n"


def with_places():
    text = pack_text()
    assert PLACES in text
    return text.replace(PLACES, PLACES.replace("10", "2"))


def test_a_tie_for_the_last_place_is_voted_on_again():
    cast = opened(applications=3, text=with_places())
    vote(cast, *([(FOR, FOR, FOR)] * 4), (FOR, AGAINST, AGAINST))
    assert undecided_of(cast.meeting) == {application.pk for application in cast.applications[1:]}


def test_more_votes_take_the_last_place():
    cast = opened(applications=3, text=with_places())
    vote(cast, *([(FOR, FOR, FOR)] * 4), (FOR, FOR, AGAINST))
    assert undecided_of(cast.meeting) == set()
