"""Scoring models as data, and exact totals that explain themselves.

model = model_from_data({"key": "p", "kind": "percent_bands", "step": 5, "bands": [...]})
tree = tree_from_data({"key": "award", "children": [{"key": "4.1", "points": 110}, ...]})
total = total_of(tree, {"4.1": 65, ...}, model)
total.value, total.missing, replay(total.explanation)
"""

from zhuoyue.engine.scoring.chapters import chapter_shares
from zhuoyue.engine.scoring.display import display
from zhuoyue.engine.scoring.explanations import Explanation, ReplayError, Rule, explanation_from_data, replay
from zhuoyue.engine.scoring.items import ItemScore, Marks, check_value, score_item
from zhuoyue.engine.scoring.models import Band, Dimension, Grade, Guidance, Kind, ModelError, ScoringModel
from zhuoyue.engine.scoring.reading import model_from_data
from zhuoyue.engine.scoring.totals import Total, TotalError, composite_of, total_of
from zhuoyue.engine.scoring.trees import Node, TreeError, check_tree, points_notes, tree_from_data
from zhuoyue.engine.scoring.weighing import weighed

__all__ = [
    "Band",
    "Dimension",
    "Explanation",
    "Grade",
    "Guidance",
    "ItemScore",
    "Kind",
    "Marks",
    "ModelError",
    "Node",
    "ReplayError",
    "Rule",
    "ScoringModel",
    "Total",
    "TotalError",
    "TreeError",
    "chapter_shares",
    "check_tree",
    "check_value",
    "composite_of",
    "display",
    "explanation_from_data",
    "model_from_data",
    "points_notes",
    "replay",
    "score_item",
    "total_of",
    "tree_from_data",
    "weighed",
]
