"""Memory of a server process: garbage is looked for often, and only where it can be."""

import gc
from collections.abc import Iterable
from itertools import count
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FIRST_LOOK = 64


class Thrifty:
    """WSGI application in front of another one: what stays for good is set aside from the search for garbage.

    Code, templates and questions live as long as the process; to look through them with every page took a fifth of
    its time. They are set aside at the start, and again after 64, 128, 256 … pages, which bring what they need. A page
    that is under way at such a moment is set aside too; by then such moments are rare enough to cost nothing.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application
        self._asked = count(1)
        set_aside()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = next(self._asked)
        if asked >= FIRST_LOOK and asked.bit_count() == 1:
            set_aside()
        return self._application(environ, start_response)


def set_aside() -> None:
    gc.collect()
    gc.freeze()
