"""Geometry for the templates of the charts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from zhuoyue.kernel import clock, formats
from zhuoyue.web.shared import charts
from zhuoyue.web.shared.charts.scale import across
from zhuoyue.web.shared.charts.spread import GRID, Spread, place

register = template.Library()


@register.simple_tag
def timeline_of(phases: Sequence[charts.Phase], today: date | None = None) -> Any:
    if not phases:
        return None
    now = today or clock.today().date()
    day = formats.long_date(now)
    short = day.removeprefix(f"{now.year}年").removesuffix(f" {now.year}")
    return charts.timeline(phases, now, _("今天%(day)s") % {"day": short})


@register.simple_tag
def funnel_of(steps: Sequence[charts.Step]) -> Any:
    return charts.funnel(steps, _("，共%s"))


@register.simple_tag
def mini_of(series: charts.Series) -> Any:
    return charts.mini(series)


@register.simple_tag
def quota_of(used: Any, waiting: Any, limit: Any) -> Any:
    return charts.quota_bar(int(used or 0), int(waiting or 0), int(limit or 0))


@register.simple_tag
def spreads_of(items: Sequence[charts.ItemScores], far: Any = None) -> list[tuple[charts.ItemScores, Spread, str]]:
    """(item, its picture, its values in words)."""
    limit = None if far in (None, "") else Decimal(str(far))
    rows = []
    for item in items:
        drawn = charts.spread(item, limit)
        said = "、".join(f"{score.who}{formats.plain(score.value)}%" for score in item.scores) or _("还没有评分")
        if item.agreed is not None:
            said += _("；议定%(value)s%%") % {"value": formats.plain(item.agreed)}
        elif drawn.middle is not None:
            said += _("；中位数%(value)s%%") % {"value": formats.plain(drawn.middle)}
        rows.append((item, drawn, said))
    return rows


@register.simple_tag
def radar_of(spokes: Sequence[charts.Spoke]) -> dict[str, Any] | None:
    drawn = charts.radar(spokes)
    if drawn is None:
        return None
    said = "；".join(_spoken(spoke) for spoke in spokes)
    return {"picture": drawn, "said": said, "compared": bool(drawn.band), "repeated": bool(drawn.last)}


def _spoken(spoke: charts.Spoke) -> str:
    now = f"{spoke.label} {formats.plain(spoke.own)}%"
    if spoke.last is None:
        return now
    return _("%(now)s（上次%(last)s%%）") % {"now": now, "last": formats.plain(spoke.last)}


@register.simple_tag
def track_of(chapters: Sequence[charts.Chapter], bands: Sequence[charts.Band]) -> Any:
    return charts.track(chapters, bands)


@register.simple_tag
def spread_grid() -> list[tuple[str, int]]:
    return [(place(mark), mark) for mark in GRID]


@register.simple_tag
def ticks_of(groups: Sequence[Any]) -> list[dict[str, str]]:
    """One tick per item; the current one in the colour of "you are here"."""
    items = [item for group in groups for item in group["items"]]
    colours = {"done": "g-now", "part": "g-past"}
    each = Decimal(100) / max(len(items), 1)
    width = across(each * Decimal("0.83"))
    return [
        {
            "css": "g-agreed" if item.get("current") else colours.get(item.get("state", ""), "g-bar-bg"),
            "x": across(each * index),
            "width": width,
        }
        for index, item in enumerate(items)
    ]
