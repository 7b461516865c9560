import pytest

from engine.golden_cases import golden
from zhuoyue.engine.agreement import Level, alpha_of, ratings_of, reliability_of


@pytest.mark.parametrize("case", golden("agreement"))
def test_figures_are_as_published(case):
    ratings = ratings_of(case["units"], case["raters"], case["values"])
    for level, published in case.get("alpha", {}).items():
        assert alpha_of(ratings, level=Level(level)).value == pytest.approx(published, abs=0.0005)
    if "icc" in case:
        found = reliability_of(ratings)
        assert found.icc_agreement == pytest.approx(case["icc"]["agreement"], abs=0.005)
        assert found.icc_consistency == pytest.approx(case["icc"]["consistency"], abs=0.005)
        assert found.of_mean == pytest.approx(case["icc"]["of_mean"], abs=0.005)
