"""Rounding a fractional flow at random so that every arc keeps its expected value.

Where supplies are whole, the arcs with a fraction of a unit form cycles. Sending a little more around a cycle one way
or the other, with chances inverse to how far each way can go, makes at least one arc whole and changes no expectation.
All bounds, of loads and of rules, are kept: an arc never leaves the two whole numbers around it.
"""

import numpy as np

from zhuoyue.engine.assignment.flow import Network
from zhuoyue.engine.assignment.problem import IntArray


def rounded(network: Network, flows: IntArray, units: int, rng: np.random.Generator) -> IntArray:
    """Whole flows (counted in wholes) from flows counted in `units` to the whole."""
    flow = flows.copy()
    tails = np.concatenate([network.tails, network.more_tails]).tolist()
    heads = np.concatenate([network.heads, network.more_heads]).tolist()
    open_arcs: dict[int, set[int]] = {}
    for arc in np.flatnonzero(flow % units).tolist():
        open_arcs.setdefault(tails[arc], set()).add(arc)
        open_arcs.setdefault(heads[arc], set()).add(arc)
    while open_arcs:
        cycle = _cycle(open_arcs, tails, heads)
        _push(flow, cycle, units, rng)
        for arc, _ in cycle:
            if flow[arc] % units == 0:
                for node in (tails[arc], heads[arc]):
                    open_arcs[node].discard(arc)
                    if not open_arcs[node]:
                        del open_arcs[node]
    return flow // units


def _cycle(open_arcs: dict[int, set[int]], tails: list[int], heads: list[int]) -> list[tuple[int, int]]:
    """Some cycle of fractional arcs as (arc, +1 along it or -1 against it). Every node here has at least two."""
    node = min(open_arcs)
    at, way = {node: 0}, []
    last = -1
    while True:
        last = min(arc for arc in open_arcs[node] if arc != last)
        forward = tails[last] == node
        node = heads[last] if forward else tails[last]
        way.append((last, 1 if forward else -1))
        if node in at:
            return way[at[node] :]
        at[node] = len(way)


def _push(flow: IntArray, cycle: list[tuple[int, int]], units: int, rng: np.random.Generator) -> None:
    up = down = units
    for arc, sign in cycle:
        part = int(flow[arc]) % units
        room_up, room_down = (units - part, part) if sign > 0 else (part, units - part)
        up, down = min(up, room_up), min(down, room_down)
    change = up if rng.integers(up + down) < down else -down
    for arc, sign in cycle:
        flow[arc] += sign * change
