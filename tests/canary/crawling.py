"""Going wherever links lead, and reading whatever comes: headers, pages, PDF, tables, archives, and their metadata."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote, urljoin, urlsplit

import pypdfium2
import time_machine

from access.asking import NONCES, Quiet
from canary.forms import UUID, Form, forms_in
from zhuoyue.kernel import sealed

LINK = re.compile(r"""(?:href|hx-get)=["']([^"'#]+)""")
WORD = re.compile(r"QZX\d{5}W")
NUMBER = re.compile(r"(?<![\d.])\d\d\.\d\d(?![\d.])")
STARTS = ("/account/home/", "/", "/apply/", "/recommend/", "/expert/", "/jury/", "/office/")
MOST_PAGES = 700
MOST_OF_ONE_PATH = 3
MOST_OF_ONE_FORM = 2
LEFT_OUT = re.compile(r"^/(static|account/(sign-out|password|second-factor|sign-in|sign-up))")
STARTED = datetime.now(UTC)
CODE = sealed.new_code()


@dataclass
class Journey:
    """What a principal met. `seen`: token -> the first address that showed it; `answers`: address -> what it said.

    `forms`: (address, form) as pages showed them, at most a few of one kind.
    """

    seen: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    forms: list[tuple[str, Form]] = field(default_factory=list)

    def read(self, url: str, text: str) -> None:
        for token in tokens_in(text):
            self.seen.setdefault(token, url)

    def keep_forms(self, url: str, text: str, kinds: Counter[tuple[str, ...]]) -> None:
        for form in forms_in(text):
            place = urljoin(url, unescape(form.action)) if form.action else url
            if not own(place):
                continue
            kind = (form.method, UUID.sub("", urlsplit(place).path), *form.names)
            kinds[kind] += 1
            if kinds[kind] <= MOST_OF_ONE_FORM:
                self.forms.append((own(place), form))


@contextmanager
def still() -> Iterator[None]:
    """The clock of the machine stands, and the page of a counting code offers one code.

    Pages and workbooks say when they were made; a code is new each time the page is opened.
    """
    with time_machine.travel(STARTED, tick=False), patch.object(sealed, "new_code", lambda: CODE):
        yield


def crawl(client: Quiet) -> Journey:
    journey = Journey()
    waiting = deque(STARTS)
    known = set(STARTS)
    paths: Counter[str] = Counter()
    kinds: Counter[tuple[str, ...]] = Counter()
    while waiting and len(journey.answers) < MOST_PAGES:
        url = waiting.popleft()
        paths[urlsplit(url).path] += 1
        if paths[urlsplit(url).path] > MOST_OF_ONE_PATH:
            continue
        response, body = get(client, url)
        journey.answers[url] = answer(response, body)
        if response.status_code >= 500:
            journey.faults.append(f"{url}: {response.status_code}")
        text = text_of(body)
        journey.read(url, f"{headers_of(response)}\n{text}")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            journey.keep_forms(url, text, kinds)
        for link in [*LINK.findall(text), response.headers.get("Location", "")]:
            target = own(urljoin(url, unescape(link)))
            if link and target and target not in known:
                known.add(target)
                waiting.append(target)
    return journey


def get(client: Quiet, url: str) -> tuple[Any, bytes]:
    response = client.get(url)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def tokens_in(text: str) -> set[str]:
    """Words, ids and numbers that may be somebody's secret."""
    return {token for kind in (WORD, UUID, NUMBER) for token in kind.findall(text)}


def headers_of(response: Any) -> str:
    """File names among them, as people read them."""
    return "\n".join(f"{name}: {unquote(value)}" for name, value in sorted(response.items()))


def answer(response: Any, body: bytes) -> str:
    """Status, headers, length and every byte, but for what differs from one request to the next."""
    said = headers_of(response).encode() + NONCES.sub(rb"\1", body)
    return f"{response.status_code} {len(said)} {sha256(said).hexdigest()}"


def own(target: str) -> str:
    parts = urlsplit(target)
    if parts.scheme not in ("", "http") or parts.netloc not in ("", "testserver") or LEFT_OUT.match(parts.path):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def text_of(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(body)
        words = [page.get_textpage().get_text_range() for page in pages]
        return "\n".join([*words, *pages.get_metadata_dict().values(), body.decode("latin-1")])
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return body.decode("utf-8", "replace")
