from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import IndicatorsPart
from zhuoyue.web.shared.dossier.answering import series
from zhuoyue.web.shared.dossier.mount import DeskPage
from zhuoyue.web.shared.dossier.parts.base import PartFace
from zhuoyue.web.shared.dossier.shown import Content, SectionView, SeriesGroup
from zhuoyue.web.shared.dossier.word import write_series
from zhuoyue.web.shared.indicator_words import series_view


class IndicatorsFace(PartFace[IndicatorsPart]):
    part = IndicatorsPart
    page, sheet, short = "series", "series", "series"

    def view(self, part: IndicatorsPart, _section: Section, content: Content) -> dict[str, Any]:
        held = content.held["indicators"]
        nodes = part.nodes or tuple(dict.fromkeys(entry["node"] for entry in held))
        return {
            "groups": tuple(
                SeriesGroup(
                    node,
                    f"{node} {title}" if (title := content.title_of(node)) != node else node,
                    tuple(series_view(entry) for entry in held if entry["node"] == node),
                )
                for node in nodes
            )
        }

    def write(self, document: Any, section: SectionView) -> None:
        write_series(document, section)

    def group(self, _part: IndicatorsPart) -> str:
        return _("结果与证明材料")

    def measure(self, state: SectionState) -> str:
        return _("%(done)s／%(asked)s项指标") % {"done": state.done, "asked": state.asked}

    def answer(self, request: HttpRequest, place: DeskPage) -> HttpResponse:
        return series.listing(request, place)

    def anchor(self, fault: Fault) -> str:
        return f"i-{fault.key}"
