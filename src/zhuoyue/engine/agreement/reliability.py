"""How much of the differences between ratings lies in the units: variance components, ICC, reliability of a mean.

Model: rating = mean + unit + examiner + rest, all random, y_ij = mu + u_i + r_j + e_ij. The components come from the
method of moments for unbalanced two-way data (Henderson's method I; Searle, Casella and McCulloch, Variance
Components, 1992, section 5.3). With N ratings, n_i of unit i (a units), m_j by examiner j (b examiners), values
about the grand mean, and

    T0 = Σ y²    Tu = Σ_i y_i.² / n_i    Tr = Σ_j y_.j² / m_j    Tm = y..² / N

the expectations, solved for the three variances, are

    E(Tu - Tm) = (N - Σ n_i² / N) Vu + (a - Σ m_j² / N) Vr + (a - 1) Ve
    E(Tr - Tm) = (b - Σ n_i² / N) Vu + (N - Σ m_j² / N) Vr + (b - 1) Ve
    E(T0 - Tm) = (N - Σ n_i² / N) Vu + (N - Σ m_j² / N) Vr + (N - 1) Ve

In a complete design they are the analysis-of-variance estimates, and ICC(A,1) is that of McGraw and Wong (1996):

    ICC(A,1) = Vu / (Vu + Vr + Ve)    ICC(C,1) = Vu / (Vu + Ve)
    reliability of a mean of k = Vu / (Vu + (Vr + Ve) / k)
"""

from dataclasses import dataclass

import numpy as np

from zhuoyue.engine.agreement.ratings import Ratings
from zhuoyue.engine.verdict import Verdict

_SINGULAR = 1e-9  # smallest pivot, relative to the largest, at which the three variances can be told apart


@dataclass(frozen=True, slots=True)
class Reliability:
    """None where `reasons` say why. `per_unit` is the harmonic mean of ratings a unit, which `of_mean` stands for.

    `notes` name variances whose estimate fell below 0 and counts as 0.
    """

    units: int
    raters: int
    ratings: int
    per_unit: float
    unit_variance: float | None
    rater_variance: float | None
    rest_variance: float | None
    icc_agreement: float | None
    icc_consistency: float | None
    of_mean: float | None
    reasons: tuple[Verdict, ...] = ()
    notes: tuple[Verdict, ...] = ()

    def of_mean_of(self, count: float) -> float | None:
        """Reliability of the mean of `count` examiners drawn anew for each unit."""
        if self.unit_variance is None or self.rater_variance is None or self.rest_variance is None:
            return None
        return _share(self.unit_variance, (self.rater_variance + self.rest_variance) / count)


def reliability_of(ratings: Ratings) -> Reliability:
    per_unit, per_rater = ratings.per_unit, ratings.per_rater
    units, raters, count = len(per_unit), len(per_rater), len(ratings.values)
    reason = _unfit(units, raters, count)
    found = None if reason else _variances(ratings)
    if found is None:
        reason = reason or Verdict.of("examiners_not_separable", raters=raters, ratings=count)
        usual = 0.0 if count == 0 else units / float((1.0 / per_unit).sum())
        return Reliability(units, raters, count, usual, None, None, None, None, None, None, (reason,))
    unit, rater, rest = (max(0.0, variance) for variance in found)
    usual = units / float((1.0 / per_unit).sum())
    names = ("unit", "rater", "rest")
    negative = tuple(
        Verdict.of("negative_variance", of=name, estimate=value)
        for name, value in zip(names, found, strict=True)
        if value < 0
    )
    return Reliability(
        units=units,
        raters=raters,
        ratings=count,
        per_unit=usual,
        unit_variance=unit,
        rater_variance=rater,
        rest_variance=rest,
        icc_agreement=_share(unit, rater + rest),
        icc_consistency=_share(unit, rest),
        of_mean=_share(unit, (rater + rest) / usual),
        reasons=() if unit + rater + rest > 0 else (Verdict.of("all_ratings_equal"),),
        notes=negative,
    )


def _unfit(units: int, raters: int, count: int) -> Verdict | None:
    if units < 2:  # noqa: PLR2004 - differences need two
        return Verdict.of("too_few_units", units=units, needed=2)
    if raters < 2:  # noqa: PLR2004 - differences need two
        return Verdict.of("too_few_raters", raters=raters, needed=2)
    return Verdict.of("no_unit_rated_twice") if count == units else None


def _variances(ratings: Ratings) -> tuple[float, float, float] | None:
    """None where the design cannot tell examiners from the rest, e.g. each examiner gave a single rating."""
    values, per_unit, per_rater = ratings.values, ratings.per_unit, ratings.per_rater
    count, units, raters = float(len(values)), len(per_unit), len(per_rater)
    spread_units = count - float(per_unit @ per_unit) / count
    spread_raters = count - float(per_rater @ per_rater) / count
    unit_sums = np.bincount(ratings.units, values)
    rater_sums = np.bincount(ratings.raters, values)
    grand = float(values.sum()) ** 2 / count
    system = np.array(
        [
            [spread_units, units - count + spread_raters, units - 1.0],
            [raters - count + spread_units, spread_raters, raters - 1.0],
            [spread_units, spread_raters, count - 1.0],
        ]
    )
    moments = np.array(
        [
            float((unit_sums * unit_sums / per_unit).sum()) - grand,
            float((rater_sums * rater_sums / per_rater).sum()) - grand,
            float(values @ values) - grand,
        ]
    )
    pivots = np.linalg.svd(system, compute_uv=False)
    if pivots[-1] <= _SINGULAR * pivots[0]:
        return None
    unit, rater, rest = np.linalg.solve(system, moments).tolist()
    return unit, rater, rest


def _share(part: float, rest: float) -> float | None:
    whole = part + rest
    return part / whole if whole > 0 else None
