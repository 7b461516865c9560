"""What the beginning of a line says: a clause number, a lettered point, a note, a caption, an attachment.

All patterns run on `fold`ed text, in which full-width digits, letters, brackets and spaces are half-width and every
character keeps its offset.
"""

import re
from itertools import pairwise
from typing import NamedTuple

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x9: 0x20}
APPENDIX_BASE = 100  # appendix A counts as chapter 100, so that it follows every numbered chapter
TITLE_LENGTH = 40
_FEWEST_SPREAD = 2  # ideographs standing apart, so that the space between them says nothing
_HAN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")

# Typed with a Chinese keyboard, and read from a scan, the stop between two numbers is often another one.
_CLAUSE = re.compile(
    r"\s*(?P<code>\d{1,2}(?:\s?[.。｡·•]\s?\d{1,2}){0,4}|[A-Z](?:[.。｡·•]\d{1,2}){1,4})"
    r"(?!\d|[.。｡·•]\d)(?P<gap>[.。、]?\s*)"
)
_STOPS = re.compile(r"[。｡·•]")
_CHAPTER = re.compile(r"\s*(?P<label>第\s*(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})\s*章)(?P<gap>[.、:]?\s*)")
_HAN_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_APPENDIX = re.compile(r"\s*附\s*录\s*(?P<letter>[A-Z])\s*")
_LETTER = re.compile(r"\s*(?:\(\s*(?P<both>[a-z])\s*\)|(?P<one>[a-z])\s*\)|(?P<dot>[a-z])[.、](?=\s|[一-鿿]))\s*")
_NOTE = re.compile(r"\s*注\s*(?P<number>\d{0,2})\s*:\s*")
_CAPTION = re.compile(r"\s*[图表]\s*(?:[A-Z]\.?)?\d+(?:[.\-]\d+)*\s+\S.*|\s*[图表]\s*(?:[A-Z]\.?)?\d+\s*$")
_ATTACHMENT = re.compile(r"\s*附\s*件\s*\d{0,2}\s*[:.、]|\s*附\s*件\s*\d{0,2}\s*$")
_CONTENTS = re.compile(r"\s*(?:目\s*[录次]|contents|table of contents)\s*", re.IGNORECASE)
_PREFACE = re.compile(r"\s*(?P<title>引\s*言|前\s*言|序\s*言|introduction|foreword|preface)\s*", re.IGNORECASE)
_NOTICE_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节条])"
)
_SENTENCE = re.compile(r"[。;!?]|[,:]\s*\S")
_SENTENCE_END = re.compile(r"[。；;：:！!？?][”’）)」』\s]*$")


class ClauseHead(NamedTuple):
    code: tuple[int, ...]
    label: str
    rest: int
    glued: bool


class LetterHead(NamedTuple):
    letter: str
    rest: int
    weak: bool


def fold(text: str) -> str:
    return text.translate(_FOLD)


def clause_head(text: str) -> ClauseHead | None:
    """A clause number at the start: "5.4.3", "A.1", "附录 A", "第一章". `rest` is the offset of what follows it."""
    folded = fold(text)
    chapter = _CHAPTER.match(folded)
    if chapter:
        label = re.sub(r"\s", "", chapter["label"])
        return ClauseHead((_chapter_number(chapter["number"]),), label, chapter.end(), glued=not chapter["gap"])
    appendix = _APPENDIX.match(folded)
    if appendix:
        return ClauseHead((_component(appendix["letter"]),), f"附录{appendix['letter']}", appendix.end(), glued=False)
    match = _CLAUSE.match(folded)
    if match is None:
        return None
    label = _STOPS.sub(".", re.sub(r"\s", "", match["code"]))
    code = tuple(_component(part) for part in label.split("."))
    return ClauseHead(code, label, match.end(), glued=not match["gap"] and match.end() < len(folded))


def _component(part: str) -> int:
    return int(part) if part.isdigit() else APPENDIX_BASE + ord(part) - ord("A")


def _chapter_number(number: str) -> int:
    """一 to 九十九, or digits."""
    if number.isdigit():
        return int(number)
    tens, ten, units = number.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(units[-1:], 0)


def is_han(character: str) -> bool:
    return _HAN.match(character) is not None


def closed_up(text: str) -> str:
    """Without the spaces that only spread a heading over its line: "术 语 和 定 义" is 术语和定义."""
    words = text.split()
    together = [len(_HAN.findall(word)) for word in words]
    if sum(together) < _FEWEST_SPREAD or max(together) > 1:
        return text
    closed = words[0]
    for before, word in pairwise(words):
        parted = _LATIN.search(before) or _LATIN.search(word)
        closed += f" {word}" if parted else word
    return closed


def letter_head(text: str) -> LetterHead | None:
    """A lettered point at the start: "a)", "(a)", and weakly "a." or "a、"."""
    match = _LETTER.match(fold(text))
    if match is None:
        return None
    return LetterHead(match["both"] or match["one"] or match["dot"], match.end(), weak=match["dot"] is not None)


def note_head(text: str) -> tuple[str, int] | None:
    """(number, offset of the text) of a note such as "注 1:"."""
    match = _NOTE.match(fold(text))
    return None if match is None else (match["number"], match.end())


def preface_title(text: str) -> str:
    match = _PREFACE.fullmatch(text)
    return re.sub(r"\s", "", match["title"]) if match else ""


def is_contents_title(text: str) -> bool:
    return _CONTENTS.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    folded = fold(text)
    return len(text) <= TITLE_LENGTH * 2 and _CAPTION.fullmatch(folded) is not None and not _SENTENCE.search(folded)


def is_attachment(text: str) -> bool:
    return _ATTACHMENT.match(fold(text)) is not None


def is_title(text: str) -> bool:
    """Short enough for a title, and not a sentence."""
    stripped = closed_up(text.strip())
    return 0 < len(stripped) <= TITLE_LENGTH and not ends_sentence(stripped) and not _SENTENCE.search(fold(stripped))


def ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text) is not None


def opens_block(text: str) -> bool:
    """Whether a row of a page can only begin a paragraph."""
    return bool(
        clause_head(text)
        or letter_head(text)
        or note_head(text)
        or preface_title(text)
        or is_contents_title(text)
        or is_caption(text)
        or is_attachment(text)
        or _NOTICE_ITEM.match(fold(text))
    )
