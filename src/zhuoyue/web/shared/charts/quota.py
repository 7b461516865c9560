"""Places used, waiting and free within a quota."""

from dataclasses import dataclass

from zhuoyue.web.shared.charts.scale import across, share


@dataclass(frozen=True, slots=True)
class QuotaBar:
    used: str
    waiting_x: str
    waiting: str
    limit_x: str  # empty unless the quota is exceeded
    over: int
    left: int


def quota_bar(used: int, waiting: int, limit: int) -> QuotaBar:
    """`waiting` have been asked for and not decided. Beyond the limit the bar grows and the limit is marked."""
    whole = max(limit, used + waiting)
    taken = share(used, whole)
    return QuotaBar(
        used=across(taken),
        waiting_x=across(taken),
        waiting=across(share(waiting, whole)),
        limit_x=across(share(limit, whole)) if used + waiting > limit else "",
        over=max(used - limit, 0),
        left=max(limit - used, 0),
    )
