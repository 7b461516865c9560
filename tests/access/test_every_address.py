"""Every address x method x principal x thing, asked over HTTP and compared with the policy."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from access.addresses import addresses
from access.asking import METHODS, Asker, bytes_of, read
from access.policy import DEEDS, FORMS, NOT_SET_UP, POLICY, expected
from access.principals import concerned
from access.rows import HIDDEN, MAY
from access.things import places
from zhuoyue.kernel import access

pytestmark = pytest.mark.django_db
# what is refused by its method is so before anybody is looked at: a few of every kind ask it
SOME = ("visitor", "named", "nobody", "owner", "secretary", "expert")


@pytest.fixture(scope="module")
def asker(world):
    return Asker(world.people)


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


@pytest.mark.parametrize("address", [pytest.param(address, id=address.name) for address in addresses()])
def test_the_answer_is_what_the_policy_says(address, world, asker, record_property):
    asked, wrong = 0, []
    for thing, kwargs in _places(address, world):
        for principal, method in _questions(address, thing):
            asked += 1
            wrong += _ask(address, asker, principal, method, thing, kwargs)
    record_property("pairs", asked)
    record_property("disagreed", len(wrong))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_tells_of_nothing_alike(method, world, asker):
    """So that what is hidden may be held to one such answer for each face."""
    wrong = []
    for address in addresses():
        if method not in address.declared.methods or address.declared.find is None:
            continue
        thing, kwargs = next(_places(address, world))
        for principal in ("nobody", "secretary"):
            asked = (principal, method, address, thing, kwargs)
            if asker.told_of_nothing(*asked) != asker.nothing(*asked):
                wrong.append(f"{method} {address.name} as {principal}")
    assert not wrong, "\n".join(wrong)


def _places(address, world):
    """The first of them is asked about by everyone and in every way."""
    first = True
    for thing, kwargs in places(address, world):
        yield replace(thing, first=first) if thing else None, kwargs
        first = False
    assert not first, "nothing to ask about"


def _questions(address, thing):
    """Who asks in which way. All ways are tried about the first thing; HEAD, by one for each answer of GET."""
    first = thing is None or thing.first
    permission, taken = address.declared.permission, address.declared.methods
    answers = set()
    for principal in concerned(thing):
        for method in METHODS:
            if method in taken:
                yield principal, method
            elif first and (method != "HEAD" or "GET" not in taken):
                if principal in SOME:
                    yield principal, method
            elif first and (wanted := expected(permission, principal, thing)) not in answers:
                answers.add(wanted)
                yield principal, method


def _allowed(address, principal, thing, method, wanted):
    """Where a form does more than its page shows, what stands against the deed is an answer too."""
    if address.name in NOT_SET_UP and wanted is MAY:
        return {HIDDEN, MAY}
    inside = DEEDS.get(address.name)
    if wanted is not MAY or inside is None or (method != "POST" and address.name not in FORMS):
        return {wanted}
    return {wanted, expected(inside, principal, thing)}


def _ask(address, asker, principal, method, thing, kwargs):
    url = address.url(kwargs)
    wanted = expected(address.declared.permission, principal, thing)
    response = asker.ask(principal, method, url)
    said = f"{method} {url} as {principal} on {thing.name if thing else '-'}: {response.status_code}"
    if method not in address.declared.methods and not (method == "HEAD" and "GET" in address.declared.methods):
        if response.status_code != 405:
            yield f"{said}, not 405"
    elif read(response) not in _allowed(address, principal, thing, method, wanted):
        yield f"{said}, policy says: {wanted.value}"
    elif wanted is HIDDEN and bytes_of(response, url) != asker.nothing(principal, method, address, thing, kwargs):
        yield f"{said}, but the words differ from those of a thing that does not exist"
