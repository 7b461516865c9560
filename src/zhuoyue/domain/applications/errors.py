"""What keeps an application from going on, with what to do about it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from zhuoyue.domain.dossiers.checks import Fault
from zhuoyue.kernel import formats


class IncompleteError(Exception):
    """A submission with sections missing or over their limits."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class AlreadyRegisteredError(Exception):
    """The organisation has registered for this category (and subject) before."""


@dataclass(frozen=True, slots=True)
class QuotaState:
    """How many a body has recommended in a category, of how many. None: no limit.

    `total_*` count over all bodies of the level, where the rules limit that too. `level` and `category` are titles.
    """

    used: int
    at_most: int | None
    total_used: int = 0
    total_at_most: int | None = None
    level: str = ""
    category: str = ""

    @property
    def is_full(self) -> bool:
        own = self.at_most is not None and self.used >= self.at_most
        return own or (self.total_at_most is not None and self.total_used >= self.total_at_most)

    @property
    def left(self) -> int | None:
        """Places still free for this body; None without a limit."""
        free = [most - used for most, used in self._limits() if most is not None]
        return max(0, min(free)) if free else None

    def _limits(self) -> tuple[tuple[int | None, int], ...]:
        return ((self.at_most, self.used), (self.total_at_most, self.total_used))


class QuotaFullError(Exception):
    """The body has no place left; says of which quota."""

    def __init__(self, quota: QuotaState) -> None:
        super().__init__(quota.level, quota.category)
        self.quota = quota

    def __str__(self) -> str:
        quota = self.quota
        if quota.at_most is not None and quota.used >= quota.at_most:
            words = _("“%(level)s”给本单位的%(category)s名额是%(most)s个，已推荐%(used)s个。撤回一份推荐后才能再推荐。")
            return words % {
                "level": quota.level,
                "category": quota.category,
                "most": quota.at_most,
                "used": quota.used,
            }
        words = _("“%(level)s”的%(category)s名额合计%(most)s个，各单位已推荐满。")
        return words % {"level": quota.level, "category": quota.category, "most": quota.total_at_most}


class RankTakenError(Exception):
    """Another recommendation of the body stands at this rank."""

    def __init__(self, rank: int) -> None:
        super().__init__(rank)
        self.rank = rank

    def __str__(self) -> str:
        return _("第%(rank)s位已经给了另一份申报，请换一个位次。") % {"rank": self.rank}


class ExtensionError(Exception):
    """Time that cannot be granted. `code`: no_deadline, not_later."""

    def __init__(self, code: str, *, until: datetime | None = None) -> None:
        super().__init__(code)
        self.code, self.until = code, until

    def __str__(self) -> str:
        sentences = {
            "no_deadline": _("规则没有给这一级推荐规定截止时间，不用延期。"),
            "not_later": _("延期要晚于现在，也要晚于原来的截止时间%(until)s。"),
        }
        return sentences[self.code] % {"until": formats.moment(self.until) if self.until else ""}


class ReturnRuleError(Exception):
    """A return that the rules do not allow. `code`: no_items, past, too_late, too_often."""

    def __init__(self, code: str, *, latest: datetime | None = None, times: int = 0) -> None:
        super().__init__(code)
        self.code, self.latest, self.times = code, latest, times

    def __str__(self) -> str:
        sentences = {
            "no_items": _("请至少写明一处需要补正的内容。"),
            "past": _("补正截止时间已经过了，请选一个以后的时间。"),
            "too_late": _("按规则补正最迟到%(latest)s，请选这个时间以前。"),
            "too_often": _("按规则最多退回补正%(times)s次，已经用完。"),
        }
        latest = formats.moment(self.latest) if self.latest else ""
        return sentences[self.code] % {"latest": latest, "times": self.times}
