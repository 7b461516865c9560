"""What every type of form part must be able to do in the domain. There is no default for a type without a class."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.errors import ValueRefusedError
from zhuoyue.domain.dossiers.models import Answer, Evidence, Indicator
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.kernel import typed
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import EvidenceFile, FormField, PartBase

HALF_WIDTH = frozenset(
    {"integer", "number", "amount", "percent", "year", "date", "email", "url", "telephone", "mobile", "credit_code"}
)
P = TypeVar("P", bound=PartBase)
Titles = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Held:
    """What a dossier holds, as a section's state is told from it. `value` is the answer of that section."""

    value: Mapping[str, Any]
    indicators: Sequence[Indicator] = ()
    evidence: Sequence[Evidence] = ()


class PartType(ABC, Generic[P]):
    """One type of form part. `part` is its row of the schema; `tells_who`: its contents would tell who applies.

    `takes_series`: yearly series are handed in under it.
    """

    part: ClassVar[type[PartBase]]
    tells_who: ClassVar[bool]
    takes_series: ClassVar[bool] = False

    def sections(self, part: P, _titles: Titles) -> tuple[Section, ...]:
        """The pages on which the part is filled in: one, unless the type divides it."""
        return (self.whole(part),)

    def whole(self, part: P) -> Section:
        return Section(part.key, part, None, part.title.zh, part.title.en)  # type: ignore[arg-type]  # P is one of the parts

    @abstractmethod
    def asked(self, part: P) -> Sequence[Text]:
        """The titles of the single things that the part asks for, so that a list can say what is inside."""

    @abstractmethod
    def text_keys(self, part: P) -> tuple[str, ...]:
        """The keys under which a section of the part keeps typed text."""

    @abstractmethod
    def clean(self, part: P, data: Mapping[str, Any]) -> dict[str, Any]:
        """`data` in the shape that is stored. Raises ValueRefusedError for what has no place in it."""

    @abstractmethod
    def state(self, part: P, section: Section, held: Held) -> SectionState:
        """How far the section is, and what is wrong with it."""

    @abstractmethod
    def changed_since(self, part: P, held: Held, answer: Answer | None, moment: datetime) -> bool:
        """Whether anything of the section was written after `moment`."""

    def fields(self, _part: P) -> tuple[FormField, ...]:
        """The typed fields of the part, empty where it asks for other things."""
        return ()

    def files(self, _part: P) -> tuple[EvidenceFile, ...]:
        """The places for files that the part offers."""
        return ()

    def faults_over_all(self, _part: P, _states: Sequence[SectionState]) -> tuple[Fault, ...]:
        """What is wrong with the part's sections taken together."""
        return ()


class TypedPart(PartType[P]):
    """A part whose sections are answered by typing: one stored answer for each."""

    def changed_since(self, _part: P, _held: Held, answer: Answer | None, moment: datetime) -> bool:
        return answer is not None and answer.changed_at > moment


class HeldPart(PartType[P]):
    """A part that is answered by things of their own (series, files), never by a typed answer."""

    def text_keys(self, _part: P) -> tuple[str, ...]:
        return ()

    def clean(self, part: P, _data: Mapping[str, Any]) -> dict[str, Any]:
        title = part.title.in_language(get_language() or "zh-hans")
        raise ValueRefusedError({"": _("“%(title)s”不在这里填写，请用它自己的页面。") % {"title": title}})


def plain(text: str) -> str:
    """As it was typed, with one kind of line end and without marks that a database cannot hold."""
    return typed.storable(text.replace("\r\n", "\n").replace("\r", "\n"))


def refuse_others(data: Mapping[str, Any], known: Sequence[str]) -> None:
    """Raises ValueRefusedError for keys that the form does not have."""
    others = [key for key in data if key not in known]
    if others:
        raise ValueRefusedError({key: _("表单里没有“%(key)s”这一项。") % {"key": key} for key in others})


def text_of(key: str, given: Any) -> str:
    """Raises ValueRefusedError for what is no text."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise ValueRefusedError({key: _("“%(key)s”应是文字。") % {"key": key}})
    return plain(given)


def field_value(entry: FormField, given: Any, place: str = "") -> str | list[str]:
    """One typed field: text, or the keys that were chosen. Raises ValueRefusedError.

    A long text is kept as it was typed; anything shorter is one visible line, numbers and codes half-width.
    """
    key = place or entry.key
    if entry.type == "long_text":
        return text_of(key, given).strip()
    if entry.type != "choices":
        text = typed.shown_line(text_of(key, given))
        return typed.narrow(text) if entry.type in HALF_WIDTH else text
    chosen = given or []
    if not isinstance(chosen, list) or not all(isinstance(choice, str) for choice in chosen):
        raise ValueRefusedError({key: _("“%(key)s”应是所选各项的列表。") % {"key": key}})
    return [plain(choice) for choice in chosen]
