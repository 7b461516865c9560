"""Many at once on one ballot: each vote counts once, none slips in behind the count, recusals end with the opening."""

import pytest
from django.db import OperationalError
from tests.at_once import at_once
from tests.jury_cast import codes_of, make_jury, open_ballot

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.review.actions import jury
from zhuoyue.domain.review.models import Recusal, SealedVote, VoteCast
from zhuoyue.domain.review.queries.jury import meeting_by_id
from zhuoyue.kernel.access import RefusedError

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return make_jury(members=7)


def voting(cast, who):
    key, choices = cast.meeting.pk, cast.choices(who)
    return lambda: jury.cast_vote(by=Person.objects.get(pk=who.pk), meeting=meeting_by_id(key), choices=choices) or "in"


def test_one_member_voting_six_times_at_once_votes_once(cast):
    open_ballot(by=cast.chair, meeting=cast.meeting)
    answers = at_once(*(voting(cast, cast.members[1]) for _turn in range(6)))
    assert answers.count("in") == 1
    assert all(answer == "in" or isinstance(answer, RefusedError) for answer in answers)
    assert SealedVote.objects.count() == VoteCast.objects.count() == 1


def test_votes_arrive_before_the_count_or_are_refused(cast):
    open_ballot(by=cast.chair, meeting=cast.meeting)
    for who in cast.members[:5]:
        cast.vote(who)
    codes, key = codes_of(cast.meeting), cast.meeting.pk

    def close():
        chair = Person.objects.get(pk=cast.chair.pk)
        return jury.close_ballot(by=chair, meeting=meeting_by_id(key), codes=codes)

    answers = at_once(voting(cast, cast.members[5]), close, voting(cast, cast.members[6]), close)
    arrived = 5 + answers.count("in")
    counted = [answer for answer in answers if isinstance(answer, list)]
    assert len(counted) == 1
    assert {count.in_favour for count in counted[0]} == {arrived}
    assert VoteCast.objects.count() == arrived
    assert not SealedVote.objects.exists()


def test_a_log_that_cannot_be_emptied_leaves_the_count_as_acknowledged(cast, monkeypatch):
    def locked():
        raise OperationalError("database table is locked")

    monkeypatch.setattr("zhuoyue.kernel.durability.empty_log", locked)
    open_ballot(by=cast.chair, meeting=cast.meeting)
    for who in cast.members:
        cast.vote(who)
    counts = jury.close_ballot(by=cast.chair, meeting=cast.meeting, codes=codes_of(cast.meeting))
    assert {count.in_favour for count in counts} == {7}


def test_recusals_stand_before_the_opening_or_are_refused(cast):
    first, key = cast.applications[0], cast.meeting.pk

    def recusing(who):
        def deed():
            by = Person.objects.get(pk=who.pk)
            return jury.recuse(by=by, meeting=meeting_by_id(key), application=first, reason="亲属").pk

        return deed

    def opening():
        return open_ballot(by=Person.objects.get(pk=cast.chair.pk), meeting=meeting_by_id(key)) or "open"

    answers = at_once(recusing(cast.members[1]), opening, recusing(cast.members[2]), opening)
    assert answers.count("open") == 1
    recused = set(Recusal.objects.values_list("seat__person", flat=True))
    for who in cast.members:
        cast.vote(who)
    counts = jury.close_ballot(by=cast.chair, meeting=cast.meeting, codes=codes_of(cast.meeting))
    by_application = {count.application: count.in_favour for count in counts}
    assert by_application[first.pk] == 7 - len(recused)
