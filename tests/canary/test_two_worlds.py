"""Two worlds that differ only in what must not be known yet give the same answers, to the byte."""

import pytest
from django.db import transaction

from canary.ballots import turn_against_everybody
from canary.conftest import client_of
from canary.crawling import answer, get, still
from zhuoyue.domain.judging.models import ItemScore, ScoreEntry
from zhuoyue.domain.review.models import SealedVote

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("canary-inside")]


@pytest.fixture
def telling(told, journey_of, record_property):
    """Addresses whose answer tells the two worlds apart."""
    world, _words = told

    def compare(principals, change):
        found, compared = [], 0
        for principal in principals:
            before = journey_of(principal).answers
            client = client_of(world, principal)
            with still(), transaction.atomic():
                change()
                found += [f"{principal}: {url}" for url, said in before.items() if answer(*get(client, url)) != said]
                transaction.set_rollback(True)
            compared += len(before)
        record_property("answers compared", compared)
        return found

    return compare


def test_one_world_asked_twice_says_the_same(telling):
    """Else no difference would mean anything."""
    assert telling(("leader", "owner", "visitor"), lambda: None) == []


def test_the_count_of_an_open_ballot_shows_nowhere(told, telling):
    world, _words = told
    meeting = world.plays["voting"].meeting

    own = [world.people["chair"], world.people["juror"]]  # whose page shows the receipt of the own vote

    def turn():
        turn_against_everybody(SealedVote.objects.filter(key__meeting=meeting).exclude(seat__person__in=own))

    assert telling(("chair", "juror", "secretary", "auditor", "owner", "visitor"), turn) == []


def test_an_examiners_scores_show_to_nobody_of_the_team_or_outside_before_consensus(told, telling):
    world, _words = told
    book = world.pairs["leader-review"].scorebook

    def turn():
        ItemScore.objects.filter(scorebook=book).update(value=15, strengths=["别的优势"], gaps=[])
        ScoreEntry.objects.filter(scorebook=book).update(value=15)

    outside = ("expert", "b-leader", "conflicted", "ended", "owner", "officer", "chair", "visitor")
    assert telling(outside, turn) == []


def test_a_difference_that_may_be_known_is_noticed(told, telling):
    world, _words = told
    book = world.pairs["leader-review"].scorebook

    def turn():
        ItemScore.objects.filter(scorebook=book).update(value=15)

    assert telling(("leader",), turn) != []
