"""Text files: the encoding is found among those in use for Chinese documents, or the file is refused."""

import codecs
import re

from zhuoyue.intake.document import Document, Limits, Line
from zhuoyue.intake.errors import CHARACTERS, LINES, IntakeError, Words
from zhuoyue.intake.invisible import without_invisible

_LINE_BREAK = re.compile(r"\r\n|[\n\r\v]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_END_MARK = re.compile(r"\x1a[\x1a\r\n]*\Z")  # Ctrl-Z, with which old editors end a file
# What Word leaves in text saved from it: ends of table cells, and hyphens that do not break or do not show.
_HARMLESS = str.maketrans({"\x07": None, "\x1e": "-", "\x1f": None})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Chinese prose is nearly all GB 2312; other encodings read as GB 18030 give rare characters instead.
_COMMON_SHARE = 0.8


def read_text(data: bytes, name: str, limits: Limits) -> Document:
    text, encoding = decode(data, name)
    if len(text) > limits.characters:
        raise IntakeError("too_large", name=name, what=CHARACTERS, limit=limits.characters)
    rows = _LINE_BREAK.split(text)
    if rows[-1] == "":
        rows.pop()
    if len(rows) > limits.lines:
        raise IntakeError("too_large", name=name, what=LINES, limit=limits.lines)
    lines = tuple(Line(number, without_invisible(row)) for number, row in enumerate(rows, 1))
    return Document(name=name, kind="txt", lines=lines, encoding=encoding)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was read in."""
    data = _without_padding(data)
    binary = b"\0" in data
    for encoding, certain in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = _END_MARK.sub("", text).translate(_HARMLESS)
        if _CONTROL.search(text):
            binary = True
        elif certain or _common_share(text) >= _COMMON_SHARE:
            return text, encoding
    if binary:
        raise IntakeError(
            "wrong_type", name=name, expected=Words("文本文件", "a text file"), found=Words("二进制数据", "binary data")
        )
    raise IntakeError("unknown_encoding", name=name)


def _without_padding(data: bytes) -> bytes:
    """Zero bytes after a closing Ctrl-Z fill up the last block of an old disk; they make no text UTF-16."""
    bare = data.rstrip(b"\0")
    return bare if bare.endswith(b"\x1a") and b"\0" not in bare else data


def _candidates(data: bytes) -> tuple[tuple[str, bool], ...]:
    """Encodings to try, and whether a text that decodes is certain to be in that encoding."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return ((encoding, True),)
    if b"\0" in data:
        # UTF-16 without a mark: digits, spaces and line ends leave most zero bytes on one side.
        little = data[1::2].count(0) > data[0::2].count(0)
        return (("utf-16-le" if little else "utf-16-be", False),)
    return (("utf-8", True), ("gb18030", False))


def _common_share(text: str) -> float:
    if not text:
        return 1
    common = sum(1 for character in text if _is_common(character))
    return common / len(text)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
