"""Every parameter of an address line, given what it does not expect: words come back, never a fault of the server."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest

import zhuoyue.web
from access.addresses import addresses
from access.asking import Asker
from access.parts import has_part, parts_of
from access.policy import MAY, PRINCIPALS, TOLD, expected
from access.things import FOUND_BY, way_of

pytestmark = pytest.mark.django_db
TRIED = {"requests": 0}
READ = re.compile(
    r"""GET(?:\.get|\.getlist)\(\s*["']([\w-]+)["']|GET\[["']([\w-]+)["']\]|["']([\w-]+)["'] in request\.GET"""
)
FIELDS = re.compile(r"^    (\w+) = forms\.", re.MULTILINE)
ODD = (
    "",
    "0",
    "-1",
    "²",
    "٣",
    "1e9",
    "99999999999999999999",
    "NaN",
    "None",
    "null",
    "'\"<>&;--",
    "\x00",
    "％_%\\",
    "2021-13-40",
    "9999-12-31",
    "不存在",
    "\ud7ff\U0001f600",
    "-created_at",
    "password",
    "person__password",
    "x" * 3000,
)


@cache
def parameters():
    """Whatever name the faces read from an address line, or ask for in a form."""
    found = {"page", "sort"}
    for path in Path(zhuoyue.web.__path__[0]).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= {name for names in READ.findall(text) for name in names if name}
        found |= set(FIELDS.findall(text))
    return sorted(found)


@pytest.fixture(scope="module")
def asker(world):
    yield Asker(world.people)
    print(f"\nodd parameters: {TRIED['requests']} requests, {len(parameters())} names, {len(ODD)} values")


@pytest.fixture(scope="module")
def forbidden(world):
    """Ids that name what whoever asks here may not see."""
    return [str(world.applications["b-others"].pk), str(world.notices["draft"].pk), str(world.people["second"].pk)]


def answering(method):
    """Addresses that take `method` and whose answer is made from what is asked, not drawn as a document."""
    return [
        pytest.param(address, id=address.name)
        for address in addresses()
        if method in address.declared.methods and not address.pattern.endswith("pdf")
    ]


@pytest.mark.parametrize("address", answering("GET"))
def test_no_value_in_an_address_makes_a_fault(address, world, asker, forbidden):
    url, principal = _place(address, world)
    for value in (*ODD, *forbidden):
        asked = f"{url}?{urlencode(dict.fromkeys(parameters(), value), errors='replace')}"
        _ask(asker, principal, "GET", asked, {}, value)


@pytest.mark.parametrize("address", answering("POST"))
def test_no_typed_value_makes_a_fault(address, world, asker, forbidden):
    url, principal = _place(address, world)
    for value in (*ODD, *forbidden):
        _ask(asker, principal, "POST", url, dict.fromkeys(parameters(), value), value)


def _ask(asker, principal, method, url, data, value):
    response = asker.ask(principal, method, url, data)
    TRIED["requests"] += 1
    assert response.status_code < 500, f"{method} {url[:120]} as {principal}: {value[:40]!r}"


def _place(address, world):
    """The first thing of the address that somebody may look at, and who; else whom it tells why not."""
    find = address.declared.find
    fallback = None
    for thing in FOUND_BY[way_of(find)](world) if find else [None]:
        taken = dict(thing.kwargs) if thing else {}
        kwargs = {**taken, **parts_of(address, set(taken), world, thing)}
        if None in kwargs.values() or not has_part(address, thing):
            continue
        for principal in reversed(PRINCIPALS):
            answer = expected(address.declared.permission, principal, thing)
            if answer is MAY:
                return address.url(kwargs), principal
            if answer is TOLD:
                fallback = address.url(kwargs), principal
    return fallback or pytest.fail("there is nothing to look at")
