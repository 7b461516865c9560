import numpy as np
import pytest

from zhuoyue.engine.agreement import ratings_of, reliability_of
from zhuoyue.engine.verdict import Verdict


def simulated(units, raters, each, seed):
    """Unbalanced ratings with known variances 100 (unit), 25 (rater), 36 (rest)."""
    rng = np.random.default_rng(seed)
    quality, severity = rng.normal(0, 10, units), rng.normal(0, 5, raters)
    rows = [(unit, rater) for unit in range(units) for rater in rng.choice(raters, rng.integers(*each), replace=False)]
    who = np.array(rows)
    return ratings_of(who[:, 0], who[:, 1], 60 + quality[who[:, 0]] + severity[who[:, 1]] + rng.normal(0, 6, len(who)))


def test_unbalanced_designs_give_back_the_variances_on_average():
    found = [reliability_of(simulated(150, 60, (1, 6), seed)) for seed in range(150)]
    means = [
        np.mean([getattr(one, name) for one in found]) for name in ("unit_variance", "rater_variance", "rest_variance")
    ]
    assert means == pytest.approx([100, 25, 36], rel=0.05)


def test_the_mean_of_more_examiners_is_more_reliable():
    found = reliability_of(simulated(60, 20, (2, 5), 1))
    assert found.of_mean_of(1) == pytest.approx(found.icc_agreement)
    assert found.of_mean_of(found.per_unit) == pytest.approx(found.of_mean)
    assert found.of_mean_of(10) > found.of_mean > found.icc_agreement
    assert found.icc_consistency > found.icc_agreement


@pytest.mark.parametrize(
    ("units", "raters", "values", "reason"),
    [
        ([], [], [], Verdict.of("too_few_units", units=0, needed=2)),
        ([1, 1], [1, 2], [1, 2], Verdict.of("too_few_units", units=1, needed=2)),
        ([1, 2], [1, 1], [1, 2], Verdict.of("too_few_raters", raters=1, needed=2)),
        ([1, 2, 3], [1, 1, 2], [1, 2, 3], Verdict.of("no_unit_rated_twice")),
        ([1, 1, 2, 2], [1, 2, 3, 4], [1, 2, 3, 4], Verdict.of("examiners_not_separable", raters=4, ratings=4)),
    ],
)
def test_a_design_that_cannot_tell_says_why(units, raters, values, reason):
    found = reliability_of(ratings_of(units, raters, values))
    assert found.reasons == (reason,)
    assert (found.icc_agreement, found.of_mean, found.of_mean_of(3)) == (None, None, None)


def test_a_negative_estimate_counts_as_nought_and_is_noted():
    found = reliability_of(ratings_of([1, 1, 2, 2], [1, 2, 1, 2], [10, 90, 90, 10]))
    assert found.unit_variance == 0
    assert found.icc_agreement == 0
    assert [(note.code, note["of"]) for note in found.notes] == [
        ("negative_variance", "unit"),
        ("negative_variance", "rater"),
    ]


def test_equal_ratings_have_no_reliability():
    found = reliability_of(ratings_of([1, 1, 2, 2], [1, 2, 1, 2], [50, 50, 50, 50]))
    assert found.reasons == (Verdict.of("all_ratings_equal"),)
    assert (found.icc_agreement, found.icc_consistency, found.of_mean) == (None, None, None)
