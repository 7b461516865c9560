"""The assignment as a flow of least cost: applications send their demand through pairs to examiners and a sink.

Minimum loads are demands of the examiners' own nodes, the rest of the load goes on to the sink; nothing is added to
any cost to enforce a rule. A group of a team rule is one more node between an application and its pairs: its minimum
enters there, its maximum is the capacity of the arc that leads to it. Groups that nest stay a tree, hence one flow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from zhuoyue.engine.assignment.problem import BoolArray, FloatArray, IntArray, NodeArray, Problem, counts_of, sums_of
from zhuoyue.engine.assignment.rules import NONE, Family

RESOLUTION = 3e6
"""Steps into which the mean affinity is divided: rounding and ties lose three steps per pair at most."""
TIES = 3
"""Costs differ by less than so many steps where only the seed decides."""
LARGEST_COST = 2.0**38


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """`pairs` are the undecided pairs, one arc of capacity 1 each; then the arcs to sink and groups, without cost."""

    pairs: NodeArray | IntArray
    tails: NodeArray
    heads: NodeArray
    more_tails: NodeArray
    more_heads: NodeArray
    more_capacities: IntArray
    supplies: IntArray


def costs_of(problem: Problem, weights: FloatArray, *, seed: int) -> IntArray:
    """Whole costs, fine enough for a total within 1e-6 of the optimum; between equals the seed decides."""
    if not weights.size:
        return np.zeros(0, dtype=np.int64)
    sizes = np.abs(weights)
    mean, largest = float(sizes.mean()), float(sizes.max())
    scale = min(RESOLUTION / mean, LARGEST_COST / largest) if largest > 0 else 0.0
    np.multiply(weights, -scale, out=sizes)
    whole = np.rint(sizes, out=sizes).astype(np.int64)
    whole -= ties(problem, seed)
    return whole


def ties(problem: Problem, seed: int) -> NDArray[np.int8]:
    """Steps by which the seed prefers the examiner of each pair."""
    return np.random.default_rng(seed).integers(TIES, size=problem.examiners, dtype=np.int8)[problem.r]


def solve(
    problem: Problem, costs: IntArray, families: Sequence[Family] = (), *, held: BoolArray | None = None
) -> BoolArray | None:
    """The chosen pairs (pinned ones included) at least cost, or None where the rules cannot all be kept.

    held: pairs that stay chosen in this flow, the pinned ones among them; None: the pinned ones alone.
    """
    pins = problem.pins if held is None else held
    network = build(problem, families, pins)
    if network is None:
        return None
    everything = network.pairs.size == costs.size
    flows = least_cost(
        network, np.ones(network.pairs.size, dtype=np.int64), costs if everything else costs[network.pairs]
    )
    if flows is None:
        return None
    chosen = pins.copy()
    chosen[network.pairs[np.flatnonzero(flows[: network.pairs.size])]] = True
    return chosen


def least_cost(network: Network, capacities: IntArray, costs: IntArray, units: int = 1) -> IntArray | None:
    """Flow on every arc, counted in `units` to the whole; None where supplies cannot be met."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415  loaded only by the process that solves

    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(network.tails, network.heads, capacities, costs)
    solver.add_arcs_with_capacity_and_unit_cost(
        network.more_tails,
        network.more_heads,
        network.more_capacities * units,
        np.zeros(network.more_tails.size, dtype=np.int64),
    )
    solver.set_nodes_supplies(np.arange(network.supplies.size, dtype=np.int32), network.supplies * units)
    if solver.solve() != solver.OPTIMAL:
        return None
    arcs = np.arange(network.tails.size + network.more_tails.size, dtype=np.int32)
    return np.asarray(solver.flows(arcs), dtype=np.int64)


def contradictions(problem: Problem, families: Sequence[Family]) -> IntArray:
    """Applications whose team rules need more places than the demand, the pins and the rules' own limits leave."""
    return _Groups.of(problem, families, problem.pins, np.flatnonzero(problem.usable)).broken


