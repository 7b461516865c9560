"""Chinese text: counted and sorted as people here expect it."""

import re

# Each of these is one character: ideographs and their radicals, kana, bopomofo, hangul, CJK and full-width
# punctuation, the quotation marks, dash, ellipsis and middle dot that Chinese shares with other scripts, and the
# circled numbers and marks (①, ●, ※) that stand in lists.
WIDE = (
    "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"
    "\u203b\u2460-\u24ff\u25a0-\u26ff\u2e80-\u2fdf\u3001-\u30ff\u3100-\u31ff\u3200-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee"
    "\U00020000-\U0003ffff"
)
# Marks that take no room: zero-width and direction marks, the byte order mark, variation selectors.
UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_unseen = re.compile(f"[{UNSEEN}]")
_counted = re.compile(f"[^\\s{WIDE}]+(?:\u2019[^\\s{WIDE}]+)*|[{WIDE}]")


def characters(text: str) -> int:
    """The 字数 of a text, as Chinese word processors count it.

    One for each CJK character and each full-width or Chinese punctuation mark (—— and …… are two), one for each run
    of anything else between spaces or Chinese characters: `GB/T 19580-2012` is two, `3.5%` one, `don’t` one. Spaces
    of every kind, line breaks and invisible marks count nothing.
    """
    return len(_counted.findall(_unseen.sub("", text)))


def sort_key(text: str, reading: str = "") -> str:
    """A storable key that sorts by pinyin, syllable by syllable, then tone, then the text itself.

    `reading` replaces the guessed pinyin where a name is read otherwise (单 as `shan4`). Letters sort without regard
    to case.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its word list takes 57 MB, only sorting needs it

    syllables = reading.split() or lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    return f"{' '.join(syllables).casefold()} {text}"
