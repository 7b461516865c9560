"""YAML as people wrote it: plain data for the schema, the tree with comments for the writer, a line for every fault."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionStartEvent, ScalarEvent
from ruamel.yaml.resolver import VersionedResolver

RawPath = tuple[str | int, ...]

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 30


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
    tree: CommentedMap
    data: dict[str, Any]

    def line_of(self, path: Sequence[str | int]) -> int:
        """The 1-based line of the deepest part of `path` that exists."""
        node: Any = self.tree
        line = 1
        for step in path:
            if isinstance(node, CommentedMap) and step in node:
                line = node.lc.key(step)[0] + 1
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and 0 <= step < len(node):
                line = node.lc.item(step)[0] + 1
            else:
                return line
            node = node[step]
        return line

    def dump(self) -> str:
        """The tree written again, with its comments, quotes and order."""
        out = StringIO()
        _yaml().dump(self.tree, out)
        return out.getvalue()


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
    try:
        tree = _yaml().load(text)
    except _StructureError as error:
        raise SourceError([_fault(name, error.line, error.code)]) from error
    except DuplicateKeyError as error:
        raise SourceError([_duplicate(error, name)]) from error
    except YAMLError as error:
        raise SourceError([_unreadable(error, text, name)]) from error
    if not isinstance(tree, CommentedMap):
        raise SourceError([_fault(name, 1, "not-a-mapping")])
    return Source(name=name, text=text, tree=tree, data=cast("dict[str, Any]", _plain(tree, name)))


def decode(content: bytes, name: str) -> str:
    """UTF-8 text of a file; a file in another encoding is named with the line of its first wrong byte."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError([_fault(name, line, "not-utf-8")]) from error


class _PlainDates(VersionedResolver):
    """Dates stay text: the schema reads them in the precision they are written, and names a 30 February itself."""

    def add_version_implicit_resolver(self, version: Any, tag: str, regexp: Any, first: Any) -> None:
        if not tag.endswith(":timestamp"):
            super().add_version_implicit_resolver(version, tag, regexp, first)


class _StructureError(Exception):
    """Structure that hides behind a mark, or is too deep; `line` counts from 1."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


class _PlainStructure(Composer):
    """Refuses what would be put together from elsewhere, while it is put together."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.loader.parser.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or _has_hidden_mark(event):
            raise _StructureError("yaml-alias", line)
        deeper = isinstance(event, CollectionStartEvent)
        self.depth += deeper
        if self.depth > MAX_DEPTH:
            raise _StructureError("too-deep", line)
        node = super().compose_node(parent, index)
        self.depth -= deeper
        return node


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Resolver = _PlainDates
    yaml.Composer = _PlainStructure
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 100_000
    yaml.preserve_quotes = True
    return yaml


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
    "too-deep": (
        "层级过深。",
        "The nesting is too deep.",
        f"请控制在 {MAX_DEPTH} 层以内。",
        f"Keep it within {MAX_DEPTH} levels.",
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
}


def _fault(name: str, line: int, code: str, path: str = "") -> Message:
    return Message(name, line, path, code, *_TEXTS[code])


def _has_hidden_mark(event: Any) -> bool:
    if isinstance(event, ScalarEvent) and event.value == "<<" and event.style is None:
        return True
    return getattr(event, "anchor", None) is not None or getattr(event, "ctag", None) is not None


def _duplicate(error: DuplicateKeyError, name: str) -> Message:
    return Message(
        name,
        error.problem_mark.line + 1,
        "",
        "duplicate-key",
        "同一层里有重复的键。",
        "The same key stands twice in one mapping.",
        "请删去或改名其中一个。",
        "Remove or rename one of them.",
    )


def _unreadable(error: YAMLError, text: str, name: str) -> Message:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else text[: getattr(error, "position", 0)].count("\n") + 1
    detail = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "").split("\n")[0]
    return Message(
        name,
        line,
        "",
        "yaml-syntax",
        f"YAML 写法有误（{detail}）。",
        f"The YAML cannot be read ({detail}).",
        "请检查该行及上一行的缩进、冒号后的空格、引号和括号。",
        "Check indentation, the space after colons, quotes and brackets on this line and the one above.",
    )


def _plain(node: Any, name: str) -> Any:
    if isinstance(node, CommentedMap):
        for key in node:
            if not isinstance(key, str):
                raise SourceError([_fault(name, node.lc.key(key)[0] + 1, "not-a-text-key", str(key))])
        return {str(key): _plain(value, name) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return tuple(_plain(value, name) for value in node)
    return _plain_scalar(node)


def _plain_scalar(node: Any) -> Any:
    if isinstance(node, float):
        return Decimal(repr(float(node)))
    if isinstance(node, str):
        return str(node)
    return node if node is None or isinstance(node, bool) else int(node)
