"""Two worlds that differ only in what must not be known yet give the same answers, to the byte."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from access.asking import NONCES, Quiet
from canary.crawling import crawl
from zhuoyue.domain.review.models import ItemScore, ScoreEntry, Tally

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("canary")]


def client_of(world, principal):
    client = Quiet(raise_request_exception=False)
    if world.people[principal] is not None:
        client.force_login(world.people[principal])
    return client


def answers(client, urls):
    found = {}
    for url in urls:
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if not body.startswith(b"%PDF"):
            found[url] = (response.status_code, NONCES.sub(rb"\1", body))
    return found


def same(world, principals, change):
    """Addresses whose answer tells the two worlds apart, and how many were compared."""
    told, compared = [], 0
    with time_machine.travel(datetime.now(UTC), tick=False):  # pages and workbooks say when they were made
        for principal in principals:
            urls = crawl(client_of(world, principal)).visited
            before = answers(client_of(world, principal), urls)
            with transaction.atomic():
                change()
                after = answers(client_of(world, principal), urls)
                transaction.set_rollback(True)
            told += [f"{principal}: {url}" for url, answer in before.items() if answer != after[url]]
            compared += len(before)
    print(f"\ntwo worlds: {compared} pairs of answers compared")
    return told


def test_the_count_of_an_open_ballot_shows_nowhere(told):
    world, _words = told
    meeting = world.plays["voting"].meeting

    def turn():
        for row in Tally.objects.filter(meeting=meeting):
            row.count = 2 - row.count
            row.save()

    assert same(world, ("chair", "juror", "secretary", "auditor", "owner", "visitor"), turn) == []


def test_an_examiners_scores_show_to_nobody_of_the_team_or_outside_before_consensus(told):
    world, _words = told
    book = world.pairs["leader-review"].scorebook

    def turn():
        ItemScore.objects.filter(scorebook=book).update(value=15, strengths=["别的优势"], gaps=[])
        ScoreEntry.objects.filter(scorebook=book).update(value=15)

    assert (
        same(world, ("expert", "b-leader", "conflicted", "ended", "owner", "officer", "chair", "visitor"), turn) == []
    )


def test_a_difference_that_may_be_known_is_noticed(told):
    world, _words = told
    book = world.pairs["leader-review"].scorebook

    def turn():
        ItemScore.objects.filter(scorebook=book).update(value=15)

    assert same(world, ("leader",), turn) != []
