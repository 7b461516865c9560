"""Everyone goes everywhere: nobody meets a word that is not for them, and every kind of word is met by somebody."""

import pytest

from access.principals import PRINCIPALS
from canary.conftest import INSIDE, client_of, shard
from canary.crawling import WORD, get, text_of
from canary.tokens import QUIET, allowed
from zhuoyue.kernel.models import OutboxMail

pytestmark = pytest.mark.django_db
together = pytest.mark.xdist_group("canary-inside")


@pytest.mark.parametrize("principal", map(shard, PRINCIPALS))
def test_nobody_meets_a_word_that_is_not_for_them(told, journey_of, principal, record_property):
    world, dictionary = told
    journey = journey_of(principal)
    leaks = [
        f"{word.kind} {token} {[str(about) for about in word.about]} at {url}"
        for token, url in journey.seen.items()
        if token in dictionary.words and principal not in allowed(world, word := dictionary.words[token])
    ]
    record_property("answers read", len(journey.answers))
    record_property("leaks", len(leaks))
    assert journey.faults == []
    assert not leaks, "\n".join(leaks)


@together
def test_a_document_that_is_drawn_is_read_too(told):
    """Elsewhere documents are read before they are drawn."""
    world, dictionary = told
    application = world.applications["a-sent"]
    _response, body = get(client_of(world, "owner"), f"/apply/applications/{application.pk}/document.pdf")
    assert body.startswith(b"%PDF")
    assert application in {about for token in WORD.findall(text_of(body)) for about in dictionary.words[token].about}


@together
def test_no_letter_carries_a_word_that_is_not_for_its_reader(told):
    world, dictionary = told
    readers = {person.email: principal for principal, person in world.people.items() if person is not None}
    leaks = []
    for letter in OutboxMail.objects.all():
        for token in WORD.findall(letter.subject + letter.text):
            word = dictionary.words[token]
            reader = readers.get(letter.to)
            if word.kind != "专家姓名" and reader in PRINCIPALS and reader not in allowed(world, word):
                leaks.append(f"{word.kind} to {reader}: {letter.subject}")
    assert not leaks, "\n".join(leaks)


@together
def test_every_kind_of_word_is_met_by_somebody(told, journey_of, record_property):
    _world, dictionary = told
    met = {token for principal in INSIDE for token in journey_of(principal).seen} & set(dictionary.words)
    record_property("words", len(dictionary.words))
    record_property("words met", len(met))
    kinds = {word.kind for word in dictionary.words.values()} - QUIET
    assert kinds - {dictionary.words[token].kind for token in met} == set()


@together
def test_a_word_in_the_wrong_place_would_be_noticed(told, journey_of):
    """What one applicant meets, held to what the other may meet, is full of leaks."""
    world, dictionary = told
    known = set(journey_of("owner").seen) & set(dictionary.words)
    foreign = [token for token in known if "stranger" not in allowed(world, dictionary.words[token])]
    assert {dictionary.words[token].kind for token in foreign} > {"材料号", "申报号"}
