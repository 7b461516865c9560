"""Cut rules between stages, in the words of `engine.cuts`: they nest, and they choose nothing by themselves."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, Tag

from zhuoyue.packs.programmes.schema.base import Key, Model, Positive, Ref, Words, by_kind

CapRef = Annotated[Key, Ref("caps")]
Score = Annotated[Decimal, Field(ge=0, strict=False)]
Part = Annotated[Decimal, Field(ge=0, le=1, strict=False)]


class Top(Model):
    kind: Literal["top"]
    name: Words | None = None
    places: Positive


class Share(Model):
    """`share` 0.3 is three in ten; `of` all candidates, or only those with a score."""

    kind: Literal["share"]
    name: Words | None = None
    share: Part
    rounding: Literal["up", "down", "half_up"]
    of: Literal["candidates", "scored"] = "candidates"


class Threshold(Model):
    """Everyone at the line or above it goes on; `strict` asks for more than the line."""

    kind: Literal["threshold"]
    name: Words | None = None
    at_least: Score
    strict: bool = False


class Floor(Model):
    """Nobody below the line, whatever places `then` has: they stay vacant."""

    kind: Literal["floor"]
    name: Words | None = None
    at_least: Score
    then: "CutRule"


class Groups(Model):
    """One rule for each value of the label `by`, such as a category or a region."""

    kind: Literal["groups"]
    name: Words | None = None
    by: Words
    rules: dict[str, "CutRule"] = Field(min_length=1)
    otherwise: "CutRule | None" = None


class Reservation(Model):
    label: Words
    value: Words
    places: Positive


class ReservedPlaces(Model):
    """`inside` is a top or a share; a place that nobody fills stays vacant or goes to all."""

    kind: Literal["reserved"]
    name: Words | None = None
    inside: "CutRule"
    reserved: tuple[Reservation, ...] = Field(min_length=1)
    unfilled: Literal["vacant", "release"] = "vacant"


class Mark(Model):
    label: Words
    value: Words


class Outside(Model):
    """Candidates with one of the marks take no places: `theirs` judges them, `rest` the others."""

    kind: Literal["outside"]
    name: Words | None = None
    marks: tuple[Mark, ...] = Field(min_length=1)
    theirs: "CutRule"
    rest: "CutRule"


class Capped(Model):
    """`then` selects; where that exceeds one of the programme's caps, people choose."""

    kind: Literal["capped"]
    name: Words | None = None
    then: "CutRule"
    caps: tuple[CapRef, ...] = Field(min_length=1)


_KINDS = {
    "top": "#Top",
    "share": "#Share",
    "threshold": "#Threshold",
    "floor": "#Floor",
    "groups": "#Groups",
    "reserved": "#ReservedPlaces",
    "outside": "#Outside",
    "capped": "#Capped",
}

CutRule = Annotated[
    Annotated[Top, Tag("#Top")]
    | Annotated[Share, Tag("#Share")]
    | Annotated[Threshold, Tag("#Threshold")]
    | Annotated[Floor, Tag("#Floor")]
    | Annotated[Groups, Tag("#Groups")]
    | Annotated[ReservedPlaces, Tag("#ReservedPlaces")]
    | Annotated[Outside, Tag("#Outside")]
    | Annotated[Capped, Tag("#Capped")],
    by_kind(_KINDS, "晋级规则"),
]
