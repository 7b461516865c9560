from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError


class Model(BaseModel):
    """Frozen and strict: a number in quotes is a text, an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, validate_default=False)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field that names an element of a keyed list; the checker resolves it."""

    target: str


Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]

AwardRef = Annotated[Key, Ref("awards")]
BodyRef = Annotated[Key, Ref("bodies")]
CategoryRef = Annotated[Key, Ref("categories")]
ConditionRef = Annotated[Key, Ref("conditions")]
ExpertKindRef = Annotated[Key, Ref("expert_kinds")]
FormRef = Annotated[Key, Ref("forms")]
KindRef = Annotated[Key, Ref("applicant_kinds")]
NoticeRef = Annotated[Key, Ref("notices")]
PhaseRef = Annotated[Key, Ref("phases")]
ReviewRef = Annotated[Key, Ref("reviews")]
StageRef = Annotated[Key, Ref("stages")]
StandardRef = Annotated[Key, Ref("standards")]
SubmissionRef = Annotated[Key, Ref("submissions")]
TierRef = Annotated[Key, Ref("tiers")]


class Text(Model):
    zh: Words
    en: Words

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh


class Entry(Model):
    """An element of a keyed list that needs no more than a name."""

    key: Key
    title: Text
    note: Text | None = None


def pack_error(code: str, zh: str, en: str) -> PydanticCustomError:
    """A fault found while reading a value, in both languages; the loader splits them again."""
    return PydanticCustomError(code, "{zh} / {en}", {"zh": zh, "en": en})


def _read_ratio(value: Any) -> Fraction:
    try:
        ratio = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        ratio = Fraction(-1)
    if isinstance(value, bool) or not 0 <= ratio <= 1:
        raise pack_error(
            "ratio", "比例应写成 0 到 1 之间的数，或 2/3 这样的分数", "write a share between 0 and 1, or 2/3"
        )
    return ratio


Ratio = Annotated[
    Fraction,
    BeforeValidator(_read_ratio),
    PlainSerializer(str),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"pattern": r"^\d+/\d+$", "type": "string"}]}
    ),
]


def by_kind(tags: dict[str, str], name: str) -> Discriminator:
    """Choose a union's member by its `kind`; tags are `#ClassName`, so that a fault's place finds its class."""

    def tag_of(value: Any) -> str | None:
        kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
        return tags.get(kind) if isinstance(kind, str) else None

    return _discriminator(tag_of, name, "、".join(tags))


def _discriminator(tag_of: Callable[[Any], str | None], name: str, kinds: str) -> Discriminator:
    return Discriminator(
        tag_of,
        custom_error_type="kind",
        # the context of a discriminator would have to be hashable, so both languages stand in the message
        custom_error_message=f"{name}的 kind 应为：{kinds} / kind must be one of: {kinds}",
    )
