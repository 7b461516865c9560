from datetime import datetime

from zhuoyue.domain.outcomes.actions import end_due_notices, expire_objections
from zhuoyue.kernel import clock
from zhuoyue.kernel.jobs import every


@every(minutes=10)
def end_notices(_now: datetime) -> None:
    """By the programme's clock, which a demonstration moves."""
    end_due_notices(on=clock.today().date())
    expire_objections(at=clock.now())
