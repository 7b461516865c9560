"""What an applicant must meet, as a tree of all / any / not over single conditions."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from zhuoyue.packs.programmes.schema.base import BodyRef, FactName, Key, Model, Positive, Text, Words
from zhuoyue.packs.programmes.schema.dates import Window


class Fact(Model):
    """A named value that computed conditions read, such as years_in_operation."""

    key: FactName
    title: Text
    type: Literal["integer", "number", "boolean", "text", "list"]
    unit: Text | None = None


class EvidenceAsk(Model):
    title: Text
    required: bool = True


class Prerequisite(Model):
    """A standing in another programme or tier (R13)."""

    programme: Words
    tier: Words | None = None
    held_years: Positive | None = None


class Leaf(Model):
    """One condition.

    `kind`: the applicant declares it, an officer finds it in the evidence, or `expression` (CEL over named facts)
    computes it. `veto` decides alone, wherever it stands. `preferred` orders, and refuses nobody.
    """

    id: Key
    title: Text
    kind: Literal["declared", "evidenced", "computed"]
    expression: Words | None = None
    evidence: tuple[EvidenceAsk, ...] = ()
    window: Window | None = None
    prerequisite: Prerequisite | None = None
    opinions_of: tuple[BodyRef, ...] = ()
    veto: bool = False
    preferred: bool = False
    note: Text | None = None


class AllOf(Model):
    id: Key | None = None
    title: Text | None = None
    all: tuple["Tree", ...] = Field(min_length=1)


class AnyOf(Model):
    id: Key | None = None
    title: Text | None = None
    any: tuple["Tree", ...] = Field(min_length=1)


class NotOf(Model):
    """`id` and `title` are required: a refusal must be able to name it."""

    id: Key
    title: Text
    not_: "Tree" = Field(alias="not")


def _tree_tag(value: Any) -> str:
    keys: Any = value if isinstance(value, dict) else type(value).model_fields
    for name, tag in (("all", "#AllOf"), ("any", "#AnyOf"), ("not", "#NotOf"), ("not_", "#NotOf")):
        if name in keys:
            return tag
    return "#Leaf"


Tree = Annotated[
    Annotated[AllOf, Tag("#AllOf")]
    | Annotated[AnyOf, Tag("#AnyOf")]
    | Annotated[NotOf, Tag("#NotOf")]
    | Annotated[Leaf, Tag("#Leaf")],
    Discriminator(_tree_tag),
]


class ConditionSet(Model):
    key: Key
    title: Text
    tree: Tree


def leaves_of(tree: "Tree") -> tuple[Leaf, ...]:
    if isinstance(tree, Leaf):
        return (tree,)
    if isinstance(tree, NotOf):
        return leaves_of(tree.not_)
    branches = tree.all if isinstance(tree, AllOf) else tree.any
    return tuple(leaf for branch in branches for leaf in leaves_of(branch))
