import pytest

from engine.golden_cases import check, golden, plain
from zhuoyue.engine.scoring import Marks, explanation_from_data, model_from_data, replay, total_of, tree_from_data


@pytest.mark.parametrize("case", golden("scoring"))
def test_total_is_as_worked_by_hand(case):
    values = {key: Marks(**given) if isinstance(given, dict) else given for key, given in case["values"].items()}
    total = total_of(tree_from_data(case["tree"]), values, model_from_data(case["model"]))
    check(case["expect"], plain(total))
    stored = explanation_from_data(total.explanation.as_data())
    assert stored == total.explanation
    assert replay(stored) == total.value
