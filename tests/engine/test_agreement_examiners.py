from statistics import correlation, mean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhuoyue.engine.agreement import (
    ExaminerLimits,
    ItemLimits,
    RatingsError,
    examiner_figures,
    item_figures,
    ratings_of,
)
from zhuoyue.engine.verdict import Verdict

ROWS = [
    (u, r, v)
    for u, row in enumerate(((60, 62, 70), (40, 44, 52), (70, 69, 83), (55, 58, 61), (30, 35, 41)))
    for r, v in zip("abc", row, strict=True)
]


def figures(rows, **limits):
    units, raters, values = zip(*rows, strict=True)
    found = examiner_figures(ratings_of(units, raters, values), limits=ExaminerLimits(**limits) if limits else None)
    return {figure.rater: figure for figure in found}


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 20)), min_size=3, max_size=3), min_size=1, max_size=8))
def test_figures_equal_their_definitions(grid):
    rows = [(u, r, v) for u, row in enumerate(grid) for r, v in zip("abc", row, strict=True) if v is not None]
    if not rows:
        return
    for rater, found in figures(rows).items():
        own = {u: v for u, r, v in rows if r == rater}
        peers = {u: [v for w, r, v in rows if w == u and r != rater] for u in own}
        both = [(own[u], mean(peers[u])) for u in own if peers[u]]
        gaps = [mine - theirs for mine, theirs in both]
        assert (found.count, found.shared) == (len(own), len(both))
        assert found.mean == pytest.approx(mean(own.values()))
        assert found.difference == (pytest.approx(mean(gaps), abs=1e-9) if gaps else None)
        assert found.scatter == (pytest.approx(stdev(gaps), abs=1e-6) if len(gaps) > 1 else None)
        assert found.spread == (pytest.approx(stdev(own.values()), abs=1e-6) if len(own) > 1 else None)
        varied = len(both) > 2 and all(np.var(side) > 1e-9 for side in zip(*both, strict=True))
        assert found.correlation == (pytest.approx(correlation(*zip(*both, strict=True)), abs=1e-6) if varied else None)


def test_no_limit_raises_no_flag():
    assert all(figure.flags == () for figure in figures(ROWS).values())


def test_lenient_and_severe_are_named_with_figure_and_limit():
    found = figures(ROWS, max_difference=5)
    assert [flag.code for flag in found["a"].flags] == ["severe"]
    assert found["b"].flags == ()
    assert found["c"].flags == (Verdict.of("lenient", figure=found["c"].difference, limit=5),)


def test_scatter_range_and_correlation_have_flags_of_their_own():
    flat = [(u, r, v if r != "c" else 60 - u % 2) for u, r, v in ROWS]
    found = figures(flat, max_scatter=10, min_spread=0.5, min_correlation=0.9)
    assert [flag.code for flag in found["c"].flags] == ["erratic", "narrow_range", "goes_own_way"]


def test_few_shared_units_are_said_instead_of_flagged():
    found = figures([*ROWS, (9, "d", 100), (0, "d", 100)], max_difference=1)
    assert found["d"].flags == (Verdict.of("few_shared_units", shared=1, needed=5),)


def test_an_examiner_alone_has_no_figures():
    found = figures([(1, "a", 50)], min_spread=0.5, min_shared=0)["a"]
    assert (found.difference, found.scatter, found.spread, found.correlation, found.flags) == (
        None,
        None,
        None,
        None,
        (),
    )


def test_items_are_judged_one_by_one():
    items = ["4.1"] * 6 + ["4.2"] * 6 + ["4.3"]
    units = [1, 1, 2, 2, 3, 3] * 2 + [1]
    raters = ["a", "b"] * 6 + ["a"]
    values = [50, 50, 70, 75, 20, 20, 50, 20, 55, 60, 45, 70, 10]
    limits = ItemLimits(min_alpha=0.6, min_icc=0.6, max_range=20)
    good, bad, bare = item_figures(items, units, raters, values, limits=limits)
    assert (good.item, good.widest, good.widest_unit, good.flags) == ("4.1", 5, 2, ())
    assert good.mean_range == pytest.approx(5 / 3)
    assert (bad.widest, bad.widest_unit) == (30, 1)
    assert [flag.code for flag in bad.flags] == ["low_alpha", "low_icc", "wide_range"]
    assert (bare.mean_range, bare.widest, bare.widest_unit, bare.flags) == (0, 0, None, ())
    assert [figure.flags for figure in item_figures(items, units, raters, values)] == [(), (), ()]


def test_items_must_match_the_values():
    with pytest.raises(RatingsError, match="items and values must be of one length"):
        item_figures(["a"], [1, 2], [1, 2], [1, 2])
