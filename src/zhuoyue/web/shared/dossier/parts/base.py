"""What every type of form part must be able to do on a page, on a sheet and in a Word file."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault, SectionState, words_of
from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.parts import type_of
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import PartBase
from zhuoyue.web.shared.dossier.answering import typed
from zhuoyue.web.shared.dossier.fields import Box, TableBox
from zhuoyue.web.shared.dossier.mount import DeskPage
from zhuoyue.web.shared.dossier.shown import Content, SectionView, said

P = TypeVar("P", bound=PartBase)
SHOWN = 3


class PartFace(ABC, Generic[P]):
    """One type of form part. `page`, `sheet` and `short` name the templates of its contents under shared/dossier.

    `in_summary`: belongs to a short account of who applies.
    """

    part: ClassVar[type[PartBase]]
    page: ClassVar[str]
    sheet: ClassVar[str]
    short: ClassVar[str]
    in_summary: ClassVar[bool] = False

    # ---- reading

    @abstractmethod
    def view(self, part: P, section: Section, content: Content) -> dict[str, Any]:
        """The rows, columns and cells, groups or files of a `SectionView`."""

    @abstractmethod
    def write(self, document: Any, section: SectionView) -> None:
        """Into a document of python-docx, below the section's heading."""

    # ---- the list of tasks

    @abstractmethod
    def group(self, part: P) -> str:
        """The heading under which the section stands in the list of tasks."""

    def aside(self, _part: P, states: Sequence[SectionState]) -> str:
        done, asked = sum(state.done for state in states), sum(state.asked for state in states)
        return _("%(done)s／%(asked)s项") % {"done": done, "asked": asked}

    def measure(self, state: SectionState) -> str:
        return _("%(done)s／%(asked)s项") % {"done": state.done, "asked": state.asked}

    def note(self, part: P, _section: Section) -> str:
        """What the section asks for, in a line."""
        if part.help is not None:
            return said(part.help)
        titles = [said(text) for text in type_of(part).asked(part)]  # type: ignore[arg-type]  # P is one of the parts
        if len(titles) == 1:
            return titles[0]
        shown = _("、").join(title.split("：")[0].split(":")[0].rstrip("。.") for title in titles[:SHOWN])
        return _("%(shown)s等") % {"shown": shown} if len(titles) > SHOWN else shown

    # ---- writing

    @abstractmethod
    def answer(self, request: HttpRequest, place: DeskPage) -> HttpResponse:
        """The page on which the section is filled in."""

    @abstractmethod
    def anchor(self, fault: Fault) -> str:
        """The id on that page of what is wrong."""

    def boxes(
        self, _part: P, _section: Section, _value: Mapping[str, Any], _errors: Mapping[str, str], _options: Options
    ) -> list[Box]:
        """Its questions, one below the other. `errors`: key -> sentence."""
        return []

    def table(
        self, _part: P, _value: Mapping[str, Any], _errors: Mapping[str, str], _options: Options
    ) -> TableBox | None:
        """Its rows to fill in, None where it has none."""
        return None


class TypedFace(PartFace[P]):
    """A part that is answered by typing, on a page that saves by itself."""

    def answer(self, request: HttpRequest, place: DeskPage) -> HttpResponse:
        return typed.answer(request, place, self)

    def anchor(self, fault: Fault) -> str:
        return f"id_f-{fault.key}"

    @abstractmethod
    def posted(self, part: P, data: QueryDict) -> dict[str, Any]:
        """What was typed, in the shape that `dossiers.cleaning` takes; nothing is judged here."""

    def flat(self, value: Mapping[str, Any]) -> dict[str, str]:
        """Name on the page -> text, so that two values can be laid side by side and sent again."""
        return {f"f-{key}": ",".join(given) if isinstance(given, list) else str(given) for key, given in value.items()}


def errors_of(faults: Sequence[Fault]) -> dict[str, str]:
    return {fault.key: words_of(fault) for fault in faults}
