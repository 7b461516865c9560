"""Worlds that are equal but in who reviewed, who applied, which score or which vote: nobody outside tells them apart.

Each fact is changed in every cycle at once, so that the answers of every stage are compared: application, review,
consensus, visit, jury, notice, awarded. Ids are kept: what differs is the fact alone.
"""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import F
from tests.factories import organisation

from access.principals import PRINCIPALS
from canary.ballots import turn_against_everybody
from canary.conftest import client_of, shard
from canary.crawling import answer, get, still
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.judging.models import ItemScore, ScoreEntry
from zhuoyue.domain.review.models import Assignment, Meeting, SealedVote, StageBook, VoteCast

pytestmark = pytest.mark.django_db
OFFICE = {"secretary", "second", "auditor"}
IN_REVIEW = ("review", "consensus", "visit", "voting")


def who_reviewed(world):
    """The examiner who had to bring a book of scores is another one, under the same alias."""
    Assignment.objects.filter(expert=world.experts["expert"]).update(expert=world.experts["unassigned"])


def who_applied(world):
    """Somebody else's application, word for word, in every stage before results are public."""
    other = organisation("丙戌有限公司")
    for stage in IN_REVIEW:
        chosen = Application.objects.filter(pk=world.applications[f"a-{stage}"].pk)
        Registration.objects.filter(application__in=chosen).update(organisation=other)
        chosen.update(organisation=other)


def which_score(world):
    """What examiners gave before the team agreed."""
    for stage in (*IN_REVIEW, "noticed", "ended"):
        books = StageBook.objects.filter(application=world.applications[f"a-{stage}"], assignment__isnull=False)
        own = {"scorebook__in": books.values("pk")}
        ItemScore.objects.filter(**own, value__isnull=False).update(value=F("value") / 2 + Decimal("1.11"))
        ScoreEntry.objects.filter(**own, value__isnull=False).update(value=F("value") / 2 + Decimal("1.11"))


def which_vote(world):
    """What the sealed votes say, the counts of the ballot, and which member had voted."""
    turn_against_everybody(SealedVote.objects.exclude(seat__person=world.people["juror"]))
    for meeting in Meeting.objects.exclude(result={}):
        for row in meeting.result["counts"]:
            row["for"], row["against"] = row["against"], row["for"]
        Meeting.objects.filter(pk=meeting.pk).update(result=meeting.result)
    seats = world.plays["voting"].cycle.seats
    given = VoteCast.objects.filter(meeting=world.plays["voting"].meeting, seat__person=world.people["juror-4"])
    given.update(seat=seats.get(person=world.people["juror"]))


# fact -> who may tell
TELL = {
    who_reviewed: OFFICE | {"expert", "unassigned"},
    who_applied: OFFICE
    | {"owner", "colleague", "officer", "administrator", "leader", "expert", "conflicted", "ended", "chair", "juror"}
    | {"recused"},
    which_score: OFFICE | {"leader", "expert", "ended", "conflicted", "chair", "juror", "recused"},
    which_vote: OFFICE | {"chair", "juror", "recused"},
}
BLIND = [(fact, principal) for fact, may in TELL.items() for principal in PRINCIPALS if principal not in may]


@pytest.fixture
def told_apart(told, journey_of, record_property):
    """Addresses whose answer tells a changed world from the first."""
    world, _words = told

    def compare(fact, principal):
        before = journey_of(principal).answers
        client = client_of(world, principal)
        with still(), transaction.atomic():
            fact(world)
            found = [url for url, said in before.items() if answer(*get(client, url)) != said]
            transaction.set_rollback(True)
        record_property("answers compared", len(before))
        return found

    return compare


@pytest.mark.parametrize(
    ("fact", "principal"),
    [
        pytest.param(fact, *shard(name).values, marks=shard(name).marks, id=f"{fact.__name__}-{name}")
        for fact, name in BLIND
    ],
)
def test_nobody_tells_the_worlds_apart(told_apart, fact, principal):
    assert told_apart(fact, principal) == []


@pytest.mark.xdist_group("canary-inside")
@pytest.mark.parametrize("fact", TELL)
def test_the_office_tells_them_apart(told_apart, fact):
    """Else the worlds would not differ at all."""
    if fact is which_vote:
        assert told_apart(fact, "chair") != []
    else:
        assert told_apart(fact, "secretary") != []
