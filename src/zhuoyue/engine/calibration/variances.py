"""How much of the spread is quality, how much leniency, how much noise.

Start: Henderson's method III, moments in closed form. Three sums of squares (within applications, within examiners,
within both) are set equal to their expectations:

    within both          SSE  ->  noise * (N - I - J + c)                    c: groups that hang together
    within applications  SSA  ->  noise * (N - I) + leniency * (N - sum_ij n_ij / n_i)
    within examiners     SSB  ->  noise * (N - J) + quality  * (N - sum_ij n_ij / n_j)

Then a few steps of the fixed point quality = |q|^2 / (I - trace), leniency likewise, whose rest is the maximum of the
restricted likelihood (REML): on unbalanced designs the moments alone cost up to 0.3 % of accuracy. The traces are
exact up to `EXACT_EXAMINERS` examiners; above that they are estimated with sign vectors (Hutchinson) drawn from a
fixed stream, so that the same ratings always give the same variances.
Sources: C. R. Henderson, Biometrics 9 (1953) 226-252; D. A. Harville, JASA 72 (1977) 320-338.
"""

from dataclasses import astuple, dataclass

import numpy as np

from zhuoyue.engine.calibration.ratings import Design, Floats
from zhuoyue.engine.calibration.solver import Solution, System, system_of

EXACT_EXAMINERS = 64
SIGN_VECTORS = 8
SIGN_STREAM = 1  # any constant: the signs only probe a trace
TRACE_ACCURACY = 1e-4
MOST_STEPS = 100
REST = 1e-5  # change of the variances, as a share of the whole, below which the fixed point rests
REST_BY_SIGNS = 1e-3  # the same where traces are estimated: below the error of the estimate
LEAST_START = 0.02  # share of the noise from which the fixed point sets out when a moment is smaller or negative
ROUNDING = 1e-12  # share of a sum that rounding may have left in it
FLOOR = 1e-6  # variance as a share of the whole below which it counts as none


@dataclass(frozen=True, slots=True)
class Variances:
    """Variances in squared rating units: between applications, between examiners, of a single rating."""

    quality: float
    leniency: float
    noise: float

    @property
    def quality_ratio(self) -> float:
        return self.noise / self.quality

    @property
    def leniency_ratio(self) -> float:
        return self.noise / self.leniency

    def floored(self) -> "Variances":
        """The same, with nothing below a trace of the whole (of 1 where there is none), so that every ratio exists."""
        least = FLOOR * ((max(self.quality, 0.0) + max(self.leniency, 0.0) + max(self.noise, 0.0)) or 1.0)
        return Variances(max(self.quality, least), max(self.leniency, least), max(self.noise, least))


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The solved model: mean, shrunk quality and leniency, and what the mean's own uncertainty does to them."""

    mean: float
    mean_weight: float
    quality: Floats
    leniency: Floats
    quality_of_mean: Floats
    leniency_of_mean: Floats
    residual: Floats


def dot(one: Floats, other: Floats) -> float:
    """A plain sum: waking the threads of a dot product costs more than it saves, and their sums differ by machine."""
    return float((one * other).sum())


def moments(design: Design, groups: int) -> Variances:
    """Henderson's method III; a negative moment is returned as it is."""
    values = design.values - design.values.mean()
    per_application, per_examiner = design.per_application, design.per_examiner
    application_sums = np.bincount(design.application, values, len(design.applications))
    examiner_sums = np.bincount(design.examiner, values, len(design.examiners))
    total = dot(values, values)
    within_applications = total - float((application_sums**2 / per_application).sum())
    within_examiners = total - float((examiner_sums**2 / per_examiner).sum())
    fixed = system_of(design, scale=np.ones(len(design.examiners)))
    right = examiner_sums - fixed.weights_turned @ (application_sums / per_application)
    sizes: Floats = np.bincount(design.examiner, np.abs(values), len(design.examiners)).astype(np.float64)
    rounding = ROUNDING * float(np.sqrt(dot(sizes, sizes)))
    explained = dot(fixed.leniencies(right[:, None], accuracy=1e-7, rounding=rounding)[:, 0], right)
    count, applications, examiners = len(values), len(design.applications), len(design.examiners)
    noise = (within_applications - explained) / (count - applications - examiners + groups)
    # each application has sum_j n_ij / n_i = 1, so the two coefficients are N - I and N - J
    leniency = (within_applications - noise * (count - applications)) / (count - applications)
    quality = (within_examiners - noise * (count - examiners)) / (count - examiners)
    return Variances(quality, leniency, noise)


