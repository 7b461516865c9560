"""Rounds of single exchanges: every application gives up one examiner at once, and a flow fills all places anew.

With one place open per application, what it will have is known for every candidate: the pairs it keeps and this one.
So the flow of least cost can price the whole application, and any shortfall below a threshold may cost as much as one
likes, which no flow can do that fills all places together. What was given up may be taken back, hence no round ends
worse than it began. Which places are opened is drawn from the seed.
"""

from collections.abc import Sequence

import numpy as np

from zhuoyue.engine.assignment.flow import solve
from zhuoyue.engine.assignment.hooks import Hooks
from zhuoyue.engine.assignment.problem import BoolArray, FloatArray, Problem, sums_of
from zhuoyue.engine.assignment.rules import Family

SHORTFALL, SHORTFALL_SQUARED = 20.0, 300.0
"""Affinity that a shortfall costs, for each unit of it and for its square in thresholds."""
STEPS = 1e6
"""Costs of the flow per largest affinity."""
STALL = 3
"""Rounds without gain after which it stays as it is."""
GAIN = 0.99
"""Share of the shortfall that may be left after a round with gain."""
WORTH_IT = 1e-4
"""Share of the total that a round of polishing must gain."""
HARD = 1000.0
"""How much more a shortfall costs where nobody may fall below the threshold any more."""
SLACK = 1e-12


class Rounds:
    """At most so many rounds on one problem."""

    def __init__(self, problem: Problem, families: Sequence[Family], *, seed: int, most: int) -> None:
        self.problem, self.families = problem, families
        self.random = np.random.default_rng([seed, problem.p.size])
        self.left = most
        self.pins = problem.pins
        self.step = STEPS / (float(np.abs(problem.w).max(initial=0.0)) or 1.0)

    def run(self, chosen: BoolArray, threshold: float, most: int, hooks: Hooks) -> BoolArray:
        """Up to `most` rounds, until all have the threshold."""
        idle, least = 0, self._short(chosen, threshold)
        for number in range(min(most, self.left)):
            if max(least) <= 0 or idle >= STALL:
                break
            hooks.tell("raising", number / most)
            chosen = self._round(chosen, threshold)
            short = self._short(chosen, threshold)
            idle = 0 if short[0] < least[0] or short[1] < GAIN * least[1] else idle + 1
            least = min(short[0], least[0]), min(short[1], least[1])
        return chosen

    def polish(self, chosen: BoolArray, threshold: float, hooks: Hooks) -> BoolArray:
        """A larger total where all keep the threshold."""
        idle, best = 0, -np.inf
        while idle < STALL and self.left > 0:
            hooks.tell("raising", 1.0)
            chosen = self._round(chosen, threshold, hard=HARD)
            total = float(self.problem.w[chosen].sum())
            idle = 0 if total > best + WORTH_IT * abs(best) else idle + 1
            best = max(best, total)
        return chosen

    def _short(self, chosen: BoolArray, threshold: float) -> tuple[float, float]:
        """(largest shortfall, sum of the shortfalls)."""
        scores = sums_of(self.problem.p[chosen], self.problem.w[chosen], self.problem.applications)
        short = np.maximum(threshold - SLACK - scores, 0.0)
        return float(short.max(initial=0.0)), float(short.sum())

    def _round(self, chosen: BoolArray, threshold: float, *, hard: float = 1.0) -> BoolArray:
        problem = self.problem
        self.left -= 1
        held = chosen & ~self._opened(chosen)
        kept = sums_of(problem.p[held], problem.w[held], problem.applications)
        short = np.maximum(threshold - kept[problem.p] - problem.w, 0.0)
        unit = abs(threshold) or 1.0
        worth: FloatArray = problem.w - hard * short * (SHORTFALL + SHORTFALL_SQUARED / unit * short)
        found = solve(problem, np.rint(-self.step * worth).astype(np.int64), self.families, held=held)
        return chosen if found is None else found

    def _opened(self, chosen: BoolArray) -> BoolArray:
        """One chosen pair of each application, by lot; pinned ones stay."""
        pairs = np.flatnonzero(chosen & ~self.pins)
        pairs = pairs[np.lexsort((self.random.random(pairs.size), self.problem.p[pairs]))]
        owners = self.problem.p[pairs]
        opened = np.zeros(chosen.size, dtype=np.bool_)
        opened[pairs[np.flatnonzero(np.diff(owners, prepend=-1))]] = True
        return opened
