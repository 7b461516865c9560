"""What a form, a search and a filter answer: no secret in it, and of what is hidden the same as of nothing."""

import uuid
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import resolve

from access.asking import NONCES
from access.principals import PRINCIPALS
from canary.conftest import client_of, shard
from canary.crawling import NUMBER, get, headers_of, still, text_of, tokens_in
from canary.forms import UUID, WRITTEN
from canary.tokens import allowed

pytestmark = pytest.mark.django_db
MOST_OF_ONE_VIEW = 3
MOST_IDS = 4
SENSELESS = "QZX99999W"


class Reader:
    """One principal, what they may not meet, and what was found where it should not be."""

    def __init__(self, world, dictionary, principal):
        self.words = dictionary.words
        self.client = client_of(world, principal)
        self.forbidden = [word for word in self.words.values() if principal not in allowed(world, word)]
        self.hidden = {word.token for word in self.forbidden}
        self.wrong, self.asked = [], 0

    def post(self, url, data, sent=""):
        """The answer, with `sent` and the keys of the moment taken out; whatever was done is taken back."""
        with transaction.atomic():
            response = self.client.post(url, data)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return self.judged(f"POST {url}", response, body, sent)

    def ask(self, url, sent):
        response, body = get(self.client, url)
        return self.judged(f"GET {url}", response, body, sent)

    def judged(self, said, response, body, sent):
        self.asked += 1
        headers = headers_of(response)
        leaks = (tokens_in(f"{headers}\n{text_of(body)}") & self.hidden) - {sent}
        self.wrong += [f"{said}: {response.status_code} shows {self.words[token].kind} {token}" for token in leaks]
        if response.status_code >= 500:
            self.wrong.append(f"{said}: {response.status_code}")
        told = "\n".join(line for line in headers.splitlines() if not line.startswith("Content-Length"))
        told += NONCES.sub(rb"\1", body).decode("utf-8", "replace")
        return response.status_code, told.replace(sent, "?").replace(sent.upper(), "?") if sent else told


@pytest.fixture
def reader_of(told):
    return lambda principal: Reader(*told, principal)


@pytest.mark.parametrize("principal", map(shard, PRINCIPALS))
def test_no_form_tells_what_it_should_not(journey_of, reader_of, principal, record_property):
    """As it stands, filled in, and with ids of what is hidden: those must answer as ids of nothing do."""
    reader = reader_of(principal)
    by_kind = {kind: [word.token for word in reader.forbidden if word.kind == kind] for kind in _kinds(reader)}
    views = Counter()
    with still():
        for url, form in journey_of(principal).forms:
            view = resolve(url.partition("?")[0]).view_name
            views[view, form.names] += 1
            if form.method == "post" and views[view, form.names] <= MOST_OF_ONE_VIEW:
                reader.post(url, form.as_it_stands())
                reader.post(url, form.filled_in())
                _swap(reader, url, form, by_kind)
    record_property("forms posted", reader.asked)
    record_property("leaks", len(reader.wrong))
    assert not reader.wrong, "\n".join(reader.wrong)


def _kinds(reader):
    return {word.kind for word in reader.forbidden if UUID.fullmatch(word.token)}


def _swap(reader, url, form, by_kind):
    for name, known in form.ids():
        kind = reader.words[known].kind if known in reader.words else ""
        foreign = by_kind.get(kind, [])[:MOST_IDS]
        if not foreign:
            continue
        nothing = str(uuid.uuid4())
        wanted = reader.post(url, {**form.filled_in(), name: [nothing]}, nothing)
        for key in foreign:
            if reader.post(url, {**form.filled_in(), name: [key]}, key) != wanted:
                reader.wrong.append(f"POST {url}: {name}={key} ({kind}) is told apart from nothing")


@pytest.mark.parametrize("principal", map(shard, PRINCIPALS))
def test_no_search_or_filter_knows_a_hidden_word(journey_of, reader_of, principal, record_property):
    reader = reader_of(principal)
    asked = {}
    for word in reader.forbidden:
        asked.setdefault((word.kind, str(word.about[0])[:40]), word.token)
    samples = {kind: token for (kind, _about), token in asked.items()}
    with still():
        if principal != "visitor":
            _ask(reader, "/find/", "q", asked.values())
        for url, form in journey_of(principal).forms:
            if form.method == "get":
                for entry in form.fields:
                    if entry.kind in WRITTEN:
                        _ask(reader, url.partition("?")[0], entry.name, samples.values())
    record_property("questions asked", reader.asked)
    record_property("leaks", len(reader.wrong))
    assert not reader.wrong, "\n".join(reader.wrong)


def _ask(reader, place, name, tokens):
    """A hidden word finds what a word of no meaning finds."""
    senseless = {}
    for token in tokens:
        nothing = _nothing_like(token)
        if nothing not in senseless:
            senseless[nothing] = reader.ask(f"{place}?{urlencode({name: nothing})}", nothing)
        if reader.ask(f"{place}?{urlencode({name: token})}", token) != senseless[nothing]:
            reader.wrong.append(f"GET {place}?{name}={token} finds something ({reader.words[token].kind})")


def _nothing_like(token):
    """Of the same make, and nobody's. An id begins alike: a page may say the beginning again."""
    if UUID.fullmatch(token):
        return f"{token[:-4]}0000"
    return "99.99" if NUMBER.fullmatch(token) else SENSELESS


@pytest.mark.parametrize("principal", map(shard, ("leader", "unassigned", "stranger", "officer", "other-secretary")))
def test_no_search_finds_more_than_the_pages_show(told, journey_of, reader_of, principal):
    """What is no secret in itself, a year, a place, a number, leads to nothing that is one."""
    world, _words = told
    reader = reader_of(principal)
    numbers = [application.number for application in world.applications.values() if application.number]
    common = ["2021", "有限公司", "甲申", "乙酉", "example.org", "QZX", *numbers]
    for text in common:
        reader.ask(f"/find/?{urlencode({'q': text})}", "")
    assert not reader.wrong, "\n".join(reader.wrong)
