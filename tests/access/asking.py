"""Asking one question over HTTP and reading the answer as the policy words it. Nothing that is asked stays done."""

import re
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.test import Client

from access.rows import HIDDEN, MAY, SIGN_IN, TOLD, Answer
from access.things import absent

SAFE = ("GET", "HEAD")
METHODS = (*SAFE, "POST", "PUT", "PATCH", "DELETE")
NONCES = re.compile(rb'((?:name="(?:csrfmiddlewaretoken|once)" value|zy-clock.{1,80}datetime)=")[^"]*')


class Quiet(Client):
    """A client that keeps nothing of what it is told, neither cookies nor the contexts of templates."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


class Asker:
    """One signed-in session for each principal; a visitor has none."""

    def __init__(self, people: dict[str, Any]) -> None:
        self.clients: dict[str, Client] = {}
        self.nowhere: dict[tuple[str, str, str], bytes] = {}
        for principal, person in people.items():
            self.clients[principal] = Quiet(raise_request_exception=False)
            if person is not None:
                self.clients[principal].force_login(person)

    def ask(self, principal: str, method: str, url: str, data: dict[str, Any] | None = None) -> Any:
        """The answer; whatever the request changed is taken back."""
        client = self.clients[principal]
        with transaction.atomic():
            response = client.post(url, data or {}) if method == "POST" else client.generic(method, url)
            response.body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return response

    def nothing(self, principal: str, method: str, address: Any, thing: Any, kwargs: dict[str, Any]) -> bytes:
        """What the principal is told, in this face of the house, of a thing that does not exist."""
        key = (principal, method, address.name.partition(":")[0])
        if key not in self.nowhere:
            self.nowhere[key] = self.told_of_nothing(principal, method, address, thing, kwargs)
        return self.nowhere[key]

    def told_of_nothing(self, principal: str, method: str, address: Any, thing: Any, kwargs: dict[str, Any]) -> bytes:
        """Of no such thing; where none is named, of no such page."""
        face = address.pattern.partition("/")[0]
        url = address.url({**kwargs, **absent(thing.kwargs)}) if thing else f"/{face}/no-such-page/"
        return bytes_of(self.ask(principal, method, url), url)


def read(response: Any) -> Answer | None:
    """None: an answer that no policy allows, a fault of the server."""
    status = response.status_code
    if status == 401 or (status == 302 and response["Location"].startswith(f"{settings.LOGIN_URL}?next=")):
        return SIGN_IN
    if status >= 500:
        return None
    return {404: HIDDEN, 403: TOLD}.get(status, MAY)


def bytes_of(response: Any, url: str) -> bytes:
    """Headers and body without what differs from one request to the next: tokens, and the address and its length."""
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.items()) if name != "Content-Length")
    body = headers.encode() + NONCES.sub(rb"\1", response.body)
    return body.replace(url.encode(), b"@").replace(quote(url, safe="").encode(), b"@")
