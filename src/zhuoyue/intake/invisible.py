"""Characters that cannot be seen: they leave no trace in what is read, so that they change no number and no heading.

Kept are joiners and variation selectors where they shape the character before them, and line and page breaks.
"""

import re

_INVISIBLE = re.compile(
    "["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, grapheme joiner, fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width space, directions, word joiner
    "\u3164\ufeff\uffa0\ufff0-\ufffb"  # fillers, byte order mark, annotation marks
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "]"
    # joiners shape letters of scripts that are written joined, and pictures made of several
    "|(?<![\u0600-\u109f\ufe0f\u2600-\u27bf\U0001f000-\U0001faff])[\u200c\u200d]"
    # a selector chooses a variant of the ideograph or the sign before it
    "|(?<![\u2190-\u2bff\u3400-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff])"
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)
