"""Where a cycle stands today, for people who only want to know what is next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuoyue.domain.programmes.enums import CycleState, Opens
from zhuoyue.domain.programmes.models import Cycle, Phase
from zhuoyue.domain.programmes.windows import Window, window_in
from zhuoyue.web.shared.titles import titled


@dataclass(frozen=True, slots=True)
class Standing:
    """A cycle on a day. `group`: open (one can apply or sign up), review, ended, later."""

    cycle: Cycle
    group: str
    phases: list[dict[str, str]]
    at: datetime | None
    due: str
    action: str

    @property
    def title(self) -> str:
        return titled(self.cycle)


def phase_state(phase: Phase, moment: datetime) -> str:
    if phase.ends_at is not None and phase.ends_at <= moment:
        return "past"
    if phase.starts_at is not None and phase.starts_at <= moment:
        return "now"
    return "next"


def standing_of(cycle: Cycle, moment: datetime) -> Standing:
    phases = list(cycle.phases.all())
    strip = [{"label": titled(phase), "state": phase_state(phase, moment)} for phase in phases]
    for opens, due, action in (
        (Opens.APPLICATION, _("申报截止"), _("开始申报")),
        (Opens.REGISTRATION, _("报名截止"), pgettext("button", "报名")),
    ):
        taking = _open_windows(cycle, opens, moment)
        if taking and cycle.state == CycleState.OPEN:
            nearest = min((window.deadline for window in taking if window.deadline), default=None)
            return Standing(cycle, "open", strip, last_day(nearest), due, action)
    upcoming = [phase for phase in phases if phase.starts_at and phase.starts_at > moment]
    running = any(entry["state"] == "now" for entry in strip)
    if running and cycle.state == CycleState.OPEN:
        following = upcoming[0] if upcoming else None
        return Standing(cycle, "review", strip, following.starts_at if following else None, _next_words(following), "")
    if upcoming and cycle.state == CycleState.OPEN:
        return Standing(cycle, "later", strip, upcoming[0].starts_at, _next_words(upcoming[0]), "")
    return Standing(cycle, "ended", strip, None, "", "")


def _open_windows(cycle: Cycle, opens: str, moment: datetime) -> list[Window]:
    """Of the categories that take things of that kind now; their deadlines may differ."""
    windows = (window_in(category, opens, moment) for category in cycle.categories.all())
    return [window for window in windows if window.is_open]


def last_day(deadline: datetime | None) -> datetime | None:
    """A deadline at midnight belongs to the day before it, which is what the notice prints."""
    if deadline is None:
        return None
    local = timezone.localtime(deadline)
    return deadline - timedelta(seconds=1) if (local.hour, local.minute) == (0, 0) else deadline


def _next_words(phase: Phase | None) -> str:
    return _("%(phase)s开始") % {"phase": titled(phase)} if phase else ""
