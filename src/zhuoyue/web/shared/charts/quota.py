"""Places used, waiting and free within a quota."""

from dataclasses import dataclass

from zhuoyue.web.shared.charts.scale import across, share


@dataclass(frozen=True, slots=True)
class QuotaBar:
    used: str
    waiting_x: str
    waiting: str
    limit_x: str  # empty unless more is used than there is
    beyond: str
    over: int


def quota_bar(used: int, waiting: int, limit: int) -> QuotaBar:
    """`waiting` have been asked for and not decided. Beyond the limit the bar goes on in another colour."""
    whole = max(limit, used + waiting)
    over = max(used - limit, 0)
    return QuotaBar(
        used=across(share(used - over, whole)),
        waiting_x=across(share(used, whole)),
        waiting=across(share(waiting, whole)),
        limit_x=across(share(limit, whole)) if used + waiting > limit else "",
        beyond=across(share(over, whole)),
        over=over,
    )
