"""How far examiners agree: Krippendorff's alpha, ICC and reliability, figures per item and per examiner.

ratings = ratings_of([1, 1, 2, 2], ["x", "y", "x", "y"], [60, 65, 40, 45])
alpha_of(ratings).value, reliability_of(ratings).of_mean, examiner_figures(ratings)
"""

from zhuoyue.engine.agreement.alpha import Alpha, Level, alpha_of
from zhuoyue.engine.agreement.examiners import ExaminerFigure, ExaminerLimits, examiner_figures
from zhuoyue.engine.agreement.items import ItemFigure, ItemLimits, item_figures
from zhuoyue.engine.agreement.ratings import Ratings, RatingsError, ratings_of
from zhuoyue.engine.agreement.reliability import Reliability, reliability_of

__all__ = [
    "Alpha",
    "ExaminerFigure",
    "ExaminerLimits",
    "ItemFigure",
    "ItemLimits",
    "Level",
    "Ratings",
    "RatingsError",
    "Reliability",
    "alpha_of",
    "examiner_figures",
    "item_figures",
    "ratings_of",
    "reliability_of",
]
