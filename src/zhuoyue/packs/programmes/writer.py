"""A pack back as text: unchanged packs give their file back byte for byte, edited ones keep comments and order."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from zhuoyue.packs.programmes.loader import Pack, load_pack
from zhuoyue.packs.programmes.paths import locate
from zhuoyue.packs.programmes.schema import Programme


def write_pack(pack: Pack) -> str:
    return pack.source.text


def edit_pack(pack: Pack, changes: Mapping[str, Any]) -> Pack:
    """Set values at labelled paths (a parent must exist; None removes the key), keeping everything else as written.

    Raises:
        LookupError: a path's parent is not there.
        SourceError: the pack would not be well formed any more.
    """
    from zhuoyue.packs import yaml_text  # noqa: PLC0415 - loads the library

    tree = deepcopy(pack.source.tree)
    for path, value in changes.items():
        parent, _, last = path.rpartition(".")
        node: Any = tree
        for step in locate(pack.source.data, parent) if parent else ():
            node = node[step]
        key = locate(pack.source.data, path)[-1] if isinstance(node, list) else last
        if value is None:
            del node[key]
        else:
            node[key] = _as_tree(value)
    return load_pack(yaml_text.written(tree), name=pack.source.name)


def _as_tree(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _as_tree(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_as_tree(part) for part in value]
    return value


def json_schema() -> str:
    """The published JSON Schema, for editors that complete and check while one types."""
    schema = Programme.model_json_schema(mode="validation")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
    }
    return json.dumps(head | schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
