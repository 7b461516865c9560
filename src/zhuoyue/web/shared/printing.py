"""Draws a page as PDF, in a process of its own: `python -m zhuoyue.web.shared.printing`.

What draws takes 100 MB and whole seconds of a processor. In a process beside the server it holds up no other page, and
its memory is given back. JSON comes in (`html`, `prefix` of addresses that are ours, `folders` where those lie), the
PDF goes out; what went wrong is said on the error output.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class OutsideError(ValueError):
    """A document that asks for an address which is not ours."""


def own_file(url: str, prefix: str, folders: Sequence[str]) -> Path:
    """The static file of the product that `url` means; nothing is fetched from anywhere else."""
    path = unquote(urlsplit(url).path)
    name = path.removeprefix(prefix)
    for folder in folders if path.startswith(prefix) else ():
        place = (Path(folder) / name).resolve()
        if place.is_relative_to(Path(folder).resolve()) and place.is_file():
            return place
    raise OutsideError(url)


def printed(html: str, prefix: str, folders: Sequence[str]) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - heavy, and absent where Pango is

    def fetch(url: str, *_args: Any, **_options: Any) -> dict[str, Any]:
        place = own_file(url, prefix, folders)
        kind = "text/css" if place.suffix == ".css" else "application/octet-stream"
        return {"string": place.read_bytes(), "mime_type": kind}

    pdf: bytes = HTML(string=html, base_url="http://document.invalid/", url_fetcher=fetch).write_pdf()
    return pdf


if __name__ == "__main__":
    sys.stdout.buffer.write(printed(**json.load(sys.stdin.buffer)))
