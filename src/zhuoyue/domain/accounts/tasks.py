from datetime import datetime, timedelta

from zhuoyue.domain.accounts.actions import forget_old_sign_ups
from zhuoyue.kernel.jobs import every

KEPT = timedelta(days=7)


@every(minutes=60)
def forget_sign_ups(now: datetime) -> None:
    """By the real clock: rows bear the moment at which they were made."""
    forget_old_sign_ups(before=now - KEPT)
