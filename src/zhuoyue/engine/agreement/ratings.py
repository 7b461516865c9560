"""Ratings as arrays: which unit (an application, or an item of one) got which value from which examiner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Codes = NDArray[np.intp]
Floats = NDArray[np.float64]


class RatingsError(ValueError):
    """Arrays that do not describe ratings."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """`units[i]` and `raters[i]` index `unit_ids` and `rater_ids`; missing values are already left out.

    `values` are taken from their mean, which no measure of agreement depends on and which keeps sums exact;
    `centre` puts them back.
    """

    units: Codes
    raters: Codes
    values: Floats
    centre: float
    unit_ids: NDArray[np.generic]
    rater_ids: NDArray[np.generic]

    @property
    def per_unit(self) -> Codes:
        return np.bincount(self.units, minlength=len(self.unit_ids))

    @property
    def per_rater(self) -> Codes:
        return np.bincount(self.raters, minlength=len(self.rater_ids))


def ratings_of(units: ArrayLike, raters: ArrayLike, values: ArrayLike) -> Ratings:
    """Three arrays of equal length; NaN stands for a missing value.

    Raises RatingsError for unequal lengths, infinite values, or one examiner rating a unit twice.
    """
    numbers = np.asarray(values, dtype=np.float64)
    unit_array, rater_array = np.asarray(units), np.asarray(raters)
    shapes = {unit_array.shape, rater_array.shape, numbers.shape}
    if len(shapes) > 1 or numbers.ndim != 1:
        raise RatingsError(f"units, raters and values must be flat and of one length, not {sorted(shapes)}")
    if np.isinf(numbers).any():
        raise RatingsError("a rating is infinite")
    known = ~np.isnan(numbers)
    if not known.all():
        unit_array, rater_array, numbers = unit_array[known], rater_array[known], numbers[known]
    unit_ids, unit_codes = _coded(unit_array)
    rater_ids, rater_codes = _coded(rater_array)
    _refuse_doubles(unit_codes, rater_codes, unit_ids, rater_ids)
    centre = float(numbers.mean()) if len(numbers) else 0.0
    return Ratings(unit_codes, rater_codes, numbers - centre, centre, unit_ids, rater_ids)


def _coded(ids: NDArray[np.generic]) -> tuple[NDArray[np.generic], Codes]:
    """Small whole numbers are counted, which is several times faster than sorting them."""
    if np.issubdtype(ids.dtype, np.integer) and len(ids):
        low, high = int(ids.min()), int(ids.max())
        if high - low < 4 * len(ids):
            shifted = (ids.astype(np.intp) - low) if low else ids.astype(np.intp, copy=False)
            present = np.bincount(shifted, minlength=high - low + 1) > 0
            if present.all():
                return np.arange(low, high + 1), shifted
            places = np.cumsum(present) - 1
            return np.flatnonzero(present) + low, places[shifted]
    unique, codes = np.unique(ids, return_inverse=True)
    return unique, codes.astype(np.intp, copy=False)


def _refuse_doubles(units: Codes, raters: Codes, unit_ids: NDArray[np.generic], rater_ids: NDArray[np.generic]) -> None:
    pairs = np.sort(units * max(len(rater_ids), 1) + raters)
    twice = np.flatnonzero(pairs[1:] == pairs[:-1])
    if len(twice):
        unit, rater = divmod(int(pairs[twice[0]]), len(rater_ids))
        raise RatingsError(f"examiner {rater_ids[rater]} rated unit {unit_ids[unit]} twice")
