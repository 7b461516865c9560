"""Cut rules out of plain data, as a pack's YAML gives them."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from zhuoyue.engine.cuts.rules import (
    Base,
    Capped,
    Caps,
    CutError,
    Floor,
    Groups,
    Limit,
    Mark,
    Outside,
    Reservation,
    Reserved,
    Rounding,
    Rule,
    Share,
    Threshold,
    Top,
    Unfilled,
)
from zhuoyue.engine.fields import Fields


class Kind(StrEnum):
    TOP = "top"
    SHARE = "share"
    THRESHOLD = "threshold"
    FLOOR = "floor"
    GROUPS = "groups"
    RESERVED = "reserved"
    OUTSIDE = "outside"
    CAPPED = "capped"


def rule_from_data(data: Mapping[str, Any]) -> Rule:
    """Raises CutError with the place and what would be right."""
    return _rule(Fields(data, "cut rule", CutError))


def caps_from_data(data: Mapping[str, Any]) -> Caps:
    return _caps(Fields(data, "caps", CutError))


def _rule(fields: Fields) -> Rule:
    kind = fields.choice("kind", Kind)
    return _READERS[kind](fields, fields.text("name", default=kind.value))


def _top(fields: Fields, name: str) -> Top:
    fields.only("kind", "name", "places")
    return Top(places=fields.count("places"), name=name)


def _share(fields: Fields, name: str) -> Share:
    fields.only("kind", "name", "share", "rounding", "of")
    share = fields.not_negative("share")
    if share > 1:
        raise fields.refuse(f"share is {share}; it must lie within 0-1")
    return Share(
        share=share,
        rounding=fields.choice("rounding", Rounding),
        base=fields.choice("of", Base, default=Base.CANDIDATES),
        name=name,
    )


def _threshold(fields: Fields, name: str) -> Threshold:
    fields.only("kind", "name", "at_least", "strict")
    return Threshold(at_least=fields.number("at_least"), strict=fields.flag("strict", default=False), name=name)


def _floor(fields: Fields, name: str) -> Floor:
    fields.only("kind", "name", "at_least", "then")
    return Floor(at_least=fields.number("at_least"), then=_rule(fields.inner("then")), name=name)


def _groups(fields: Fields, name: str) -> Groups:
    fields.only("kind", "name", "by", "rules", "otherwise")
    rules = fields.inner("rules")
    if not rules.data:
        raise rules.refuse("must name at least one group")
    return Groups(
        by=fields.text("by"),
        rules=tuple((str(value), _rule(rules.inner(value))) for value in rules.data),
        otherwise=_rule(fields.inner("otherwise")) if "otherwise" in fields else None,
        name=name,
    )


def _reserved(fields: Fields, name: str) -> Reserved:
    fields.only("kind", "name", "inside", "reserved", "unfilled")
    inside = _rule(fields.inner("inside"))
    if not isinstance(inside, Top | Share):
        raise fields.refuse(f"places can be reserved inside top or share, not inside {inside.name}")
    reservations = tuple(_reservation(row) for row in fields.rows("reserved"))
    held = sum(reservation.places for reservation in reservations)
    if isinstance(inside, Top) and held > inside.places:
        raise fields.refuse(f"{held} places are reserved, but there are only {inside.places}")
    return Reserved(
        inside=inside,
        reservations=reservations,
        unfilled=fields.choice("unfilled", Unfilled, default=Unfilled.VACANT),
        name=name,
    )


def _reservation(row: Fields) -> Reservation:
    row.only("label", "value", "places")
    return Reservation(label=row.text("label"), value=row.text("value"), places=row.count("places"))


def _outside(fields: Fields, name: str) -> Outside:
    fields.only("kind", "name", "marks", "theirs", "rest")
    return Outside(
        marks=_marks(fields, "marks"),
        theirs=_rule(fields.inner("theirs")),
        rest=_rule(fields.inner("rest")),
        name=name,
    )


def _marks(fields: Fields, name: str) -> tuple[Mark, ...]:
    marks = []
    for row in fields.rows(name):
        row.only("label", "value")
        marks.append(Mark(label=row.text("label"), value=row.text("value")))
    return tuple(marks)


def _capped(fields: Fields, name: str) -> Capped:
    fields.only("kind", "name", "then", "caps")
    return Capped(then=_rule(fields.inner("then")), caps=_caps(fields.inner("caps")), name=name)


def _caps(fields: Fields) -> Caps:
    fields.only("limits", "outside")
    return Caps(
        limits=tuple(_limit(row) for row in fields.rows("limits")),
        outside=_marks(fields, "outside") if "outside" in fields else (),
    )


def _limit(row: Fields) -> Limit:
    row.only("name", "scope", "at_most", "at_least")
    scope = row.inner("scope") if "scope" in row else None
    pairs = tuple((label, scope.text(label)) for label in scope.data) if scope else ()
    limit = Limit(
        scope=pairs,
        at_most=row.count("at_most") if "at_most" in row else None,
        at_least=row.count("at_least") if "at_least" in row else None,
        name=row.text("name", default="cap"),
    )
    if limit.at_most is None and limit.at_least is None:
        raise row.refuse("a limit needs at_most or at_least")
    if limit.at_most is not None and limit.at_least is not None and limit.at_least > limit.at_most:
        raise row.refuse(f"at_least {limit.at_least} is above at_most {limit.at_most}")
    return limit


_READERS: dict[Kind, Callable[[Fields, str], Rule]] = {
    Kind.TOP: _top,
    Kind.SHARE: _share,
    Kind.THRESHOLD: _threshold,
    Kind.FLOOR: _floor,
    Kind.GROUPS: _groups,
    Kind.RESERVED: _reserved,
    Kind.OUTSIDE: _outside,
    Kind.CAPPED: _capped,
}
