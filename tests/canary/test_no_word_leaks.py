"""Everyone goes everywhere: nobody meets a word that is not for them, and every kind of word is met by somebody."""

from collections import Counter

import pytest

from access.asking import Quiet
from access.policy import PRINCIPALS
from canary.crawling import TOKEN, crawl
from canary.tokens import QUIET, allowed
from zhuoyue.kernel.models import OutboxMail

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("canary")]


@pytest.fixture(scope="module")
def clients(told):
    world, _words = told
    found = {principal: Quiet(raise_request_exception=False) for principal in PRINCIPALS}
    for principal, client in found.items():
        if world.people[principal] is not None:
            client.force_login(world.people[principal])
    return found


@pytest.fixture(scope="module")
def journeys():
    """Filled by the first test, counted by the last."""
    return {}


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_nobody_meets_a_word_that_is_not_for_them(told, clients, journeys, principal):
    world, dictionary = told
    journey = journeys[principal] = crawl(clients[principal])
    assert journey.faults == []
    leaks = [
        f"{word.kind} {[str(about) for about in word.about]} at {url}"
        for token, url in journey.seen.items()
        if principal not in allowed(world, word := dictionary.words[token])
    ]
    assert not leaks, "\n".join(leaks)


def test_no_letter_carries_a_word_that_is_not_for_its_reader(told):
    world, dictionary = told
    readers = {person.email: principal for principal, person in world.people.items() if person is not None}
    leaks = []
    for letter in OutboxMail.objects.all():
        for token in TOKEN.findall(letter.subject + letter.text):
            word = dictionary.words[token]
            reader = readers.get(letter.to)
            if word.kind != "专家姓名" and reader in PRINCIPALS and reader not in allowed(world, word):
                leaks.append(f"{word.kind} to {reader}: {letter.subject}")
    assert not leaks, "\n".join(leaks)


def test_every_kind_of_word_is_met_by_somebody(told, journeys):
    _whole(journeys)
    _world, dictionary = told
    met = {token for journey in journeys.values() for token in journey.seen}
    kinds = {word.kind for word in dictionary.words.values()} - QUIET
    unmet = kinds - {dictionary.words[token].kind for token in met}
    pages = sum(len(journey.visited) for journey in journeys.values())
    by_kind = Counter(dictionary.words[token].kind for token in met)
    print(
        f"\ncanary: {len(dictionary.words)} words, {len(met)} met, {pages} answers read by {len(journeys)} principals"
    )
    print(f"canary: {dict(by_kind)}")
    assert unmet == set()


def test_a_word_in_the_wrong_place_would_be_noticed(told, journeys):
    """What one applicant meets, held to what the other may meet, is full of leaks."""
    _whole(journeys)
    world, dictionary = told
    foreign = [token for token in journeys["owner"].seen if "stranger" not in allowed(world, dictionary.words[token])]
    assert len(foreign) > 10


def _whole(journeys):
    if len(journeys) < len(PRINCIPALS):
        pytest.fail("the journeys come first: run the whole file")
