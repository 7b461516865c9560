"""The form of a self-assessment: what a standard asks, item by item. Nothing of it has to be filled in."""

from decimal import Decimal

from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.judging.queries.books import scored_nodes
from zhuoyue.packs.programmes.schema.base import Text
from zhuoyue.packs.programmes.schema.forms import (
    EvidenceFile,
    EvidencePart,
    Form,
    IndicatorsPart,
    NarrativeItem,
    NarrativePart,
)

CHARACTERS, YEARS, FILES, MEGABYTES = 2000, 3, 20, 20


def form_for(edition: Edition) -> Form:
    """At least one item of `edition` is scored."""
    nodes = scored_nodes(edition)
    codes = tuple(dict.fromkeys(node.code for node in nodes))
    results = tuple(dict.fromkeys(node.code for node in nodes if node.kind == "results"))
    narrative = NarrativePart(
        kind="narrative",
        key="narrative",
        title=Text(zh="逐条说明", en="Item by item"),
        required=False,
        items=tuple(NarrativeItem(node=code, limit=CHARACTERS, required=False) for code in codes),
    )
    indicators = IndicatorsPart(
        kind="indicators",
        key="indicators",
        title=Text(zh="指标数据", en="Indicators"),
        required=False,
        nodes=results,
        years_at_least=YEARS,
    )
    proofs = EvidencePart(
        kind="evidence",
        key="proofs",
        title=Text(zh="依据材料", en="Supporting files"),
        required=False,
        files=(
            EvidenceFile(
                key="files",
                title=Text(zh="依据材料", en="Supporting files"),
                required=False,
                types=("pdf", "docx", "xlsx", "jpg", "png"),
                max_megabytes=Decimal(MEGABYTES),
                files_at_most=FILES,
            ),
        ),
    )
    return Form(
        key="self-assessment",
        title=Text(zh="自我评价", en="Self-assessment"),
        form_of="self_assessment",
        parts=(narrative, indicators, proofs) if results else (narrative, proofs),
    )
