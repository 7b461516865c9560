from typing import Any

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.actions.stages import make_stages
from zhuoyue.kernel.events import receiver


@receiver("cycle.open")
def prepare_stages(*, thing: Cycle, by: Any, **_: Any) -> None:
    make_stages(by=by, cycle=thing)
