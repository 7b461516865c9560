"""A yearly series as people read it: the chart, the table, and what the engine concludes, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.dossiers.cleaning import COLUMNS
from zhuoyue.domain.dossiers.enums import Direction
from zhuoyue.engine import indicators
from zhuoyue.engine.verdict import Verdict
from zhuoyue.kernel import formats, typed
from zhuoyue.kernel.language import in_english
from zhuoyue.web.shared.charts import Series

_BETTER = {Direction.HIGHER: "up", Direction.LOWER: "down"}


@dataclass(frozen=True, slots=True)
class SeriesView:
    """`rows`: (year, value, target, competitor, benchmark), each as it was typed."""

    key: str
    node: str
    name: str
    unit: str
    direction: str
    source: str
    rows: tuple[tuple[str, ...], ...]
    chart: Series
    words: tuple[str, ...]

    @property
    def is_drawn(self) -> bool:
        return any(value is not None for _year, value in self.chart.points)

    @property
    def sentence(self) -> str:
        """All conclusions in a row; English sentences are set apart by a space."""
        gap = " " if in_english() else ""
        return gap.join(self.words)


def series_view(entry: Mapping[str, Any], *, key: str = "") -> SeriesView:
    """`entry` is a row of a snapshot's indicators."""
    points = sorted(entry["points"], key=lambda point: int(point["year"]))
    rows = tuple((str(point["year"]), *(str(point.get(name, "")) for name in COLUMNS)) for point in points)
    return SeriesView(
        key=key,
        node=entry["node"],
        name=entry["name"],
        unit=entry["unit"],
        direction=str(Direction(entry["direction"]).label),
        source=entry.get("source", ""),
        rows=rows,
        chart=_chart(entry, points),
        words=tuple(_words(entry, points)),
    )


def _of(points: Sequence[Mapping[str, Any]], name: str) -> dict[int, Decimal]:
    """Year -> what was typed under `name`, where it is a number."""
    found = {int(point["year"]): typed.number(str(point.get(name, ""))) for point in points}
    return {year: value for year, value in found.items() if value is not None}


def _chart(entry: Mapping[str, Any], points: Sequence[Mapping[str, Any]]) -> Series:
    values, targets, best = (_of(points, name) for name in ("value", "target", "benchmark"))
    return Series(
        name=entry["name"],
        unit=entry["unit"] or _("无单位"),
        points=tuple((str(point["year"]), values.get(int(point["year"]))) for point in points),
        target=targets[max(targets)] if targets else None,
        benchmark=best[max(best)] if best else None,
        better=_BETTER.get(entry["direction"], "neither"),
    )


def _words(entry: Mapping[str, Any], points: Sequence[Mapping[str, Any]]) -> list[str]:
    others = (("competitor", _("竞争对手")), ("benchmark", _("标杆")))
    indicator = indicators.Indicator(
        name=entry["name"],
        values={int(point["year"]): _of(points, "value").get(int(point["year"])) for point in points},
        direction=indicators.Direction(entry["direction"]),
        targets=_of(points, "target"),
        comparators=[
            indicators.Comparator(words, values, kind) for kind, words in others if (values := _of(points, kind))
        ],
    )
    try:
        found = indicators.assess(indicator)
    except indicators.IndicatorError:
        return [_("以接近目标为好的指标，每个有数据的年份都要填目标值。")]
    said = [words_of_verdict(found.level.verdict)]
    if found.level.value is not None:
        said.append(words_of_verdict(found.trend.verdict))
    for comparison in found.comparisons:
        course = words_of_verdict(comparison.course) if comparison.course else ""
        said += [words_of_verdict(comparison.verdict), *([course] if course else [])]
    return [*said, *(words_of_verdict(note) for note in found.notes)]


_SENTENCES = {
    "no_values": gettext_lazy("还没有填写数据。"),
    "no_target": gettext_lazy("%(year)s年为%(value)s，没有填目标值。"),
    "target_met": gettext_lazy("%(year)s年为%(value)s，达到目标%(target)s。"),
    "target_missed": gettext_lazy("%(year)s年为%(value)s，没有达到目标%(target)s。"),
    "too_few_points": gettext_lazy("现有%(points)s年数据，满%(needed)s年才能判断趋势。"),
    "unchanged": gettext_lazy("%(first)s—%(last)s年没有变化。"),
    "improved_throughout": gettext_lazy("%(first)s—%(last)s年逐年改善。"),
    "worsened_throughout": gettext_lazy("%(first)s—%(last)s年逐年变差。"),
    "improved_overall": gettext_lazy("%(first)s—%(last)s年总体改善，中间有起伏。"),
    "no_clear_trend": gettext_lazy("%(first)s—%(last)s年有起伏，没有明显趋势。"),
    "worsened_overall": gettext_lazy("%(first)s—%(last)s年总体变差，中间有起伏。"),
    "no_common_year": gettext_lazy("与%(comparator)s没有同一年的数据，无法对比。"),
    "ahead": gettext_lazy("%(year)s年优于%(comparator)s（%(theirs)s）。"),
    "level_with": gettext_lazy("%(year)s年与%(comparator)s（%(theirs)s）持平。"),
    "behind": gettext_lazy("%(year)s年不及%(comparator)s（%(theirs)s）。"),
    "overtook": gettext_lazy("%(year)s年反超。"),
    "fell_behind": gettext_lazy("%(year)s年起落后。"),
    "lead_growing": gettext_lazy("领先在扩大。"),
    "lead_shrinking": gettext_lazy("领先在缩小。"),
    "gap_growing": gettext_lazy("差距在扩大。"),
    "gap_shrinking": gettext_lazy("差距在缩小。"),
    "missing_years": gettext_lazy("缺%(years)s年数据。"),
}


def words_of_verdict(verdict: Verdict) -> str:
    """One conclusion of the engine as a sentence; empty for what adds nothing to the sentence before."""
    return str(_SENTENCES.get(verdict.code, "")) % {name: _shown(value) for name, value in verdict.params}


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return formats.number(formats.rounded(value, 2))
    if isinstance(value, tuple):
        return _("、").join(str(part) for part in value)
    return str(value)
