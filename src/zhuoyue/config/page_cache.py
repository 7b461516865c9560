"""Pages for visitors, kept for a moment in front of Django.

Only the answers to visitors without a session are kept: HTML with status 200 that sets no cookie, from addresses
that declare themselves open to visitors, asked for without any cookie but those of language and theme. A page is
given again for a few seconds at most, and not once the record has grown or the clock was moved: that is looked at
again every quarter of a second, and at once after a form went through this process.
"""

import gzip
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import brotli
from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.db import DatabaseError, close_old_connections
from django.http.cookie import parse_cookie
from django.urls import Resolver404, resolve

from zhuoyue.kernel import access
from zhuoyue.web.shared.context import THEME_COOKIE, THEMES

SECONDS = 5.0
LOOK_AGAIN = 0.25
MOST_BYTES = 8 * 1024 * 1024
LARGEST = 512 * 1024
PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, "messages"})
HARMLESS = frozenset({settings.LANGUAGE_COOKIE_NAME, THEME_COOKIE})
SPECIAL = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE")
VARY = "Accept-Encoding, Cookie"

Headers = list[tuple[str, str]]
Key = tuple[str, ...]
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Kept:
    headers: Headers
    body: bytes
    stamp: Stamp
    until: float


def record_stamp() -> Stamp:
    """The length of the record and the age of the clock file: any change that visitors may see moves one of them."""
    from zhuoyue.kernel.audit.models import AuditHead  # noqa: PLC0415 - models load after the settings

    try:
        size = AuditHead.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    finally:
        close_old_connections()
    try:
        moved = Path(settings.CLOCK_FILE).stat().st_mtime_ns
    except FileNotFoundError:
        moved = 0
    return size, moved


@lru_cache(maxsize=64)
def encoding_of(accepted: str) -> str:
    """The best of br and gzip that an Accept-Encoding header takes, empty for neither."""
    parts = [part.replace(" ", "").lower().split(";") for part in accepted.split(",")]
    taken = {part[0] for part in parts if not {"q=0", "q=0.0", "q=0.00", "q=0.000"} & set(part[1:])}
    return next((name for name in ("br", "gzip") if name in taken), "")


def compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=5))
    return gzip.compress(body, compresslevel=6, mtime=0) if encoding else body


def is_for_visitors(environ: WSGIEnvironment) -> bool:
    try:
        view = resolve(get_path_info(environ)).func
    except Resolver404:
        return False
    declared = getattr(view, "declared", None)
    return declared is not None and access.is_for_visitors(declared.permission)


def may_keep(status: str, headers: Headers) -> bool:
    named = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200 ")
        and named.get("content-type", "").startswith("text/html")
        and not {"set-cookie", "content-encoding", "content-disposition"} & named.keys()
        and not any(word in named.get("cache-control", "") for word in ("private", "no-store"))
    )


class PageCache:
    """WSGI application in front of another one. `stamp` names a state of the data, `now` counts seconds."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        stamp: Callable[[], Stamp] = record_stamp,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._application = application
        self._ask_stamp = stamp
        self._now = now
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._stamp: Stamp = (0, 0)
        self._look_at = float("-inf")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            try:
                return self._application(environ, start_response)
            finally:
                self._look_at = float("-inf")
        cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
        stamp = self._current_stamp() if self._could_be_kept(environ, cookies) else None
        if stamp is None:
            return self._application(environ, start_response)
        key = self._key(environ, cookies)
        kept = self._found(key, stamp)
        if kept is None:
            if not cookies.keys() <= HARMLESS:
                return self._application(environ, start_response)
            return self._made(environ, start_response, key, stamp)
        start_response("200 OK", list(kept.headers))
        return [kept.body]

    @staticmethod
    def _could_be_kept(environ: WSGIEnvironment, cookies: dict[str, str]) -> bool:
        return (
            environ["REQUEST_METHOD"] == "GET"
            and not PERSONAL & cookies.keys()
            and not any(name in environ for name in SPECIAL)
        )

    @staticmethod
    def _key(environ: WSGIEnvironment, cookies: dict[str, str]) -> Key:
        language = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
        theme = cookies.get(THEME_COOKIE, "")
        return (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_HOST", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            language if language in dict(settings.LANGUAGES) else "",
            theme if theme in THEMES else "",
            encoding_of(environ.get("HTTP_ACCEPT_ENCODING", "")),
        )

    def _current_stamp(self) -> Stamp | None:
        """None where the database does not answer: then nothing is known of how fresh a page is."""
        now = self._now()
        if now >= self._look_at:
            try:
                self._stamp = self._ask_stamp()
            except DatabaseError:
                return None
            self._look_at = now + LOOK_AGAIN
        return self._stamp

    def _found(self, key: Key, stamp: Stamp) -> Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is None:
                return None
            if kept.stamp != stamp or self._now() >= kept.until:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return kept

    def _made(self, environ: WSGIEnvironment, start_response: StartResponse, key: Key, stamp: Stamp) -> Iterable[bytes]:
        """The answer of the application, kept under the stamp that stood before it was begun."""
        begun: list[Any] = []

        def begin(status: str, headers: Headers, exc_info: Any = None) -> Any:
            begun[:] = [status, headers, exc_info]

        plain = {name: value for name, value in environ.items() if name != "HTTP_ACCEPT_ENCODING"}
        answer = self._application(plain, begin)
        status, headers, exc_info = begun
        if exc_info or not may_keep(status, headers) or not is_for_visitors(environ):
            start_response(status, headers, exc_info)
            return answer
        try:
            whole = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        encoding = key[-1]
        body = compressed(whole, encoding)
        own = {"content-length", "cache-control", "vary"}
        headers = [(name, value) for name, value in headers if name.lower() not in own]
        headers += [("Vary", VARY), ("Cache-Control", "no-cache"), ("Content-Length", str(len(body)))]
        headers += [("Content-Encoding", encoding)] if encoding else []
        self._keep(key, Kept(headers, body, stamp, self._now() + SECONDS))
        start_response(status, list(headers))
        return [body]

    def _keep(self, key: Key, kept: Kept) -> None:
        if len(kept.body) > LARGEST:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = kept
            self._bytes += len(kept.body)
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        gone = self._pages.pop(key, None)
        self._bytes -= len(gone.body) if gone else 0
