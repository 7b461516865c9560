"""A browser's worth of HTTP in as little work as possible: it shares its two cores with what it measures.

One connection that is kept open, raw sockets, answers decompressed only when they are read. Forms are read from the
pages, hidden fields and all, and sent back as a browser would.
"""

import gzip
import html
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode

import brotli

HEAD_END = b"\r\n\r\n"
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
CONTROL = re.compile(r"<(input|textarea|select)\b([^>]*)>(?:(.*?)</\1>)?", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
OPTION = re.compile(r"<option\b([^>]*)>", re.DOTALL)
CHECKED = ("radio", "checkbox")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    packed: bytes

    def header(self, name: str) -> str:
        found = re.search(rb"(?mi)^%s:[ ]*([^\r\n]*)" % name.encode(), self.head)
        return found.group(1).decode("latin-1") if found else ""

    @property
    def text(self) -> str:
        encoding = self.header("content-encoding")
        body = self.packed
        if encoding == "br":
            body = brotli.decompress(body)
        elif encoding == "gzip":
            body = gzip.decompress(body)
        return body.decode()


class RefusedError(Exception):
    """The server gave another answer than a person would need to go on."""


class Connection:
    """One visitor. `cookies` go with every request; those that the server sets are kept."""

    def __init__(self, port: int, session: str = "") -> None:
        self._port = port
        self.cookies = {"sessionid": session} if session else {}
        self._socket: socket.socket | None = None
        self._left = b""
        self.requests = 0

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def get(self, path: str, *, expect: int = 200) -> Answer:
        return self._ask("GET", path, b"", "", expect)

    def post(self, path: str, fields: list[tuple[str, str]], *, expect: int, more: str = "") -> Answer:
        extra = f"Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://127.0.0.1:{self._port}\r\n{more}"
        return self._ask("POST", path, urlencode(fields).encode(), extra, expect)

    def _ask(self, method: str, path: str, body: bytes, extra: str, expect: int) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept-Encoding: gzip, br\r\n{extra}"
        head += (f"Cookie: {cookie}\r\n" if cookie else "") + f"Content-Length: {len(body)}\r\n\r\n"
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=120)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._left = b""
        self._socket.sendall(head.encode() + body)
        answer = self._read()
        self.requests += 1
        if b"et-cookie:" in answer.head:
            self._keep_cookies(answer.head)
        if answer.status != expect:
            raise RefusedError(f"{method} {path}: {answer.status}, expected {expect}")
        return answer

    def _keep_cookies(self, head: bytes) -> None:
        for line in re.findall(rb"(?mi)^set-cookie:[ ]*([^;\r\n]*)", head):
            name, _, value = line.decode("latin-1").partition("=")
            self.cookies[name] = value

    def _more(self) -> bytes:
        assert self._socket is not None
        part = self._socket.recv(262144)
        if not part:
            raise RefusedError("the server closed the connection")
        return part

    def _read(self) -> Answer:
        data = self._left
        while (end := data.find(HEAD_END)) < 0:
            data += self._more()
        head, rest = data[: end + 2], data[end + 4 :]
        length = re.search(rb"(?i)\r\ncontent-length:[ ]*(\d+)", head)
        if length is None:
            body = self._chunks(rest)
        else:
            size = int(length.group(1))
            parts, have = [rest], len(rest)
            while have < size:
                parts.append(self._more())
                have += len(parts[-1])
            whole = b"".join(parts)
            body, self._left = whole[:size], whole[size:]
        return Answer(int(head[9:12]), head, body)

    def _chunks(self, data: bytes) -> bytes:
        found = []
        while True:
            while (end := data.find(b"\r\n")) < 0:
                data += self._more()
            size = int(data[:end], 16)
            while len(data) < end + 4 + size:
                data += self._more()
            found.append(data[end + 2 : end + 2 + size])
            data = data[end + 4 + size :]
            if size == 0:
                self._left = data
                return b"".join(found)


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(text)}


def form_on(page: str, action: str) -> list[tuple[str, str]]:
    """What a browser would send of the form that is sent to `action` or to its own page, before anything is typed."""
    for attributes, inside in FORM.findall(page):
        found = _attributes(attributes)
        if found.get("method", "get").lower() == "post" and found.get("action", "") in ("", action):
            return [pair for kind, shape, text in CONTROL.findall(inside) for pair in _value(kind, shape, text)]
    raise RefusedError(f"no form for {action!r} on the page")


def _value(kind: str, shape: str, text: str) -> list[tuple[str, str]]:
    own = _attributes(shape)
    if not own.get("name") or "disabled" in own or own.get("type") in ("submit", "button", "file"):
        return []
    if kind == "textarea":
        return [(own["name"], html.unescape(text).removeprefix("\n"))]
    if kind == "select":
        options = [_attributes(option) for option in OPTION.findall(text)]
        chosen = next((one for one in options if "selected" in one), options[0] if options else {})
        return [(own["name"], chosen.get("value", ""))]
    if own.get("type") in CHECKED and "checked" not in own:
        return []
    return [(own["name"], own.get("value", "on" if own.get("type") in CHECKED else ""))]


def with_typed(fields: list[tuple[str, str]], **typed: str) -> list[tuple[str, str]]:
    return [pair for pair in fields if pair[0] not in typed] + list(typed.items())
