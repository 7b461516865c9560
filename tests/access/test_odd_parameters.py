"""Every parameter of an address line, given what it does not expect: words come back, never a fault of the server.

Every address is asked with every name that the faces know, a different odd value for each, turned round a few times.
Where a name is read, every such name is then given every value; where none is, more of it would say nothing.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils.datastructures import MultiValueDict

import zhuoyue.web
from access.addresses import addresses
from access.asking import Asker
from access.policy import expected
from access.principals import PRINCIPALS
from access.rows import MAY, TOLD
from access.things import places

pytestmark = pytest.mark.django_db
TURNS = 3
# an address line is read by our own hands, a form by the fields of Django: each of those gets a third of the values,
# another third at the next address
STEP = {"GET": 1, "POST": 3}
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
    return Asker(world.people)


@pytest.fixture(scope="module")
def forbidden(world):
    """Ids that name what whoever asks here may not see."""
    return [str(world.applications["b-others"].pk), str(world.notices["draft"].pk), str(world.people["second"].pk)]


@pytest.fixture
def read(monkeypatch):
    """The names that the house looks up in what is sent to it."""
    names = set()

    def watch(of, name):
        plain = getattr(of, name)

        def looked_up(self, key, *rest):
            names.add(key)
            return plain(self, key, *rest)

        monkeypatch.setattr(of, name, looked_up)

    for name in ("__getitem__", "__contains__", "getlist"):
        watch(MultiValueDict, name)
    return names


def answering():
    """Addresses and the ways they take, but for what is drawn as a document, which reads nothing."""
    for address in addresses():
        for method in address.declared.methods:
            if not address.pattern.endswith("pdf"):
                yield pytest.param(address, method, id=f"{address.name}-{method}")


@pytest.mark.parametrize(("address", "method"), answering())
def test_no_value_makes_a_fault(address, method, world, asker, forbidden, read, record_property):
    url, principal = _place(address, world)
    values = (*ODD, *forbidden)
    shift = addresses().index(address)
    asked = 0
    for turn in range(0, len(values), STEP[method]):
        if asked == TURNS and not read & set(parameters()):
            break
        data = {name: values[(turn + number + shift) % len(values)] for number, name in enumerate(parameters())}
        line = f"{url}?{urlencode(data, errors='replace')}" if method == "GET" else url
        response = asker.ask(principal, method, line, data if method == "POST" else None)
        asked += 1
        assert response.status_code < 500, f"{method} {url} as {principal}: {_shown(data, read)}"
    record_property("odd requests", asked)


def _shown(data, read):
    return {name: value[:40] for name, value in data.items() if name in read}


def _place(address, world):
    """The first thing of the address that somebody may look at, and who; else whom it tells why not."""
    fallback = None
    for thing, kwargs in places(address, world):
        for principal in reversed(PRINCIPALS):
            answer = expected(address.declared.permission, principal, thing)
            if answer is MAY:
                return address.url(kwargs), principal
            if answer is TOLD:
                fallback = address.url(kwargs), principal
    return fallback or pytest.fail("there is nothing to look at")
