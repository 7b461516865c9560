"""Rules whose groups cross (an employer with a senior and an ordinary examiner, say) do not fit into one flow.

The flow is solved without them first. Where it happens to keep them it is the optimum. Otherwise the applications that
break them are solved again as a mixed-integer programme with everything else held; on small problems, everything.
"""

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from zhuoyue.engine.assignment.problem import BoolArray, FloatArray, IntArray, NodeArray, Problem, counts_of
from zhuoyue.engine.assignment.rules import NONE, Family

WHOLE = 30_000
"""Up to so many undecided pairs the programme covers the whole problem, and its answer is the optimum."""
GAP = 1e-7
NODES = 20_000
"""Branches after which the programme's best answer so far is taken."""


def keep_crossing(
    problem: Problem, chosen: BoolArray, weights: FloatArray, families: Sequence[Family]
) -> tuple[BoolArray | None, bool]:
    """(an assignment that keeps every family, or None where there is none; whether it is proved to be the best)."""
    broken = [family.owner[family.breached(chosen)] for family in families]
    affected = np.unique(np.concatenate(broken)) if broken else np.zeros(0, dtype=np.int64)
    if not affected.size:
        return chosen, True
    whole = np.arange(problem.applications)
    if int(problem.usable.sum()) <= WHOLE:
        affected = whole
    while True:
        mended, proved = _programme(problem, chosen, weights, families, affected)
        everything = affected.size == whole.size
        if mended is not None or everything:
            return mended, everything and proved
        affected = _neighbours(problem, chosen, affected)


def _neighbours(problem: Problem, chosen: BoolArray, affected: IntArray) -> IntArray:
    """The affected applications and all that hold an examiner whom one of these could take."""
    wanted = np.zeros(problem.examiners, dtype=np.bool_)
    wanted[problem.r[np.isin(problem.p, affected) & problem.usable]] = True
    grown = np.union1d(affected, problem.p[chosen & wanted[problem.r]]).astype(np.int64)
    return grown if grown.size > affected.size else np.arange(problem.applications)


def _programme(
    problem: Problem, chosen: BoolArray, weights: FloatArray, families: Sequence[Family], free: IntArray
) -> tuple[BoolArray | None, bool]:
    inside = np.isin(problem.p, free)
    pairs = np.flatnonzero(inside & problem.usable)
    fixed = np.where(inside, problem.pins, chosen)
    loads = counts_of(problem.r[fixed], problem.examiners)
    pinned = counts_of(problem.p[fixed], problem.applications)
    rows = [
        _rows(problem.p[pairs], problem.demand - pinned, problem.demand - pinned),
        _rows(problem.r[pairs], problem.load_min - loads, problem.load_max - loads),
    ]
    for family in families:
        counts = family.counts(fixed)
        rows.append(_rows(family.group[pairs], family.low - counts, family.high - counts))
    answer = milp(
        -weights[pairs],
        integrality=np.ones(pairs.size, dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=rows,
        options={"mip_rel_gap": GAP, "node_limit": NODES},
    )
    if answer.x is None:
        return None, bool(answer.status == 2)  # noqa: PLR2004  HiGHS: infeasible
    mended = fixed.copy()
    mended[pairs[answer.x > 0.5]] = True  # noqa: PLR2004  a whole number, up to rounding
    return mended, bool(answer.status == 0)


def _rows(group: IntArray | NodeArray, low: IntArray, high: IntArray) -> LinearConstraint:
    """Between low and high of the pairs in each group (-1: in none)."""
    inside = np.flatnonzero(group != NONE)
    matrix = sparse.csr_array((np.ones(inside.size), (group[inside], inside)), shape=(low.size, group.size))
    return LinearConstraint(matrix, low, high)
