"""What the steps of the demonstration pass on, and the clock they stand on."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from zhuoyue.config.demo.cast import Cast
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.stages import runs_of_kind
from zhuoyue.kernel import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
SEED = 2021


@dataclass
class Play:
    """What the steps pass on."""

    cast: Cast
    cycle: Cycle
    random: Random

    @property
    def category(self) -> Any:
        return self.cycle.categories.select_related("cycle__rules", "cycle__programme__organiser", "edition").get(
            key="organisation"
        )

    def run(self, kind: StageKind) -> StageRun:
        found = next(iter(runs_of_kind(self.category, kind)), None)
        assert found is not None  # noqa: S101 - the shipped pack has every stage
        return found

    def applications(self) -> list[Application]:
        return list(
            Application.objects.filter(cycle=self.cycle)
            .select_related(
                "organisation", "category__edition", "cycle__programme__organiser", "dossier__form", "registration"
            )
            .order_by("number")
        )


def at(text: str) -> None:
    clock.stand_at(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))
