"""What an applicant fills in: parts of a dossier, each with its limits. Characters count Chinese and Latin alike."""

from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, Tag

from zhuoyue.packs.programmes.schema.base import Count, Entry, Key, Model, Positive, StandardRef, Text, Words, by_kind
from zhuoyue.packs.programmes.schema.conditions import EvidenceAsk

FieldType = Literal[
    "text", "long_text", "integer", "number", "amount", "percent", "date", "year", "boolean", "choice", "choices",
    "credit_code", "telephone", "mobile", "email", "address", "industry", "region", "person", "url",
]  # fmt: skip
FileType = Literal["pdf", "jpg", "png", "docx", "xlsx", "pptx", "mp4"]
Megabytes = Annotated[Decimal, Field(gt=0, strict=False)]


class FormField(Entry):
    type: FieldType
    required: bool = True
    limit: Positive | None = None
    unit: Text | None = None
    choices: tuple[Entry, ...] = ()
    choices_from: Literal["benchmark_fields", "focus_industries", "categories"] | None = None
    help: Text | None = None
    public: bool = False


class Contradiction(NamedTuple):
    """Two limits of a part that cannot both hold; `field` is the one to correct."""

    field: str
    zh: str
    en: str


class PartBase(Entry):
    required: bool = True
    help: Text | None = None

    def contradiction(self) -> Contradiction | None:
        """What in the part's limits cannot be met, None where nothing is."""
        return None


class ProfilePart(PartBase):
    kind: Literal["profile"]
    fields: tuple[FormField, ...] = Field(min_length=1)


class NarrativeItem(Model):
    """One answer. `node` is the criterion's code in the standard; without one, key and title name the answer."""

    node: Words | None = None
    key: Key | None = None
    title: Text | None = None
    limit: Positive
    required: bool = True
    help: Text | None = None


class ContextPart(PartBase):
    """The organisation's context: read by examiners, scored by nobody."""

    kind: Literal["context"]
    standard: StandardRef | None = None
    items: tuple[NarrativeItem, ...] = Field(min_length=1)


class NarrativePart(PartBase):
    """`total_limit` holds over all answers together."""

    kind: Literal["narrative"]
    standard: StandardRef | None = None
    items: tuple[NarrativeItem, ...] = Field(min_length=1)
    total_limit: Positive | None = None

    def contradiction(self) -> Contradiction | None:
        largest = max(item.limit for item in self.items)
        if self.total_limit is None or largest <= self.total_limit:
            return None
        return Contradiction(
            "total_limit",
            f"总字数 {self.total_limit} 小于单项字数 {largest}",
            f"the total of {self.total_limit} characters is below one answer's {largest}",
        )


class TablePart(PartBase):
    kind: Literal["table"]
    columns: tuple[FormField, ...] = Field(min_length=1)
    rows_at_least: Count = 0
    rows_at_most: Positive | None = None


class IndicatorsPart(PartBase):
    """Yearly series of results. `nodes` are the results items that each need at least `per_node_at_least` series."""

    kind: Literal["indicators"]
    standard: StandardRef | None = None
    nodes: tuple[Words, ...] = ()
    years_at_least: Positive
    years_at_most: Positive | None = None
    per_node_at_least: Count = 0
    per_node_at_most: Positive | None = None
    target_required: bool = False
    comparator_required: bool = False

    def contradiction(self) -> Contradiction | None:
        if self.years_at_most is None or self.years_at_most >= self.years_at_least:
            return None
        return Contradiction("years_at_most", "最多年数小于最少年数", "the most years are below the fewest")


class EvidenceFile(EvidenceAsk):
    key: Key
    types: tuple[FileType, ...] = Field(min_length=1)
    max_megabytes: Megabytes
    files_at_most: Positive = 1
    sealed: bool = False
    help: Text | None = None


class EvidencePart(PartBase):
    kind: Literal["evidence"]
    files: tuple[EvidenceFile, ...] = Field(min_length=1)
    total_megabytes: Megabytes | None = None


class StatementPart(PartBase):
    """Sentences that the applicant confirms; signature and seal go on the printed form."""

    kind: Literal["statement"]
    statements: tuple[Entry, ...] = Field(min_length=1)
    signature: bool = False
    seal: bool = False


_PARTS = {
    "profile": "#ProfilePart",
    "context": "#ContextPart",
    "narrative": "#NarrativePart",
    "table": "#TablePart",
    "indicators": "#IndicatorsPart",
    "evidence": "#EvidencePart",
    "statement": "#StatementPart",
}

Part = Annotated[
    Annotated[ProfilePart, Tag("#ProfilePart")]
    | Annotated[ContextPart, Tag("#ContextPart")]
    | Annotated[NarrativePart, Tag("#NarrativePart")]
    | Annotated[TablePart, Tag("#TablePart")]
    | Annotated[IndicatorsPart, Tag("#IndicatorsPart")]
    | Annotated[EvidencePart, Tag("#EvidencePart")]
    | Annotated[StatementPart, Tag("#StatementPart")],
    by_kind(_PARTS, "表单部分"),
]


class Form(Entry):
    """`form_of` says what it is used for; page limits hold for the printed form."""

    form_of: Literal["registration", "application", "recommendation", "case", "self_assessment", "diagnosis"]
    parts: tuple[Part, ...] = Field(min_length=1)
    pages_at_most: Positive | None = None
    data_years: Positive | None = None