def fit(system: System, values: Floats) -> Fit:
    """Best linear unbiased prediction with the mean estimated by generalised least squares."""
    both = system.solve(np.column_stack([values, np.ones_like(values)]))
    carried = fitted(system, both)
    unexplained = 1.0 - carried[:, 1]
    weight = float(unexplained.sum())
    mean = dot(unexplained, values) / weight
    quality = both.quality[:, 0] - mean * both.quality[:, 1]
    leniency = both.leniency[:, 0] - mean * both.leniency[:, 1]
    residual = values - carried[:, 0] - mean * unexplained
    return Fit(mean, weight, quality, leniency, both.quality[:, 1], both.leniency[:, 1], residual)


def fitted(system: System, solution: Solution) -> Floats:
    """The solution carried back to the ratings, one column per right-hand side."""
    carried: Floats = system.by_application.T @ solution.quality + system.by_examiner.T @ solution.leniency
    return carried


def probes(examiners: int) -> Floats:
    """Columns z with mean z z' = identity: the unit vectors, or signs when there are many examiners."""
    if examiners <= EXACT_EXAMINERS:
        unit: Floats = np.eye(examiners) * np.sqrt(examiners)
        return unit
    stream = np.random.default_rng(SIGN_STREAM)
    return stream.choice([-1.0, 1.0], size=(examiners, SIGN_VECTORS))


def refine(system: System, values: Floats, start: Variances, *, most_steps: int = MOST_STEPS) -> Variances:
    """Walk from `start` to the restricted-likelihood estimate."""
    least = LEAST_START * start.noise
    now = Variances(max(start.quality, least), max(start.leniency, least), start.noise).floored()
    signs = probes(len(system.examiner_weight))
    rest = REST if len(system.examiner_weight) <= EXACT_EXAMINERS else REST_BY_SIGNS
    for _ in range(most_steps):
        after = improved(system.with_ratios(now.quality_ratio, now.leniency_ratio), values, now, signs)
        moved = sum(abs(new - old) for new, old in zip(astuple(after), astuple(now), strict=True))
        now = after
        if moved < rest * sum(astuple(now)):
            break
    return now


def improved(system: System, values: Floats, now: Variances, signs: Floats) -> Variances:
    """One step of the fixed point; `system` must stand at the ratios of `now`."""
    found = fit(system, values)
    solved = system.leniencies(signs, accuracy=TRACE_ACCURACY)
    spread = system.weights_turned @ ((system.weights @ signs) / system.application_weight[:, None] ** 2)
    columns = signs.shape[1]
    leniency_trace = float((solved * signs).sum()) / columns
    quality_trace = float((solved * spread).sum()) / columns + float((1.0 / system.application_weight).sum())
    leniency_trace += dot(found.leniency_of_mean, found.leniency_of_mean) / found.mean_weight
    quality_trace += dot(found.quality_of_mean, found.quality_of_mean) / found.mean_weight
    quality_free = len(found.quality) - now.quality_ratio * quality_trace
    leniency_free = len(found.leniency) - now.leniency_ratio * leniency_trace
    noise = dot(values - found.mean, found.residual) / (len(values) - 1)
    return Variances(
        dot(found.quality, found.quality) / quality_free,
        dot(found.leniency, found.leniency) / leniency_free,
        noise,
    ).floored()
