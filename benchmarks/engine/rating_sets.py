"""Ratings to measure calibration on: public data sets where they are at hand, and made-up cycles with known truth."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

SHARED = Path(os.environ.get("ZHUOYUE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FOLDER = SHARED / "data" / "ratings"


@dataclass(frozen=True, slots=True)
class RatingSet:
    name: str
    application: Indices
    examiner: Indices
    values: Floats


@dataclass(frozen=True, slots=True)
class Cycle:
    """A made-up cycle: ratings about 50, and the qualities, leniencies and scales behind them."""

    application: Indices
    examiner: Indices
    values: Floats
    quality: Floats
    leniency: Floats
    scale: Floats


def public_sets() -> list[RatingSet]:
    """Several judges per subject; the mean of the criteria given is the rating. Empty where the folder is absent."""
    if not FOLDER.is_dir():
        print(f"public ratings not found at {FOLDER}: rows on them are left out (set ZHUOYUE_SHARED)")
        return []
    found = [writing_test(FOLDER / f"sirt_ratings{number}.csv") for number in (1, 2, 3)]
    with (FOLDER / "Wines2012.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    wines = numbered([row["flight"] + row["wine"] for row in rows])
    judges = numbered([row["judge"] for row in rows])
    return [*found, RatingSet("Wines2012", wines, judges, np.array([float(row["score"]) for row in rows]))]


def writing_test(path: Path) -> RatingSet:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    criteria = [name for name in rows[0] if name not in {"idstud", "rater"}]
    values = [fmean(float(row[name]) for name in criteria if row[name] != "NA") for row in rows]
    subjects = numbered([row["idstud"] for row in rows])
    return RatingSet(path.stem, subjects, numbered([row["rater"] for row in rows]), np.array(values))


def numbered(ids: list[str]) -> Indices:
    return np.unique(ids, return_inverse=True)[1]


def made_up(applications: int, *, load: int, seed: int, each: int = 3, scale_spread: float = 0.0) -> Cycle:
    """Each application rated by `each` examiners drawn at random, each examiner with about `load` applications.

    Standard deviations: quality 10, leniency 5, noise 9 points.
    """
    random = np.random.default_rng(seed)
    examiners = max(each, applications * each // load)
    seats = np.repeat(np.arange(examiners), -(-applications // examiners))
    who = np.concatenate([random.permutation(seats)[:applications] for _ in range(each)])
    # someone drawn twice for one application rates it once
    pairs = np.unique(np.tile(np.arange(applications), each) * examiners + who)
    application, examiner = pairs // examiners, pairs % examiners
    quality, leniency = random.normal(0, 10, applications), random.normal(0, 5, examiners)
    scale = np.maximum(random.normal(1, scale_spread, examiners), 0.2)
    values = 50 + scale[examiner] * quality[application] + leniency[examiner] + random.normal(0, 9, len(pairs))
    return Cycle(application, examiner, values, quality, leniency, scale)


def oracle(cycle: Cycle) -> Floats:
    """The best estimate of the qualities for someone who knows every leniency, scale and variance."""
    sizes = cycle.scale[cycle.examiner]
    rest = cycle.values - 50 - cycle.leniency[cycle.examiner]
    return np.bincount(cycle.application, sizes * rest) / (np.bincount(cycle.application, sizes**2) + 0.81)
