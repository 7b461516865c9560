"""The table of contents: it repeats headings that come again in the text, and must not be taken for them."""

import re
from collections.abc import Sequence

from zhuoyue.intake.document import Line
from zhuoyue.intake.markers import clause_head, ends_sentence, is_contents_title, preface_title

_PAGE = re.compile(r"(?:[\s.…·．]{2,}|\t)[(（]?(?:\d{1,4}|[IVXⅠ-Ⅻ]{1,4})[)）]?\s*$")
_ENTRY_LENGTH = 80


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines of the table of contents, its own title included."""
    filled = [line for line in lines if line.text.strip()]
    for index, line in enumerate(filled):
        if is_contents_title(line.text):
            entries = filled[index + 1 :]
            return frozenset(entry.number for entry in (line, *entries[: _entry_count(entries)]))
    return frozenset()


def _entry_count(entries: Sequence[Line]) -> int:
    """How many lines belong to the list: those up to the last that shows a page, or else up to a repeated one.

    Without pages and without repetition the list ends where a numbered clause or a preface begins.
    """
    keys: set[str] = set()
    paged = 0
    for count, entry in enumerate(entries):
        if ends_sentence(entry.text) or len(entry.text) > _ENTRY_LENGTH:
            break
        key = _key(entry.text)
        if key in keys:
            return paged or count
        keys.add(key)
        if _PAGE.search(entry.text):
            paged = count + 1
    return paged or next((count for count, entry in enumerate(entries) if _begins_text(entry.text)), 0)


def _begins_text(text: str) -> bool:
    return clause_head(text) is not None or preface_title(text) != ""


def _key(text: str) -> str:
    return re.sub(r"\s", "", _PAGE.sub("", text))
