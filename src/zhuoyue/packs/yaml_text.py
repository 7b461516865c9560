"""YAML by its library, loaded with the first text that is read or written: pages live from what was made of one."""

import re
from decimal import Decimal
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionStartEvent, ScalarEvent
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

__all__ = ["FaultError", "Quoted", "read", "written"]

MAX_DEPTH = 30
MAX_DIGITS = 100  # longer than any number of a pack; thousands of digits are a fault to Python itself
_LONG_NUMBER = re.compile(rf"[-+.0-9][0-9a-fA-FxXoO_:.+-]{{{MAX_DIGITS},}}")


class FaultError(Exception):
    """Why a text cannot be used: `line` counts from 1; `about` is a key, or what the library says."""

    def __init__(self, code: str, line: int, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.about = about


def read(text: str) -> tuple[CommentedMap, dict[str, Any]]:
    """(the tree with its comments and lines, plain data). Raises FaultError."""
    try:
        tree = _yaml().load(text)
    except DuplicateKeyError as error:
        raise FaultError("duplicate-key", error.problem_mark.line + 1) from error
    except YAMLError as error:
        raise _unreadable(error, text) from error
    if not isinstance(tree, CommentedMap):
        raise FaultError("not-a-mapping", 1)
    data: dict[str, Any] = _plain(tree)
    return tree, data


def written(tree: Any) -> str:
    """A tree that was read with its comments, quotes and order; plain data in block style."""
    out = StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Resolver = _PlainDates
    yaml.Composer = _PlainStructure
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 100_000
    yaml.preserve_quotes = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    return yaml


class _PlainDates(VersionedResolver):
    """Dates stay text: the schema reads them in the precision they are written, and names a 30 February itself."""

    def add_version_implicit_resolver(self, version: Any, tag: str, regexp: Any, first: Any) -> None:
        if not tag.endswith(":timestamp"):
            super().add_version_implicit_resolver(version, tag, regexp, first)


class _PlainStructure(Composer):
    """Refuses what would be put together from elsewhere, while it is put together."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.loader.parser.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or _has_hidden_mark(event):
            raise FaultError("yaml-alias", line)
        if isinstance(event, ScalarEvent) and event.style is None and _LONG_NUMBER.fullmatch(event.value):
            raise FaultError("number-too-long", line, str(MAX_DIGITS))
        deeper = isinstance(event, CollectionStartEvent)
        self.depth += deeper
        if self.depth > MAX_DEPTH:
            raise FaultError("too-deep", line, str(MAX_DEPTH))
        node = super().compose_node(parent, index)
        self.depth -= deeper
        return node


def _has_hidden_mark(event: Any) -> bool:
    if isinstance(event, ScalarEvent) and event.value == "<<" and event.style is None:
        return True
    return getattr(event, "anchor", None) is not None or getattr(event, "ctag", None) is not None


def _unreadable(error: YAMLError, text: str) -> FaultError:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    line = mark.line + 1 if mark else text[: getattr(error, "position", 0)].count("\n") + 1
    detail = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "").split("\n")[0]
    return FaultError("yaml-syntax", line, detail)


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        for key in node:
            if not isinstance(key, str):
                raise FaultError("not-a-text-key", node.lc.key(key)[0] + 1, str(key))
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return tuple(_plain(value) for value in node)
    return _plain_scalar(node)


def _plain_scalar(node: Any) -> Any:
    if isinstance(node, float):
        return Decimal(repr(float(node)))
    if isinstance(node, str):
        return str(node)
    return node if node is None or isinstance(node, bool) else int(node)
