import pytest
from pydantic import TypeAdapter

from zhuoyue.packs.programmes.evaluation import evaluate
from zhuoyue.packs.programmes.schema.conditions import Tree, leaves_of

TREE = TypeAdapter(Tree)


def leaf(name, expression=None, **more):
    kind = "computed" if expression else more.pop("kind", "declared")
    return {"id": name, "title": {"zh": name, "en": name}, "kind": kind, "expression": expression, **more}


def judge(tree, **facts):
    return evaluate(TREE.validate_python(tree), facts)


def ids(findings):
    return [finding.id for finding in findings]


AGE = leaf("age", "years >= 3")
CLEAN = leaf("clean", "clean_years >= 3")
WILLING = leaf("willing")


def test_every_refusal_is_named_in_one_answer():
    result = judge({"all": (AGE, CLEAN, WILLING)}, years=1, clean_years=2, willing=False)
    assert result.outcome == "unmet"
    assert ids(result.refusals) == ["age", "clean", "willing"]
    assert result.refusals[0].facts == (("years", 1),)
    assert result.refusals[0].reason_zh == "不符合。"


def test_all_met():
    result = judge({"all": (AGE, CLEAN, WILLING)}, years=3, clean_years=3, willing=True)
    assert (result.outcome, result.refusals, result.open_questions) == ("met", (), ())
    assert {finding.reason_en for finding in result.findings} == {"Met."}


def test_the_unknown_needs_evidence_and_is_not_false():
    result = judge({"all": (AGE, WILLING)}, years=None)
    assert result.outcome == "needs_evidence"
    assert [(finding.id, finding.missing) for finding in result.open_questions] == [
        ("age", ("years",)),
        ("willing", ("willing",)),
    ]
    assert result.refusals == ()
    assert "years" in result.open_questions[0].reason_zh


def test_a_refusal_outweighs_an_open_question_and_both_are_told():
    result = judge({"all": (AGE, CLEAN)}, years=1)
    assert (result.outcome, ids(result.refusals), ids(result.open_questions)) == ("unmet", ["age"], ["clean"])


def test_what_is_known_may_decide_an_expression():
    either = leaf("either", "years >= 3 && clean_years >= 3")
    assert judge(either, years=1).outcome == "unmet"
    assert judge(either, years=5).outcome == "needs_evidence"
    assert judge(either, years=5).findings[0].missing == ("clean_years",)


def test_a_fact_of_the_wrong_type_leaves_it_open():
    finding = judge(AGE, years="three").findings[0]
    assert (finding.outcome, finding.missing, finding.reason_en) == (
        "needs_evidence",
        (),
        "What is known does not decide it.",
    )


@pytest.mark.parametrize(
    ("years", "willing", "outcome"),
    [(3, False, "met"), (1, True, "met"), (1, None, "needs_evidence"), (1, False, "unmet")],
)
def test_any_needs_one(years, willing, outcome):
    result = judge({"any": (AGE, WILLING)}, years=years, willing=willing)
    assert result.outcome == outcome
    assert (outcome == "unmet") == (ids(result.refusals) == ["age", "willing"])


@pytest.mark.parametrize(("barred", "outcome"), [(True, "unmet"), (False, "met"), (None, "needs_evidence")])
def test_not_turns_round_and_names_itself(barred, outcome):
    tree = {"not": leaf("barred"), "id": "not-barred", "title": {"zh": "未禁", "en": "Not barred"}}
    result = judge(tree, barred=barred)
    assert result.outcome == outcome
    assert ids((*result.refusals, *result.open_questions)) == ([] if outcome == "met" else ["not-barred"])


def test_a_veto_decides_alone_wherever_it_stands():
    tree = {"any": (leaf("accident-free", kind="evidenced", veto=True), WILLING)}
    refused = judge(tree, willing=True, **{"accident-free": False})
    assert (refused.outcome, ids(refused.refusals)) == ("unmet", ["accident-free"])
    asked = judge(tree, willing=True)
    assert (asked.outcome, ids(asked.open_questions)) == ("needs_evidence", ["accident-free"])
    assert judge(tree, willing=False, **{"accident-free": True}).outcome == "met"


def test_a_preference_is_listed_and_refuses_nobody():
    result = judge({"all": (WILLING, leaf("honours", preferred=True))}, willing=True, honours=False)
    assert (result.outcome, result.refusals) == ("met", ())
    assert [(finding.id, finding.outcome) for finding in result.findings] == [("willing", "met"), ("honours", "unmet")]


def test_leaves_of_every_branch():
    tree = TREE.validate_python(
        {"all": (AGE, {"any": (CLEAN, WILLING)}, {"not": leaf("barred"), "id": "x", "title": {"zh": "x", "en": "x"}})}
    )
    assert ids(leaves_of(tree)) == ["age", "clean", "willing", "barred"]
    assert TREE.validate_python(tree) is tree
