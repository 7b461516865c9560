import numpy as np
import pytest

from zhuoyue.engine.agreement import RatingsError, alpha_of, ratings_of


def test_missing_values_are_left_out():
    ratings = ratings_of([1, 1, 2, 9], ["a", "b", "a", "z"], [10, np.nan, 20, np.nan])
    assert ratings.unit_ids.tolist() == [1, 2]
    assert ratings.rater_ids.tolist() == ["a"]
    assert (ratings.values + ratings.centre).tolist() == [10, 20]


@pytest.mark.parametrize(
    "ids", [[5, 5, 7, 7], [0, 0, 1, 1], [10**12, 10**12, -4, -4], ["x", "x", "y", "y"], [3, 3, 9, 9]]
)
def test_units_of_any_kind_are_told_apart(ids):
    ratings = ratings_of(ids, [0, 1, 0, 1], [1, 2, 3, 4])
    assert ratings.unit_ids[ratings.units].tolist() == ids
    assert ratings.per_unit.tolist() == [2, 2]


@pytest.mark.parametrize(
    ("units", "raters", "values", "sentence"),
    [
        ([1], [1, 2], [1, 2], "must be flat and of one length"),
        ([[1]], [[1]], [[1]], "must be flat and of one length"),
        ([1], [1], [float("inf")], "a rating is infinite"),
        ([4, 4, 5], ["x", "x", "x"], [1, 2, 3], "examiner x rated unit 4 twice"),
    ],
)
def test_arrays_that_are_no_ratings_are_refused(units, raters, values, sentence):
    with pytest.raises(RatingsError, match=sentence):
        ratings_of(units, raters, values)


def test_without_ratings_there_is_no_alpha():
    found = alpha_of(ratings_of([], [], []))
    assert (found.value, found.units, found.reasons[0].code) == (None, 0, "no_unit_rated_twice")
