"""The indicators that a results item suggests: the members of its enumerations, each with its place in the source.

An enumeration is a sentence part with "、" in it. What introduces it ("可提供如", "重点关注") and what closes it
("等方面的指标", "的绩效结果") is cut off; "和" parts the last two members only where no "等" follows.
"""

import re
from collections.abc import Iterator, Sequence

from zhuoyue.intake.draft import Indicator
from zhuoyue.intake.markers import fold
from zhuoyue.intake.segments import Joined, Segment

_SENTENCE = re.compile(r"[^。;!?\n]+")
_LEAD = re.compile(
    r"(?:概述|包括|包含|关注(?!度|点)|提供|主要有|例如|如(?!何|果|期|实)|涉及|涵盖|such as|including)"
    r"(?:但不限于|如下?|了|以下|:)*\s*",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:主要的|关键的|相关的|组织的)")
_CLOSE = re.compile(r"等(?![级次待])\s*(?=方面|[^、,]{0,6}?(?:指标|绩效|结果|数据|内容|情况|信息)|[,]|$)")
_TAIL = re.compile(r"的[^、,的]{0,4}(?:绩效|指标|结果|数据)$")
_AND_OTHERS = re.compile(r"(?:以及|及|和|与)(?=其[他它])")
_LAST_AND = re.compile(r"[和与及](?!其[他它])")
_SEPARATOR = re.compile(r"、|,|以及")
_OTHERS = re.compile(r"其[他它]")
# "to fulfil economic, environmental and social responsibility" is one member: the verb needs its last word.
_VERB_GROUP = re.compile(r"(?:履行|承担)[^,。]{0,40}?(?:责任|义务)")
_CLOSED_GROUP = re.compile(r"\([^()]{0,99}\)|“[^”]{0,99}”|《[^》]{0,99}》|「[^」]{0,99}」|\"[^\"]{0,99}\"")
_LONGEST = 60
_HELD = "\ue000"  # stands for a character inside a group that must not be parted


def indicators_of(segments: Sequence[Segment]) -> tuple[Indicator, ...]:
    """Indicators in the order of the text, each name once."""
    joined = Joined(segments)
    found: dict[str, Indicator] = {}
    for start, end in _members(joined.text):
        name = joined.text[start:end]
        found.setdefault(name, Indicator(name, joined.spans_of(start, end)))
    return tuple(found.values())


def _members(text: str) -> Iterator[tuple[int, int]]:
    held = _hold_groups(fold(text))
    for sentence in _SENTENCE.finditer(held):
        yield from _members_of_sentence(held, sentence.start(), sentence.end())


def _hold_groups(text: str) -> str:
    """The same text, same length, with everything in brackets, quotes and verb groups made unbreakable."""

    def hold(match: re.Match[str]) -> str:
        return match[0][0] + _HELD * (len(match[0]) - 2) + match[0][-1]

    return _VERB_GROUP.sub(hold, _CLOSED_GROUP.sub(hold, text))


def _members_of_sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while text.find("、", start, end) != -1:
        start = _after_lead(text, start)
        closing = _CLOSE.search(text, text.index("、", start), end)
        if closing is None:
            yield from _unclosed(text, start, end)
            return
        yield from _parts(text, start, closing.start())
        start = closing.end()


def _after_lead(text: str, start: int) -> int:
    """Where the first member begins: behind the last introducing words and the last comma before the first mark."""
    first_mark = text.index("、", start)
    for lead in _LEAD.finditer(text, start, first_mark):
        start = lead.end()
    start = max(start, text.rfind(",", start, first_mark) + 1)
    adjective = _ADJECTIVE.match(text, start)
    return adjective.end() if adjective else start


def _unclosed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An enumeration without "等": "和" joins its last two members; a clause after a comma is not part of it."""
    last_mark = text.rfind("、", start, end)
    comma = text.find(",", last_mark, end)
    end = end if comma == -1 else comma
    tail = _TAIL.search(text, last_mark, end)
    end = tail.start() if tail else end
    last_and = _LAST_AND.search(text, last_mark, end)
    if last_and is None:
        yield from _parts(text, start, end)
        return
    yield from _parts(text, start, last_and.start())
    yield from _trimmed(text, last_and.end(), end)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    # "and other X, Y, Z" is one open-ended member and runs to the end of the enumeration.
    others = _OTHERS.search(text, start, end)
    stop = others.start() if others else end
    edge = start
    for separator in _SEPARATOR.finditer(text, start, stop):
        yield from _trimmed(text, edge, separator.start())
        edge = separator.end()
    conjunction = _AND_OTHERS.search(text, edge, end)
    if conjunction:
        yield from _trimmed(text, edge, conjunction.start())
        edge = conjunction.end()
    yield from _trimmed(text, edge, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end = start + len(part.strip())
    if 1 < end - start <= _LONGEST:
        yield start, end
