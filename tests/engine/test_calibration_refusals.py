"""When ratings must not be calibrated, and what is said about it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components

from engine.calibration_reference import made_up
from zhuoyue.engine.calibration import (
    UNLIMITED,
    CalibrationRefusedError,
    Limits,
    Ratings,
    RatingsError,
    calibrate,
    check,
    checks,
)
from zhuoyue.engine.calibration.ratings import design_of


def codes(ratings, **options):
    return [reason.code for reason in check(ratings, **options)]


def crossed(applications, examiners, seed=1):
    """Everyone rates everything."""
    values = np.random.default_rng(seed).normal(50, 10, len(applications) * len(examiners))
    return [
        (application, examiner, value)
        for (application, examiner), value in zip(
            [(a, e) for a in applications for e in examiners], values, strict=True
        )
    ]


def ratings_of(rows):
    return Ratings(*zip(*rows, strict=True))


def test_good_ratings_have_no_reason_against_them():
    assert check(made_up()[0]) == ()


def test_too_few_of_both_are_both_named():
    found = check(ratings_of(crossed("abcd", "xy")))
    assert [(one.code, one.parameters) for one in found] == [
        ("too_few_applications", {"count": 4, "needed": 5}),
        ("too_few_examiners", {"count": 2, "needed": 3}),
    ]
    assert found[0].sentence == "There are ratings of 4 applications; 5 are needed."
    assert found[1].sentence == "There are ratings by 2 examiners; 3 are needed."


def test_no_ratings_at_all_are_too_few_even_without_limits():
    assert codes(Ratings((), (), ()), limits=UNLIMITED) == ["too_few_applications", "too_few_examiners"]


def test_ratings_that_are_all_the_same_have_nothing_to_calibrate():
    (reason,) = check(ratings_of([(a, e, 70) for a in "abcdef" for e in "xyz"]))
    assert (reason.code, reason.parameters, reason.sentence) == (
        "zero_variance",
        {"value": 70.0},
        "All ratings are the same (70).",
    )


def test_groups_without_a_common_application_are_named_largest_first():
    rows = crossed("abcdef", "xy") + crossed("ghijkl", "uvw")
    (reason,) = check(ratings_of(rows))
    assert reason.code == "disconnected"
    assert reason.parameters == {"groups": (("u", "v", "w"), ("x", "y"))}
    assert "2 groups (of 3, 2)" in reason.sentence
    assert codes(ratings_of(rows), limits=Limits(groups=2)) == []


def test_a_group_that_hangs_on_one_application_is_named():
    rows = [*crossed("abcdef", "xy"), *crossed("ghijkl", "uvw"), ("g", "x", 44.0)]
    (reason,) = check(ratings_of(rows))
    assert reason.code == "too_few_links"
    assert reason.parameters == {"application": "g", "examiners": ("x", "y"), "hanging": 5}
    assert "single application, g" in reason.sentence
    assert codes(ratings_of(rows), limits=Limits(hanging=5)) == []


def test_a_second_common_application_is_enough():
    rows = [*crossed("abcdef", "xy"), *crossed("ghijkl", "uvw"), ("g", "x", 44.0), ("h", "x", 47.0)]
    assert check(ratings_of(rows)) == ()


def test_one_rating_by_a_reserve_examiner_hangs_nothing():
    assert check(ratings_of([*crossed("abcdef", "xyz"), ("a", "reserve", 50.0)])) == ()


def test_ratings_without_any_to_spare_are_refused_even_without_limits():
    rows = [(application, examiner, value) for value, (application, examiner) in enumerate(["ax", "bx", "by", "cy"])]
    (reason,) = check(ratings_of(rows), limits=UNLIMITED)
    assert (reason.code, reason.parameters["spare"]) == ("too_few_spare_ratings", 0)
    with pytest.raises(CalibrationRefusedError, match="Only 0 ratings are left over"):
        calibrate(ratings_of(rows), limits=UNLIMITED)


def test_ratings_that_are_noise_are_refused():
    random = np.random.default_rng(3)
    values = random.normal(50, 10, (40, 4))
    values -= values.mean(axis=1, keepdims=True)  # every application has the same mean
    rows = [(a, e, values[a, e]) for a in range(40) for e in range(4)]
    with pytest.raises(CalibrationRefusedError) as refused:
        calibrate(ratings_of(rows))
    assert [reason.code for reason in refused.value.reasons] == ["no_signal"]
    assert "no better than chance" in str(refused.value)
    found = calibrate(ratings_of(rows), limits=Limits(reliability=0.0))
    np.testing.assert_allclose(found.adjusted, found.mean, atol=1e-3)


def test_the_refusal_of_calibrate_carries_the_reasons_of_check():
    ratings = ratings_of(crossed("abcd", "xy"))
    with pytest.raises(CalibrationRefusedError) as refused:
        calibrate(ratings)
    assert refused.value.reasons == check(ratings)


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        (lambda: Ratings(["a"], ["x", "y"], [1.0]), "different lengths"),
        (lambda: Ratings(["a"], ["x"], [1.0], ["1.1", "1.2"]), "different lengths"),
        (lambda: check(Ratings(["a", "a"], ["x", "x"], [1.0, 2.0])), "x rated a twice"),
        (lambda: check(Ratings(["a"] * 2, ["x"] * 2, [1, 2], ["1.1"] * 2)), "x rated a twice on 1.1"),
        (lambda: check(Ratings(["a", "b"], ["x", "x"], [1.0, float("nan")])), "not a finite number"),
        (lambda: calibrate(made_up()[0], facets="criteria"), "carry none"),
    ],
)
def test_ratings_that_contradict_themselves_are_an_error(ratings, words):
    with pytest.raises(RatingsError, match=words):
        ratings()


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 5)), min_size=3, max_size=30))
def test_bridges_are_the_applications_whose_removal_splits_the_rest(pairs):
    """Against the definition: take each application out and count what falls apart with an application of its own."""
    design = design_of(ratings_of([(a, e, 1.0) for a, e in sorted(pairs)]))
    if checks.groups(design)[0] > 1:
        return
    expected = set()
    for number, application in enumerate(design.applications):
        kept = np.flatnonzero(
            np.arange(len(design.applications) + len(design.examiners)) != len(design.examiners) + number
        )
        count, labels = connected_components(checks.graph(design)[kept][:, kept], directed=False)
        own = [int((np.flatnonzero(labels == part) >= len(design.examiners)).sum()) for part in range(count)]
        if sum(size > 0 for size in own) > 1:
            expected.add(application)
    assert {one.application for one in checks.bridges(design) if one.hanging > 0} == expected
