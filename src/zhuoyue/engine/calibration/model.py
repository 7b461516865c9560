"""Calibrate: what the average examiner would have given each application."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from zhuoyue.engine.calibration.checks import CalibrationRefusedError, Limits, Reason, groups, reasons_against
from zhuoyue.engine.calibration.facets import CriterionEffects, without_criteria
from zhuoyue.engine.calibration.ratings import (
    CriterionDesign,
    Design,
    Floats,
    Ratings,
    RatingsError,
    criterion_design_of,
    design_of,
    pooled,
)
from zhuoyue.engine.calibration.scale import Scales, equal_scales, scales_of
from zhuoyue.engine.calibration.solver import System, system_of
from zhuoyue.engine.calibration.variances import Variances, fit, moments, refine

LEAST_SHARE = 0.25  # of quality in a single rating; below it a scale, which is a slope on quality, follows the noise
LEAST_GAIN = 0.01  # per examiner, on the Akaike scale: less is what the unfinished iteration leaves

Scaling = bool | Literal["auto"]
Facets = Literal["pool", "criteria"]


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Estimates in the unit of the ratings; arrays stand in the order of `applications` and `examiners`.

    `adjusted` is the shrunk estimate of what an average examiner would give; `leniency` is how many points an
    examiner gives above that (negative: strict); `scale` how far an examiner spreads quality apart (1: as the others).
    No figure here is an award total.
    """

    applications: tuple[Any, ...]
    examiners: tuple[Any, ...]
    mean: float
    raw: Floats
    adjusted: Floats
    leniency: Floats
    scale: Floats
    scale_error: Floats
    scale_gain: float | None
    variances: Variances
    criteria: CriterionEffects | None
    design: Design

    @property
    def scaled(self) -> bool:
        return bool((self.scale != 1.0).any())

    def reliability(self, ratings: int) -> float:
        """Share of quality in the spread of a mean of `ratings` ratings freed of leniency."""
        return self.variances.quality / (self.variances.quality + self.variances.noise / ratings)

    def expected(self, applications: Sequence[Any], examiners: Sequence[Any]) -> Floats:
        """The rating to expect of each pair; someone without ratings counts as average."""
        qualities = dict(zip(self.applications, (self.adjusted - self.mean).tolist(), strict=True))
        habits = dict(zip(self.examiners, zip(self.leniency.tolist(), self.scale.tolist(), strict=True), strict=True))
        found = []
        for application, examiner in zip(applications, examiners, strict=True):
            leniency, scale = habits.get(examiner, (0.0, 1.0))
            found.append(self.mean + leniency + scale * qualities.get(application, 0.0))
        return np.array(found)

    def system(self) -> System:
        """The equations at the estimated scales and variances, for draws and studies."""
        return system_of(
            self.design,
            scale=self.scale,
            quality_ratio=self.variances.quality_ratio,
            leniency_ratio=self.variances.leniency_ratio,
        )


def check(ratings: Ratings, *, limits: Limits | None = None) -> tuple[Reason, ...]:
    """The reasons against calibrating these ratings; empty when it may be tried."""
    design = design_of(ratings) if ratings.criteria is None else pooled(criterion_design_of(ratings))
    return reasons_against(design, limits or Limits())


def calibrate(
    ratings: Ratings, *, scale: Scaling = False, facets: Facets = "pool", limits: Limits | None = None
) -> Calibration:
    """Fit mean + quality + leniency (x scale) to the ratings.

    `scale`: a scale per examiner never (False), always (True) or when it is expected to predict better ("auto").
    `facets`: ratings per criterion are averaged ("pool") or first freed of criterion effects ("criteria").
    Raises CalibrationRefusedError with its reasons, RatingsError for ratings that contradict themselves.
    """
    limits = limits or Limits()
    raw, by_criterion = read(ratings, facets)
    against = reasons_against(raw, limits)
    if against:
        raise CalibrationRefusedError(against)
    design, effects = (raw, None) if by_criterion is None else without_criteria(by_criterion)
    system = system_of(design, scale=np.ones(len(design.examiners)))
    variances = refine(system, design.values, moments(design, groups(design)[0]))
    refuse_without_signal(design, variances, limits.reliability)
    scales = scales_of(design, variances) if scale else None
    gain = scales.gain if scales else None
    if scales and (scale is True or worth_having(scales, variances)):
        system, variances = system_of(design, scale=scales.scale), scales.variances
    else:
        scales = equal_scales(len(design.examiners), variances)
    found = fit(system.with_ratios(variances.quality_ratio, variances.leniency_ratio), design.values)
    return Calibration(
        applications=design.applications,
        examiners=design.examiners,
        mean=found.mean,
        raw=raw.raw_means(),
        adjusted=found.mean + found.quality,
        leniency=found.leniency,
        scale=scales.scale,
        scale_error=scales.error,
        scale_gain=gain,
        variances=variances,
        criteria=effects,
        design=design,
    )


def read(ratings: Ratings, facets: Facets) -> tuple[Design, CriterionDesign | None]:
    """One value per (application, examiner), and the ratings per criterion where these are to be a facet."""
    if ratings.criteria is None:
        if facets == "criteria":
            raise RatingsError("Criteria were asked for as a facet, but the ratings carry none.")
        return design_of(ratings), None
    by_criterion = criterion_design_of(ratings)
    return pooled(by_criterion), by_criterion if facets == "criteria" else None


def worth_having(scales: Scales, equal: Variances) -> bool:
    """Whether scales are expected to predict better: quality must show, and the gain must be more than a remnant."""
    shows = equal.quality >= LEAST_SHARE * (equal.quality + equal.noise)
    return shows and scales.gain > LEAST_GAIN * len(scales.scale)


def refuse_without_signal(design: Design, variances: Variances, least: float) -> None:
    per_application = len(design.values) / len(design.applications)
    reliability = variances.quality / (variances.quality + variances.noise / per_application)
    if reliability < least:
        words = "The ratings tell the applications apart no better than chance."
        raise CalibrationRefusedError((Reason("no_signal", {"reliability": reliability}, words),))
