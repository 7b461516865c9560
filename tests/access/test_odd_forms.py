"""Every form, given what it does not expect: words come back, never a fault of the server, and nothing typed is lost.

The names are those that the house reads when the form arrives, by a field or by hand, and those that its page shows.
What the page filled in stays, so that an odd value reaches the action behind the form and not only its first field.
"""

from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from access.addresses import addresses
from access.asking import Asker
from access.policy import expected
from access.principals import PRINCIPALS
from access.rows import MAY, TOLD
from access.things import places

pytestmark = pytest.mark.django_db
SENDING = {"csrfmiddlewaretoken", "once"}
REFUSED = {409, 422, 429}
SPACING = 3  # every third name is odd at once, the others are as the page filled them
STEP = 3  # a third of the values at one address, another third at the next
ODD = (
    "9" * 5000,
    "９" * 5000,
    "１２",
    "٣",
    "²",
    "-1",
    "-99999999999999999999",
    "2147483648",
    "99999999999999999999",
    "1e999999999",
    "1E400",
    "NaN",
    "98，5",
    "a\x00b\ufffe",
    "\ud800",
    "上\u200b\u202e海\n",
    "\u200b",
    "9999-12-31",
    "0001-01-01",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "0000-00-00",
    "00000000-0000-0000-0000-000000000000",
    '{"a": [1, null]}',
    "x" * 3000,
)
LONGEST = ODD[0]
TYPED = "写了很久的一段话"
BROKEN = {
    "empty.pdf": b"",
    "假.docx": b"PK\x03\x04 no archive at all",
    "a\u202efdp.exe": b"MZ\x90\x00",
    "../../etc/passwd": b"%PDF-1.7\nnothing of a document",
    "table.xlsx": b"PK\x05\x06" + b"\0" * 18,
    "数.csv": b"\xff\xfe\x00\xd8,\x00",
    "x" * 300 + ".png": b"\x89PNG\r\n\x1a\n",
}


class Controls(HTMLParser):
    """Name -> what the page filled in, of all its forms that write; which take files, and which long texts."""

    def __init__(self, page):
        super().__init__()
        self.found, self.files, self.texts, self.writes, self.name = {}, [], [], False, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.writes = attrs.get("method") == "post"
        name = attrs.get("name")
        if not self.writes or (name is None and tag != "option"):
            return
        if tag == "input" and attrs.get("type") == "file":
            self.files.append(name)
        elif tag == "input" and (attrs.get("type") not in {"radio", "checkbox"} or "checked" in attrs):
            self.found[name] = attrs.get("value") or ""
        elif tag in {"textarea", "select"}:
            self.found[name], self.name = "", name
            if tag == "textarea":
                self.texts.append(name)
        elif tag == "option" and self.name and not self.found[self.name]:
            self.found[self.name] = attrs.get("value") or ""

    def handle_data(self, data):
        if self.name and self.lasttag == "textarea":
            self.found[self.name] += data

    def handle_endtag(self, tag):
        if tag in {"textarea", "select"}:
            self.name = None


def filled(name, value):
    if value.strip():
        return value
    return "2026-06-30" if name.endswith(("_on", "since", "until")) else "x@example.invalid" if "mail" in name else "12"


@pytest.fixture(scope="module")
def asker(world):
    return Asker(world.people)


@pytest.fixture(autouse=True)
def _unlimited(settings):
    settings.VISITOR_RATE_LIMITS = {}


def send(asker, principal, url, data):
    body = urlencode(data, errors="surrogatepass", doseq=True)
    with transaction.atomic():
        answer = asker.clients[principal].generic("POST", url, body, "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer


@pytest.fixture
def read(monkeypatch):
    """The names that the house looks up in what is sent to it."""
    names = set()

    def watch(name):
        plain = getattr(MultiValueDict, name)

        def looked_up(self, key, *rest):
            names.add(key)
            return plain(self, key, *rest)

        monkeypatch.setattr(MultiValueDict, name, looked_up)

    for name in ("__getitem__", "__contains__", "getlist"):
        watch(name)
    return names


def writing():
    return [pytest.param(address, id=address.name) for address in addresses() if "POST" in address.declared.methods]


@pytest.mark.parametrize("address", writing())
def test_no_value_of_a_form_makes_a_fault(address, world, asker, read, record_property):
    url, principal = _place(address, world)
    base, page = _base(asker, principal, url, read)
    shift = addresses().index(address)
    asked = 0
    for trial in _trials([*base], shift % STEP):
        answer = send(asker, principal, url, {**base, **trial})
        asked += 1
        assert answer.status_code < 500, f"POST {url} as {principal}: {_shown(trial)}"
        if answer.status_code in REFUSED:
            _nothing_is_lost(answer, {**base, **trial}, page.texts, f"POST {url} as {principal}: {_shown(trial)}")
    asked += _with_files(asker, principal, url, base, page.files)
    record_property("odd forms", asked)


def _shown(trial):
    return {name: str(value)[:40] for name, value in trial.items()}


def _trials(names, shift):
    for turn in range(shift, len(ODD), STEP):
        yield {
            name: ODD[(turn + place) % len(ODD)]
            for place, name in enumerate(names)
            if place % SPACING == turn % SPACING
        }
    yield from ({name: ""} for name in names[:6])
    yield {name: [TYPED, "2", "-1"] for name in names}  # a list where one is expected
    yield dict.fromkeys(names, LONGEST)
    yield {}


def _nothing_is_lost(answer, sent, texts, about):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    page = body.decode("utf-8", "replace")
    for name in texts:
        if sent.get(name) == TYPED:
            assert escape(TYPED) in page, f"{about}: {name} is lost"


def _with_files(asker, principal, url, base, names):
    """Broken files, and words where a file is expected."""
    for name, content in BROKEN.items() if names else ():
        data = dict(base)
        for field in names:
            data[field] = BytesIO(content)
            data[field].name = name
        with transaction.atomic():
            answer = asker.clients[principal].post(url, data)
            transaction.set_rollback(True)
        assert answer.status_code < 500, f"POST {url} as {principal}: {name}"
    if names:
        assert send(asker, principal, url, {**base, **dict.fromkeys(names, "a word")}).status_code < 500
    return (len(BROKEN) + 1) if names else 0


def _base(asker, principal, url, read):
    """Whatever the form takes, filled as its page fills it, or plausibly."""
    page = asker.ask(principal, "GET", url)
    controls = Controls(page.body.decode("utf-8", "replace") if page.status_code == 200 else "")
    read.clear()
    send(asker, principal, url, {})
    names = {**dict.fromkeys(sorted(read - set(controls.files)), ""), **controls.found}
    base = {name: filled(name, value) for name, value in names.items() if name not in SENDING}
    return {**base, **dict.fromkeys(controls.texts, TYPED)}, controls


def _place(address, world):
    """The first thing of the address that somebody may write to, and who; else whom it tells why not."""
    fallback = None
    for thing, kwargs in places(address, world):
        for principal in reversed(PRINCIPALS):
            answer = expected(address.declared.permission, principal, thing)
            if answer is MAY:
                return address.url(kwargs), principal
            if answer is TOLD:
                fallback = address.url(kwargs), principal
    return fallback or pytest.fail("there is nothing to write to")
