"""Going wherever links lead, reading only, and reading whatever comes: pages, PDF, tables, archives."""

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
from urllib.parse import urljoin, urlsplit

import pypdfium2
import time_machine

from access.asking import NONCES, Quiet

LINK = re.compile(r"""(?:href|hx-get)=["']([^"'#]+)""")
TOKEN = re.compile(r"QZX\d{5}W")
STARTS = ("/account/home/", "/", "/apply/", "/recommend/", "/expert/", "/jury/", "/office/")
MOST_PAGES = 700
MOST_OF_ONE_PATH = 3
LEFT_OUT = re.compile(r"^/(static|account/(sign-out|password|second-factor|sign-in|sign-up))")
STARTED = datetime.now(UTC)


@dataclass
class Journey:
    """What a principal met. `seen`: token -> the first address that showed it; `answers`: address -> what it said."""

    seen: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@contextmanager
def still() -> Iterator[None]:
    """The clock of the machine stands: pages and workbooks say when they were made."""
    with time_machine.travel(STARTED, tick=False):
        yield


def crawl(client: Quiet) -> Journey:
    journey = Journey()
    waiting = deque(STARTS)
    known = set(STARTS)
    paths: Counter[str] = Counter()
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
        for token in TOKEN.findall(text):
            journey.seen.setdefault(token, url)
        for link in [*LINK.findall(text), response.headers.get("Location", "")]:
            target = own(urljoin(url, unescape(link)))
            if link and target and target not in known:
                known.add(target)
                waiting.append(target)
    return journey


def get(client: Quiet, url: str) -> tuple[Any, bytes]:
    response = client.get(url)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def answer(response: Any, body: bytes) -> str:
    """Status, length and every byte, but for what differs from one request to the next."""
    said = NONCES.sub(rb"\1", body)
    return f"{response.status_code} {len(said)} {sha256(said).hexdigest()}"


def own(target: str) -> str:
    parts = urlsplit(target)
    if parts.scheme not in ("", "http") or parts.netloc not in ("", "testserver") or LEFT_OUT.match(parts.path):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def text_of(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(body)
        return "\n".join(page.get_textpage().get_text_range() for page in pages) + body.decode("latin-1")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return body.decode("utf-8", "replace")
