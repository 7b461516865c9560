"""Every address x method x principal x thing, asked over HTTP and compared with the policy."""

import time
from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from access.addresses import addresses
from access.asking import METHODS, Asker, bytes_of, read
from access.parts import has_part, parts_of
from access.policy import DEEDS, FORMS, HIDDEN, MAY, NOT_SET_UP, POLICY, concerned, expected
from access.things import FOUND_BY, way_of
from zhuoyue.kernel import access

pytestmark = pytest.mark.django_db
ASKED = {"pairs": 0, "seconds": 0.0}


@pytest.fixture(scope="module")
def asker(world):
    yield Asker(world.people)
    print(f"\naccess: {ASKED['pairs']} pairs asked in {ASKED['seconds']:.1f} s")


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    """Who may have a document is asked here, not how it is drawn."""
    drawn = lambda request, template, context: render_to_string(template, context, request).encode()  # noqa: E731
    monkeypatch.setattr("zhuoyue.web.shared.pdf.render_pdf", drawn)


def test_every_permission_has_its_row():
    assert set(POLICY) == set(access.names())


def test_the_policy_says_which_permissions_are_put_to_visitors():
    assert {name for name, row in POLICY.items() if row.visitors} == {
        name for name in access.names() if access.is_for_visitors(name)
    }


def cases():
    """Half of the addresses for each of two workers: the world is made once for a worker, not for an address."""
    for number, address in enumerate(addresses()):
        yield pytest.param(address, id=address.name, marks=pytest.mark.xdist_group(f"access-{number % 2}"))


@pytest.mark.parametrize("address", cases())
def test_the_answer_is_what_the_policy_says(address, world, asker):
    started = time.perf_counter()
    wrong = []
    for thing, kwargs in _places(address, world):
        for principal in concerned(thing):
            wanted = expected(address.declared.permission, principal, thing)
            wrong += _ask(address, asker, principal, thing, kwargs, wanted)
    ASKED["seconds"] += time.perf_counter() - started
    assert not wrong, "\n".join(wrong)


def _places(address, world):
    """Things with the whole address of each; the first of them is asked about by everyone and in every way."""
    find = address.declared.find
    first = True
    for found in FOUND_BY[way_of(find)](world) if find else [None]:
        taken = dict(found.kwargs) if found else {}
        kwargs = {**taken, **parts_of(address, set(taken), world, found)}
        if None not in kwargs.values() and has_part(address, found):
            yield replace(found, first=first) if found else None, kwargs
            first = False
    assert not first, "nothing to ask about"


def _allowed(address, principal, thing, method, wanted):
    """Where a form does more than its page shows, what stands against the deed is an answer too."""
    if address.name in NOT_SET_UP and wanted is MAY:
        return {HIDDEN, MAY}
    inside = DEEDS.get(address.name)
    if wanted is not MAY or inside is None or (method != "POST" and address.name not in FORMS):
        return {wanted}
    return {wanted, expected(inside, principal, thing)}


def _ask(address, asker, principal, thing, kwargs, wanted):
    url = address.url(kwargs)
    first = thing is None or thing.first
    for method in METHODS:
        taken = method in address.declared.methods or (method == "HEAD" and "GET" in address.declared.methods)
        if not first and (not taken or method == "HEAD"):
            continue
        response = asker.ask(principal, method, url)
        ASKED["pairs"] += 1
        said = f"{method} {url} as {principal} on {thing.name if thing else '-'}: {response.status_code}"
        if not taken:
            if response.status_code != 405:
                yield f"{said}, not 405"
        elif read(response) not in _allowed(address, principal, thing, method, wanted):
            yield f"{said}, policy says: {wanted.value}"
        elif wanted is HIDDEN and bytes_of(response, url) != asker.nothing(principal, method, address, thing, kwargs):
            yield f"{said}, but the words differ from those of a thing that does not exist"
