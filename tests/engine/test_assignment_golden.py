import pytest

from engine.golden_cases import check, golden
from zhuoyue.engine.assignment import InfeasibleError, Problem, TeamRules, assign, repair


@pytest.mark.parametrize("case", golden("assignment"))
def test_golden(case):
    problem = Problem(**case["problem"], team=TeamRules(**case.get("team", {})))
    if "refusal" in case:
        with pytest.raises(InfeasibleError) as refusal:
            assign(problem, seed=0)
        assert str(refusal.value) == case["refusal"]
        return
    if "before" in case:
        mended = repair(problem, [tuple(pair) for pair in case["before"]], seed=0)
        actual = {"added": [list(pair) for pair in mended.added], "removed": [list(pair) for pair in mended.removed]}
    else:
        found = assign(problem, seed=0, **case.get("options", {}))
        actual = {"pairs": [list(pair) for pair in found.pairs], "total": found.total, "worst": found.worst}
        actual |= {"method": found.method, "leaders": found.leaders.tolist()}
    check(case["expect"], actual)
