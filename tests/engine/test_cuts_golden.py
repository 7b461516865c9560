import pytest

from engine.golden_cases import check, golden, plain
from zhuoyue.engine.cuts import Candidate, Status, apply, rule_from_data, tally


@pytest.mark.parametrize("case", golden("cuts"))
def test_cut_is_as_worked_by_hand(case):
    candidates = [Candidate(**row) for row in case["candidates"]]
    outcome = apply(rule_from_data(case["rule"]), candidates, preferred=case.get("preferred", ()))
    statuses = {decision.key: decision.status.value for decision in outcome.decided}
    check(case["expect"], {"chosen": list(outcome.chosen), "statuses": statuses} | plain(outcome))
    assert all(decision.reasons for decision in outcome.decided)
    assert tally(outcome)[Status.IN] == len(outcome.chosen)
    assert outcome.is_final == (set(statuses.values()) <= {"in", "out"})
