"""A term's entry: its name, its English, its definition, on one line or on several."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from zhuoyue.intake.markers import TITLE_LENGTH, closed_up, is_title
from zhuoyue.intake.segments import Joined, Segment

_ENGLISH = r"[A-Za-z][A-Za-z0-9 ,'’&/\-–()]*"
_NAME = re.compile(rf"(?P<name>[^A-Za-z。；;：:]*[^A-Za-z。；;：:\s,，])[\s　:：]*(?P<english>{_ENGLISH})?[\s　:：]*")
_ENGLISH_LINE = re.compile(rf"\s*(?P<english>{_ENGLISH}?)\s*(?=[一-鿿]|$)")


class Term(NamedTuple):
    name: str
    english: str
    definition: str


def term_of(segments: Sequence[Segment]) -> Term:
    """Read an entry. A name that cannot be told from its definition stays empty, and all is definition."""
    if not segments:
        return Term("", "", "")
    first, rest = segments[0], list(segments[1:])
    match = _NAME.match(first.text)
    if match is None or len(match["name"]) > TITLE_LENGTH:
        return Term("", "", Joined(segments).text)
    name, english = closed_up(match["name"].strip()), (match["english"] or "").strip()
    after = first.tail(match.end())
    if english == "" and after.text == "" and not is_title(name):
        return Term("", "", Joined(segments).text)
    if not english and not after.text and rest:
        english, after, rest = _english_below(rest)
    return Term(name, english, Joined([after, *rest]).text)


def _english_below(rest: list[Segment]) -> tuple[str, Segment, list[Segment]]:
    """The English where it stands on the line below the name, alone or before the definition."""
    below = rest[0]
    match = _ENGLISH_LINE.match(below.text)
    if match is None:
        return "", below, rest[1:]
    return match["english"].strip(), below.tail(match.end()), rest[1:]
