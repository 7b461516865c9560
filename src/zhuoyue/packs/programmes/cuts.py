"""A pack's cut rules and caps as the plain data that `engine.cuts` reads.

Caps name awards, tiers and categories of the pack. To the engine each is a label of the candidate, `cap:<key>`, that
is `in` or `out`; caps by body, region or industry hold for each value of that label by itself.
"""

from collections.abc import Iterable
from typing import Any

from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.schema.awards import Cap
from zhuoyue.packs.programmes.schema.stages import Stage

IN, OUT = "in", "out"
EXEMPT = {"label": "exempt", "value": "yes"}


def cut_data(programme: Programme, stage: Stage) -> dict[str, Any] | None:
    """What `engine.cuts.rule_from_data` reads; None where the stage cuts nobody."""
    if stage.cut is None:
        return None
    expanded: dict[str, Any] = _expand(programme, stage.cut.model_dump(exclude_none=True))
    return expanded


def caps_data(programme: Programme, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """What `engine.cuts.caps_from_data` reads, of all caps with a number or of those named."""
    wanted = None if keys is None else set(keys)
    caps = [cap for cap in programme.caps if _holds(cap) and (wanted is None or cap.key in wanted)]
    data: dict[str, Any] = {"limits": [_limit(cap) for cap in caps]}
    if any(cap.exempt for cap in caps):
        data["outside"] = [EXEMPT]
    return data


def cap_labels(
    programme: Programme, *, award: str | None = None, tier: str | None = None, category: str | None = None
) -> dict[str, str]:
    """The `cap:<key>` labels of one candidate for these places."""
    named = {"award": award, "tier": tier, "category": category}
    return {
        f"cap:{cap.key}": IN if named[cap.scope] in _objects(cap) else OUT
        for cap in programme.caps
        if cap.scope in named
    }


def _expand(programme: Programme, node: Any) -> Any:
    if isinstance(node, list | tuple):
        return [_expand(programme, part) for part in node]
    if not isinstance(node, dict):
        return node
    whole = {key: _expand(programme, value) for key, value in node.items()}
    return whole | {"caps": caps_data(programme, node["caps"])} if node.get("kind") == "capped" else whole


def _holds(cap: Cap) -> bool:
    return cap.at_most is not None or cap.at_least is not None


def _limit(cap: Cap) -> dict[str, Any]:
    limit: dict[str, Any] = {"name": cap.key}
    if cap.scope in ("award", "tier", "category"):
        limit["scope"] = {f"cap:{cap.key}": IN}
    elif cap.scope != "total":
        limit["scope"] = {cap.scope: "each"}
    return limit | {name: value for name in ("at_most", "at_least") if (value := getattr(cap, name)) is not None}


def _objects(cap: Cap) -> tuple[str, ...]:
    return (*cap.awards, *cap.tiers, *cap.categories)