def build(problem: Problem, families: Sequence[Family], pins: BoolArray) -> Network | None:
    """The network of what is still to be decided beside the pins; None where a pin already breaks a bound."""
    n, m = problem.applications, problem.examiners
    usable = ~(pins | problem.barred)
    pairs: NodeArray | IntArray = np.arange(usable.size, dtype=np.int32)
    p, r = problem.p, problem.r
    if not usable.all():
        pairs = np.flatnonzero(usable)
        p, r = p[pairs], r[pairs]
    wanted = problem.demand - counts_of(problem.p[pins], n)
    taken = counts_of(problem.r[pins], m)
    least, most = np.maximum(problem.load_min - taken, 0), problem.load_max - taken
    if wanted.min(initial=0) < 0 or most.min(initial=0) < 0:
        return None
    groups = _Groups.of(problem, families, pins, pairs)
    if groups.broken.size:
        return None
    own, first = np.arange(n, n + m, dtype=np.int32), n + m + 1
    node = np.concatenate([np.arange(n), np.arange(first, first + groups.parent.size)])
    inner = groups.inner
    return Network(
        pairs,
        p if inner is None else np.where(inner == NONE, p, first + inner).astype(np.int32),
        r + np.int32(n),
        np.concatenate([own, node[groups.parent]]).astype(np.int32),
        np.concatenate([np.full(m, n + m), node[n:]]).astype(np.int32),
        np.concatenate([most - least, groups.room]),
        np.concatenate([wanted - groups.from_root, -least, [least.sum() - wanted.sum()], groups.supply]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """The tree of groups above the pairs.

    inner: innermost group of each undecided pair (None: no groups at all); parent: application, or number of
    applications + group; room: capacity of the arc from the parent; supply: what enters at the group itself;
    from_root: what enters at groups instead of at the application; broken: applications that cannot meet their minima
    beside the pins.
    """

    inner: IntArray | None
    parent: IntArray
    room: IntArray
    supply: IntArray
    from_root: IntArray
    broken: IntArray

    @classmethod
    def of(
        cls, problem: Problem, families: Sequence[Family], pins: BoolArray, pairs: NodeArray | IntArray
    ) -> "_Groups":
        n = problem.applications
        none = np.zeros(0, dtype=np.int64)
        if not families:
            return cls(None, none, none, none, np.zeros(n, dtype=np.int64), none)
        offsets = np.cumsum([0, *(family.low.size for family in families)])
        pinned = np.concatenate([family.counts(pins) for family in families])
        low = np.maximum(np.concatenate([family.low for family in families]) - pinned, 0)
        high = np.concatenate([family.high for family in families]) - pinned
        parent = np.concatenate([family.owner for family in families])
        nest = _nest(families, offsets, pairs)
        for inside, outside in pairwise(nest):
            within = outside != NONE
            parent[inside[within]] = n + outside[within]
        need = low
        for _ in families:  # a group inside needs at most as many levels as there are families to reach the outermost
            need = np.maximum(low, _from_children(parent, need, n)[n:])
        below = _from_children(parent, need, n)
        wanted = problem.demand - counts_of(problem.p[pins], n)
        owner = np.concatenate([family.owner for family in families])
        broken = np.union1d(owner[high < need], np.flatnonzero(below[:n] > wanted))
        return cls(nest[0], parent, high - need, need - below[n:], below[:n], broken)


def _nest(families: Sequence[Family], offsets: IntArray, pairs: NodeArray | IntArray) -> list[IntArray]:
    """Groups of each pair from the innermost (smallest) out, -1 where there is none further."""
    groups = np.stack(
        [
            np.where(f.group[pairs] == NONE, NONE, f.group[pairs] + o)
            for f, o in zip(families, offsets[:-1], strict=True)
        ]
    )
    if len(families) == 1:
        return [groups[0]]
    sizes = counts_of(groups[groups != NONE], int(offsets[-1]))
    rank = np.where(groups == NONE, np.iinfo(np.int64).max, np.append(sizes, 0)[groups])
    return list(np.take_along_axis(groups, np.argsort(rank, axis=0, kind="stable"), axis=0))


def _from_children(parent: IntArray, need: IntArray, applications: int) -> IntArray:
    """Sum of the children's needs, per application and then per group."""
    return sums_of(parent, need.astype(np.float64), applications + need.size).astype(np.int64)
