"""The id of something else behind an object of one's own answers as an id of nothing, to the byte.

Every address with a second parameter is asked about every value of it that the world holds and that is no part of the
thing: of another cycle, another programme, another dossier, another person.
"""

import uuid

import pytest

from access.addresses import addresses
from access.asking import Asker, bytes_of
from access.kinds import Part
from access.policy import DEEDS, FORMS, expected
from access.principals import concerned
from access.rows import MAY, TOLD
from access.things import foreign, parts_of, places

pytestmark = pytest.mark.django_db
NOTHING = "Z9"


@pytest.fixture(scope="module")
def asker(world):
    return Asker(world.people)


def answering():
    """Addresses that name a part of something, and the ways they take."""
    for address in addresses():
        if any(isinstance(part, Part) for part in parts_of(address).values()):
            for method in address.declared.methods:
                yield pytest.param(address, method, id=f"{address.name}-{method}")


@pytest.mark.parametrize(("address", "method"), answering())
def test_the_part_of_something_else_is_not_there(address, method, world, asker, record_property):
    whole = {thing.name: kwargs for thing, kwargs in places(address, world)}
    asked, wrong = 0, []
    for thing, name, values in foreign(address, world):
        if thing.name not in whole:
            continue
        assert values, f"nothing but its own {name}s in the whole world"
        for principal in concerned(thing):
            if expected(address.declared.permission, principal, thing) in (MAY, TOLD):
                wrong += _told(asker, principal, method, address, thing, whole[thing.name], name, values)
                asked += len(values)
    record_property("second ids", asked)
    assert asked
    assert not wrong, "\n".join(wrong)


def _told(asker, principal, method, address, thing, kwargs, name, values):
    nothing = _absent(kwargs[name])
    url = address.url({**kwargs, name: nothing})
    response = asker.ask(principal, method, url)
    if response.status_code not in _refusals(address, method, principal, thing):
        yield f"{method} {url} as {principal}: {response.status_code} for a {name} that does not exist"
    wanted = bytes_of(response, url)
    for value in values:
        url = address.url({**kwargs, name: value})
        response = asker.ask(principal, method, url)
        if bytes_of(response, url) != wanted:
            yield f"{method} {url} as {principal} on {thing.name}: {response.status_code}, {name} of something else"


def _absent(value):
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    return 999 if isinstance(value, int) else NOTHING


def _refusals(address, method, principal, thing):
    """What stands against the page or its deed is said before anything is looked for."""
    if expected(address.declared.permission, principal, thing) is TOLD:
        return {403}
    deed = DEEDS.get(address.name)
    shut = deed and (method == "POST" or address.name in FORMS) and expected(deed, principal, thing) is TOLD
    return {404, 403} if shut else {404}
