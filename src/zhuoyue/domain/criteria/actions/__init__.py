"""Standards: loading the shipped ones, reading published ones, rearranging drafts, confirming and freezing."""

from zhuoyue.domain.criteria.actions.editions import (
    Received,
    confirm,
    edit_edition,
    freeze,
    import_document,
    load_shipped,
    load_standard,
    receive_document,
    reopen,
    take_on,
)
from zhuoyue.domain.criteria.actions.outline import (
    edit_node,
    merge_node,
    move_node,
    place_lines,
    remove_node,
    split_node,
    undo,
)

__all__ = [
    "Received",
    "confirm",
    "edit_edition",
    "edit_node",
    "freeze",
    "import_document",
    "load_shipped",
    "load_standard",
    "merge_node",
    "move_node",
    "place_lines",
    "receive_document",
    "remove_node",
    "reopen",
    "split_node",
    "take_on",
    "undo",
]
