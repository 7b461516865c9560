"""An edition as text: a loaded file comes back byte for byte, an edition made by the program in the same form."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from zhuoyue.packs.standards.loader import LoadedStandard
from zhuoyue.packs.standards.schema import Model, Standard

_QUOTED = frozenset({"code", "edition"})  # "5.2" and "2012" would be read as numbers


def write_standard(standard: Standard | LoadedStandard) -> str:
    if isinstance(standard, LoadedStandard):
        return standard.source.text
    from zhuoyue.packs import yaml_text  # noqa: PLC0415 - loads the library

    return yaml_text.written(_tree(standard, yaml_text.Quoted))


def json_schema() -> str:
    """The published JSON Schema, for editors that complete and check while one types."""
    schema = Standard.model_json_schema(mode="validation")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _tree(model: Model, quoted: Callable[[str], str]) -> dict[str, Any]:
    """Keys in the order of the schema; those left at their default are not written."""
    tree = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if field.is_required() or value != field.default:
            tree[name] = quoted(value) if name in _QUOTED else _plain(value, quoted)
    return tree


def _plain(value: Any, quoted: Callable[[str], str]) -> Any:
    if isinstance(value, Model):
        return _tree(value, quoted)
    if isinstance(value, tuple):
        return [_plain(part, quoted) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
