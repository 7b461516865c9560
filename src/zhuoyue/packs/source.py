"""A YAML text as people wrote it: plain data for the schema, a line for every fault, the tree to write it again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

RawPath = tuple[str | int, ...]

MAX_CHARACTERS = 400_000
MAX_ENTRIES = 15_000  # five times the largest shipped pack; the library reads some 5,000 a second
_ENTRY = re.compile(r"[\n,{\[]|: ")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One fault of a pack: where it stands, what is wrong and what to do about it."""

    file: str
    line: int
    path: str
    code: str
    text_zh: str
    text_en: str
    remedy_zh: str
    remedy_en: str

    def in_language(self, language: str) -> str:
        text, remedy = (self.text_en, self.remedy_en) if language.startswith("en") else (self.text_zh, self.remedy_zh)
        place = f"{self.file}:{self.line}"
        return f"{place} {self.path} {text} {remedy}" if self.path else f"{place} {text} {remedy}"

    def __str__(self) -> str:
        return self.in_language("zh")


class SourceError(ValueError):
    """The text cannot be used; `messages` says all that is known about why."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = tuple(messages)
        super().__init__("\n".join(str(message) for message in self.messages))


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A checked YAML text: `data` is plain (dict, tuple, str, int, bool, Decimal, None; dates stay text).

    Nothing in it may be changed: the same text gives the same source again.
    """

    name: str
    text: str
    tree: Any
    data: dict[str, Any]

    def line_of(self, path: Sequence[str | int]) -> int:
        """The 1-based line of the deepest part of `path` that exists."""
        node = self.tree
        line = 1
        for step in path:
            places: Any = getattr(node, "lc", None)
            if isinstance(node, dict) and step in node:
                line = places.key(step)[0] + 1
            elif isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
                line = places.item(step)[0] + 1
            else:
                return line
            node = node[step]
        return line


@lru_cache(maxsize=32)
def load_yaml(text: str, name: str) -> Source:
    """Read one YAML mapping. Aliases, tags and merges are refused: a pack must read the same to everyone.

    Kept for the last texts: a long one takes half a second, and its check, its preview and its loading each ask.

    Raises:
        SourceError: with file, line and remedy of the fault.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise SourceError([_fault(name, 1, "too-large")])
    if sum(1 for _mark in _ENTRY.finditer(text)) > MAX_ENTRIES:
        raise SourceError([_fault(name, 1, "too-many-entries")])
    from zhuoyue.packs import yaml_text  # noqa: PLC0415 - loads the library

    try:
        tree, data = yaml_text.read(text)
    except yaml_text.FaultError as fault:
        raise SourceError([_fault(name, fault.line, fault.code, fault.about)]) from fault
    return Source(name=name, text=text, tree=tree, data=data)


def decode(content: bytes, name: str) -> str:
    """UTF-8 text of a file; a file in another encoding is named with the line of its first wrong byte."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError([_fault(name, line, "not-utf-8")]) from error


_TEXTS = {
    "not-a-mapping": (
        "文件最外层应为“键: 值”形式。",
        "The file is not a mapping at its top level.",
        "请以 format: 1 开头逐项书写。",
        "Begin with format: 1 and write one key per line.",
    ),
    "not-utf-8": (
        "文件编码不是 UTF-8。",
        "The file is not encoded in UTF-8.",
        "请用编辑器另存为 UTF-8 编码。",
        "Save it again as UTF-8.",
    ),
    "too-large": (
        "文件过大。",
        "The file is too large.",
        f"请控制在 {MAX_CHARACTERS} 个字符以内。",
        f"Keep it below {MAX_CHARACTERS} characters.",
    ),
    "too-many-entries": (
        "条目过多。",
        "There are too many entries.",
        f"请控制在 {MAX_ENTRIES} 行、项以内。",
        f"Keep it below {MAX_ENTRIES} lines and elements.",
    ),
    "too-deep": (
        "层级过深。",
        "The nesting is too deep.",
        "请控制在 {about} 层以内。",
        "Keep it within {about} levels.",
    ),
    "yaml-alias": (
        "不支持锚点、别名、标签与合并键。",
        "Anchors, aliases, tags and merge keys are not supported.",
        "请把内容直接写出。",
        "Write the content out.",
    ),
    "not-a-text-key": (
        "键必须是文字。",
        "A key must be text.",
        "请给键加上引号，或改用字母开头的键。",
        "Quote the key, or use one that begins with a letter.",
    ),
    "duplicate-key": (
        "同一层里有重复的键。",
        "The same key stands twice in one mapping.",
        "请删去或改名其中一个。",
        "Remove or rename one of them.",
    ),
    "number-too-long": (
        "数字过长。",
        "A number is too long.",
        "请核对；确需保留的长串数字，加上引号作为文字，每个数字不超过 {about} 位。",
        "Check it; a long row of digits that is meant stands in quotes, as text; a number has at most {about} digits.",
    ),
    "yaml-syntax": (
        "YAML 写法有误（{about}）。",
        "The YAML cannot be read ({about}).",
        "请检查该行及上一行的缩进、冒号后的空格、引号和括号。",
        "Check indentation, the space after colons, quotes and brackets on this line and the one above.",
    ),
}


def _fault(name: str, line: int, code: str, about: str = "") -> Message:
    path = about if code == "not-a-text-key" else ""
    return Message(name, line, path, code, *(words.replace("{about}", about) for words in _TEXTS[code]))
