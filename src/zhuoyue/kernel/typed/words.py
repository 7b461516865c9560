"""Names and other texts of one line, as people see them.

A name is one visible line: two names that look alike are alike, and none is empty to the eye. Rare and private
characters stay: names of people need them.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Marks that no eye sees: format marks and direction marks, fillers, variation selectors of emoji.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\ufe00\ufe01\ufe02\ufe0e\ufe0f")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANK = "\u2800"  # a braille cell without dots
_HIDDEN = frozenset({"Cf", "Cc", "Cs"})
_SEEN = frozenset("LNPSC")  # private-use characters are in C: rare names need them
_FULL_FIRST, _FULL_LAST, _FULL_SHIFT = "！", "～", 0xFEE0
# A variation selector says which form of an ideograph a name takes; behind anything else it says nothing.
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LOST_SELECTOR = re.compile(f"(?<![{_IDEOGRAPHS}])[\U000e0100-\U000e01ef]+")


class NameFaultError(ValidationError):
    """What was typed cannot be a name; its message says why, and what to do."""


def _is_unseen(char: str) -> bool:
    return char in _FILLERS or unicodedata.category(char) in _HIDDEN


def narrow(text: str) -> str:
    """Full-width letters, digits and signs made half-width; ① and ² stay what they are."""
    shifted = (chr(ord(char) - _FULL_SHIFT) if _FULL_FIRST <= char <= _FULL_LAST else char for char in text)
    return "".join(shifted).replace("\u3000", " ")


def folded(text: str) -> str:
    """One line in the composed form, without marks that cannot be seen; spaces of any kind are one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    spaced = (" " if char.isspace() or char == _BLANK else char for char in _UNSTORABLE.sub(_space_of, text))
    kept = "".join(char for char in spaced if not _is_unseen(char))
    return " ".join(_LOST_SELECTOR.sub("", unicodedata.normalize("NFC", kept)).split())


def _space_of(mark: re.Match[str]) -> str:
    return " " if mark.group().isspace() else ""


def line(text: str) -> str:
    """A name as it is stored. Raises NameFaultError: marks that turn the text round, or nothing to be seen.

    A line break becomes a space, a mark without width is left out: neither changes what the name says.
    """
    if _TURNING.search(text):
        raise NameFaultError(_("这里有改变文字方向的隐藏字符，看到的与实际的不一样；请删去后直接输入，不要粘贴。"))
    kept = folded(text)
    if text.strip() and not any(unicodedata.category(char)[0] in _SEEN for char in kept):
        raise NameFaultError(_("这里只有看不见的字符，请输入看得见的文字。"))
    return kept


def shown_line(text: str) -> str:
    """Any text as one line, for where nobody can be asked: subjects of letters, names out of files. Never raises."""
    return folded(_TURNING.sub("", text))


def code(text: str) -> str:
    """Numbers and codes: half-width capitals, without spaces, hyphens and hidden marks."""
    return "".join(narrow(folded(text)).split()).translate(_HYPHENS).upper()


_HYPHENS = dict.fromkeys(map(ord, "-\u2010\u2011\u2012\u2013\u2014\u2212"))


def storable(text: str) -> str:
    """A text of many lines without the marks that a database or a file format cannot hold; line ends stay."""
    return _UNSTORABLE.sub("", text)


# Controls but tab and line ends, halves of pairs, and the places that Unicode keeps free for ever.
_NEVER = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNSTORABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")
