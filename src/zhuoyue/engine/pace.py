"""When work that is handed in piece by piece will be done, from the pace so far.

The pace is what is done over the days since the beginning, and the rest is taken to follow at the same pace:

    last day = today + ⌈left · days / done⌉

A count of n scatters by about √n, so the pace of nine pieces is known to a third. Fewer pieces, fewer days, or pieces
that came on one or two days carry no forecast: None.
"""

from collections.abc import Collection
from datetime import date, timedelta

FEWEST = 9
FEWEST_DAYS = 5
FEWEST_DAYS_WITH = 3
FURTHEST = 3650  # days; further off is not a date but a standstill


def last_day(
    done: int, asked: int, *, since: date, today: date, came_on: Collection[date] | None = None
) -> date | None:
    """`came_on`: the days on which pieces came, where they are known; each may stand there once or often."""
    days = (today - since).days
    left = asked - done
    spread = came_on is None or len(set(came_on)) >= FEWEST_DAYS_WITH
    if left <= 0 or done < FEWEST or days < FEWEST_DAYS or not spread:
        return None
    ahead = -(-left * days // done)
    return today + timedelta(days=ahead) if ahead <= FURTHEST else None
