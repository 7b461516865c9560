from collections.abc import Sequence
from datetime import datetime

from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.models import Answer, Indicator
from zhuoyue.domain.dossiers.parts.base import Held, HeldPart
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import IndicatorsPart


class Indicators(HeldPart[IndicatorsPart]):
    """Yearly series of results, each a stored thing of its own under an item of the standard."""

    part = IndicatorsPart
    tells_who = False
    takes_series = True

    def asked(self, _part: IndicatorsPart) -> Sequence[Text]:
        return ()

    def state(self, part: IndicatorsPart, section: Section, held: Held) -> SectionState:
        faults: list[Fault] = []
        series = _own(part, held)
        nodes = part.nodes or tuple(sorted({indicator.node_code for indicator in series}))
        for node in nodes:
            under = [indicator for indicator in series if indicator.node_code == node]
            faults += _number_faults(section, part, node, len(under))
            for indicator in under:
                faults += _series_faults(section, part, indicator)
        asked = max(len(nodes) * part.per_node_at_least, len(series))
        faulty = {fault.key for fault in faults}
        done = sum(str(indicator.pk) not in faulty for indicator in series)
        return SectionState(section, done, asked, tuple(faults))

    def changed_since(self, part: IndicatorsPart, held: Held, _answer: Answer | None, moment: datetime) -> bool:
        return any(entry.created_at > moment or entry.version > 1 for entry in _own(part, held))


def _own(part: IndicatorsPart, held: Held) -> list[Indicator]:
    """The series under the items that the part names; a part that names none takes all."""
    return [entry for entry in held.indicators if not part.nodes or entry.node_code in part.nodes]


def _number_faults(section: Section, part: IndicatorsPart, node: str, has: int) -> list[Fault]:
    if has < part.per_node_at_least:
        params = {"node": node, "has": has, "least": part.per_node_at_least}
        return [Fault(section.key, node, "too_few_series", params)]
    if part.per_node_at_most is not None and has > part.per_node_at_most:
        params = {"node": node, "has": has, "most": part.per_node_at_most}
        return [Fault(section.key, node, "too_many_series", params)]
    return []


def _series_faults(section: Section, part: IndicatorsPart, indicator: Indicator) -> list[Fault]:
    key = str(indicator.pk)
    years = [point for point in indicator.points if str(point.get("value", "")).strip()]
    faults = []
    if len(years) < part.years_at_least:
        params = {"name": indicator.name, "has": len(years), "least": part.years_at_least}
        faults.append(Fault(section.key, key, "too_few_years", params))
    if part.target_required and not any(str(point.get("target", "")).strip() for point in indicator.points):
        faults.append(Fault(section.key, key, "no_target", {"name": indicator.name}))
    compared = any(
        str(point.get(name, "")).strip() for point in indicator.points for name in ("competitor", "benchmark")
    )
    if part.comparator_required and not compared:
        faults.append(Fault(section.key, key, "no_comparator", {"name": indicator.name}))
    return faults
