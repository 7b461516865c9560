"""The typed form of an edition of a standard. Unknown keys are errors."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

NodeKind = Literal["value", "term", "note", "context", "category", "process", "results", "aspect"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


def _exact(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Points = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, le=100_000)]


class Model(BaseModel):
    """Frozen and strict: a number in quotes is a text, an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class StandardNode(Model):
    """One element. A term's English stands in `title_en`; `prompt` says in our own words what is asked.

    `indicators` are names that a results item suggests.
    """

    code: Code
    kind: NodeKind
    title: Title
    title_en: str = ""
    points: Points | None = None
    prompt: str = ""
    prompt_en: str = ""
    indicators: tuple[Title, ...] = ()
    children: tuple["StandardNode", ...] = ()

    def walk(self) -> Iterator["StandardNode"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Standard(Model):
    """An edition: `source` is where its facts come from, `verified_by` who compared it with the printed standard.

    `points_total` is empty where the standard gives no points; percent scoring then works without them.
    """

    format: Literal[1]
    key: Key
    code: str = ""
    title: Title
    title_en: str = ""
    issuer: str
    issuer_en: str = ""
    edition: Title
    language: Literal["zh", "en"]
    source: Title
    verified_by: str
    scoring_model: Key
    points_total: Points | None = None
    nodes: tuple[StandardNode, ...] = Field(min_length=1)

    def walk(self) -> Iterator[StandardNode]:
        for node in self.nodes:
            yield from node.walk()
