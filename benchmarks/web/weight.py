"""How many bytes a first visit brings over the wire: the page and all that it names, compressed."""

import re
from posixpath import dirname, join, normpath

from client import Answer, Connection

NAMED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
IN_STYLE = re.compile(r"url\([\"']?([^\"')]+)[\"']?\)")
IN_SCRIPT = re.compile(r"""(?:from|import)\s*["']([^"']+)["']""")


def _inside(path: str, answer: Answer) -> list[str]:
    pattern = IN_STYLE if path.endswith(".css") else IN_SCRIPT if path.endswith(".js") else None
    if pattern is None:
        return []
    found = [name for name in pattern.findall(answer.text) if not name.startswith(("data:", "#"))]
    return [name if name.startswith("/") else normpath(join(dirname(path), name)) for name in found]


def first_load(connection: Connection, path: str) -> int:
    page = connection.get(path)
    total, waiting, seen = len(page.packed), NAMED.findall(page.text), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            answer = connection.get(name)
            total += len(answer.packed)
            waiting += _inside(name, answer)
    return total
