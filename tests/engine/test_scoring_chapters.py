"""A total chapter by chapter."""

from zhuoyue.engine.scoring import chapter_shares, model_from_data, total_of, tree_from_data

MODEL = model_from_data({"key": "p", "kind": "percent_bands", "step": 5, "bands": [{"low": 0, "high": 100}]})
POINTED = tree_from_data(
    {
        "key": "top",
        "children": [
            {"key": "1", "children": [{"key": "1.1", "points": 30}, {"key": "1.2", "points": 70}]},
            {"key": "2", "points": 50},
        ],
    }
)


def test_each_chapter_is_percent_of_its_own_points():
    total = total_of(POINTED, {"1.1": 100, "1.2": 0, "2": 50}, MODEL)
    assert chapter_shares(total) == {"1": 30, "2": 50}


def test_a_chapter_whose_items_are_not_all_scored_has_no_share():
    total = total_of(POINTED, {"1.1": 100, "2": 50}, MODEL)
    assert chapter_shares(total) == {"1": None, "2": 50}
