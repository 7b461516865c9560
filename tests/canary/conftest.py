"""The world of the questions of access, with a word of its own in every text, and everyone's way through it."""

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from access.asking import Quiet
from access.counting import counted_by
from access.standing import folders, no_log, standing
from canary.crawling import crawl, still


@pytest.fixture(autouse=True)
def _files_of_the_world(settings, _own_files):
    for name, place in folders().items():
        setattr(settings, name, place)


@pytest.fixture(scope="module", autouse=True)
def _quiet():
    with no_log():
        yield


@pytest.fixture
def undrawn(monkeypatch):
    """The words of a document before they are drawn: none is drawn that is not there."""
    words = lambda request, template, context: render_to_string(template, context, request).encode()  # noqa: E731 - as short as what it stands for
    monkeypatch.setattr("zhuoyue.web.shared.pdf.render_pdf", words)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """(world, its dictionary)."""
    with django_db_blocker.unblock(), standing() as told:
        yield told


@pytest.fixture(scope="session")
def journeys():
    """Principal -> where it came and what it met there; each goes once."""
    return {}


@pytest.fixture
def journey_of(told, journeys, undrawn, db):
    world, _words = told

    def go(principal):
        if principal not in journeys:
            # a report that was opened counts as read: the next to ask finds the world as it was
            with still(), transaction.atomic():
                journeys[principal] = crawl(client_of(world, principal))
                transaction.set_rollback(True)
        return journeys[principal]

    return go


INSIDE = ("owner", "officer", "secretary", "leader", "expert", "chair", "recused")


def shard(principal):
    """Journeys of one principal are kept by one worker: whoever has a part in it on one, all others on another."""
    group = "canary-inside" if principal in INSIDE else "canary-outside"
    return pytest.param(principal, marks=pytest.mark.xdist_group(group))


def client_of(world, principal):
    client = Quiet(raise_request_exception=False)
    if world.people[principal] is not None:
        client.force_login(world.people[principal])
    return client


def pytest_terminal_summary(terminalreporter):
    counted = counted_by(terminalreporter)
    if counted["answers read"]:
        words = f"{counted['words']:,} words, {counted['words met']:,} met"
        answers = f"{counted['answers read']:,} answers read, {counted['leaks']:,} leaks"
        forms = f"{counted['forms posted']:,} forms posted, {counted['questions asked']:,} questions asked"
        pairs = f"{counted['answers compared']:,} pairs of answers of two worlds compared"
        terminalreporter.line(f"canary: {words}, {answers}; {forms}; {pairs}")
