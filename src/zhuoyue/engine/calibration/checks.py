"""Whether ratings can be calibrated at all, and the reasons when they cannot.

Leniency is told from quality only by applications that several examiners rated. Where examiners fall into groups
without such a common application, strict examiners cannot be told from weak applications; where a group with
applications of its own hangs on the rest by one common application, all of them stand or fall with that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components, depth_first_order

from zhuoyue.engine.calibration.ratings import Design, Indices


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not: a stable code, its figures, and the sentence in English."""

    code: str
    parameters: Mapping[str, Any]
    sentence: str


class CalibrationRefusedError(ValueError):
    """The ratings do not allow a calibration; `reasons` says why."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(" ".join(reason.sentence for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Limits:
    """What a calibration asks of the ratings.

    `spare` counts the ratings left over after every application and examiner has been placed once (the degrees of
    freedom of the noise); `hanging` is how many applications may depend on a single common application; a mean of
    ratings of less `reliability` tells the applications apart no better than chance.
    """

    applications: int = 5
    examiners: int = 3
    spare: int = 10
    groups: int = 1
    hanging: int = 0
    reliability: float = 0.01


UNLIMITED = Limits(applications=1, examiners=1, spare=1, groups=2**62, hanging=2**62, reliability=0.0)
"""For studies of the method: only what is mathematically needed. Not for results that people rely on."""


def graph(design: Design) -> sparse.csr_array:
    """Examiners first, applications after them, an edge for every rating, both ways."""
    examiners = len(design.examiners)
    nodes = examiners + len(design.applications)
    one_end = np.concatenate([design.examiner, design.application + examiners])
    other_end = np.concatenate([design.application + examiners, design.examiner])
    return sparse.csr_array((np.ones(len(one_end), np.int8), (one_end, other_end)), shape=(nodes, nodes))


def groups(design: Design) -> tuple[int, Indices]:
    """How many groups hang together, and the group of every examiner."""
    count, labels = connected_components(graph(design), directed=False)
    return int(count), labels[: len(design.examiners)].astype(np.intp)


@dataclass(frozen=True, slots=True)
class Bridge:
    """An application that alone joins `examiners` (with `hanging` applications of their own) to all others."""

    application: Any
    examiners: tuple[Any, ...]
    hanging: int


def bridges(design: Design) -> tuple[Bridge, ...]:
    """Applications whose removal would split a connected design, by one depth-first walk.

    Source: J. Hopcroft, R. Tarjan, CACM 16 (1973) 372-378. The walk starts at an examiner; whatever was reached below
    an application and has no way back above it hangs on that application.
    """
    edges, first = graph(design), len(design.examiners)
    walked, parent = depth_first_order(edges, 0)
    order = walked.astype(np.intp)
    place = np.empty(len(order), np.intp)
    place[order] = np.arange(len(order))
    lowest = np.minimum.reduceat(place[edges.indices], edges.indptr[:-1]).tolist()
    size = [1] * len(order)
    for node, above in zip(order[:0:-1].tolist(), parent[order[:0:-1]].tolist(), strict=True):
        lowest[above] = min(lowest[above], lowest[node])
        size[above] += size[node]
    below = order[1:]
    above = parent[below]
    cut = below[(above >= first) & (np.asarray(lowest)[below] >= place[above])]
    return tuple(bridge(design, order, int(place[node]), size[node], int(parent[node])) for node in cut)


def bridge(design: Design, order: Indices, start: int, length: int, joint: int) -> Bridge:
    """The smaller side of the split at application node `joint`; the walk below it is order[start:start + length]."""
    first = len(design.examiners)
    inside = order[start : start + length]
    outside = np.concatenate([order[:start], order[start + length :]])
    outside = outside[outside != joint]
    smaller = min(inside, outside, key=lambda side: int((side < first).sum()))
    members = tuple(design.examiners[node] for node in np.sort(smaller[smaller < first]))
    # both sides need applications of their own, else nothing depends on the joint
    hanging = min(int((side >= first).sum()) for side in (inside, outside))
    return Bridge(design.applications[joint - first], members, hanging)


def reasons_against(design: Design, limits: Limits) -> tuple[Reason, ...]:
    found = [*too_few(design, limits)]
    if found:
        return tuple(found)
    if float(np.ptp(design.values)) == 0.0:
        value = float(design.values[0])
        return (Reason("zero_variance", {"value": value}, f"All ratings are the same ({value:g})."),)
    count, labels = groups(design)
    if count > limits.groups:
        found.append(disconnected(design, count, labels))
    elif count == 1:
        found += [too_few_links(one) for one in bridges(design) if one.hanging > limits.hanging]
    spare = len(design.values) - len(design.applications) - len(design.examiners) + count
    if spare < max(limits.spare, 1):
        words = f"Only {spare} ratings are left over to tell noise from quality; {limits.spare} are needed."
        found.append(Reason("too_few_spare_ratings", {"spare": spare, "needed": limits.spare}, words))
    return tuple(found)


def too_few(design: Design, limits: Limits) -> list[Reason]:
    found = []
    for what, count, needed in (
        ("applications", len(design.applications), limits.applications),
        ("examiners", len(design.examiners), limits.examiners),
    ):
        if count < needed:
            words = f"There are ratings of {count} {what}; {needed} are needed."
            if what == "examiners":
                words = f"There are ratings by {count} {what}; {needed} are needed."
            found.append(Reason(f"too_few_{what}", {"count": count, "needed": needed}, words))
    return found


def disconnected(design: Design, count: int, labels: Indices) -> Reason:
    members: list[list[Any]] = [[] for _ in range(count)]
    for examiner, label in zip(design.examiners, labels.tolist(), strict=True):
        members[label].append(examiner)
    parts = tuple(sorted((tuple(part) for part in members), key=len, reverse=True))
    sizes = ", ".join(str(len(part)) for part in parts)
    words = f"The examiners fall into {count} groups (of {sizes}) that rated no application in common."
    return Reason("disconnected", {"groups": parts}, words)


def too_few_links(one: Bridge) -> Reason:
    words = (
        f"{len(one.examiners)} examiner(s) share a single application, {one.application}, with all others, "
        f"and {one.hanging} application(s) depend on it."
    )
    parameters = {"application": one.application, "examiners": one.examiners, "hanging": one.hanging}
    return Reason("too_few_links", parameters, words)
