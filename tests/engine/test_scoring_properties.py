from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.scoring import Node, composite_of, explanation_from_data, model_from_data, replay, total_of

MODEL = model_from_data({"key": "p", "kind": "percent_bands", "step": 5, "bands": [{"low": 0, "high": 100}]})
percents = st.integers(0, 20).map(lambda steps: steps * 5)


@st.composite
def trees(draw):
    """Two levels, one to four categories of one to four items, with points or with weights or neither."""
    pointed, weighted = draw(st.sampled_from([(True, False), (False, True), (False, False)]))
    number = st.integers(1, 120).map(Decimal)

    def node(key, children=()):
        points = draw(number) if pointed and not children else None
        return Node(key, points=points, weight=draw(number) if weighted else None, children=tuple(children))

    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    return node(
        "top", [node(f"{place}", [node(f"{place}.{item}") for item in range(size)]) for place, size in enumerate(sizes)]
    )


@st.composite
def scored(draw):
    tree = draw(trees())
    return tree, {item.key: draw(percents) for item in tree.items}


@given(scored())
def test_a_total_lies_between_nothing_and_its_maximum_and_replays(case):
    tree, values = case
    total = total_of(tree, values, MODEL)
    assert 0 <= total.value <= total.maximum
    assert total.low == total.high == total.value
    assert replay(explanation_from_data(total.explanation.as_data())) == total.value


@given(scored(), st.data())
def test_a_better_item_never_lowers_the_total(case, data):
    tree, values = case
    item = data.draw(st.sampled_from(sorted(values)))
    better = data.draw(st.integers(values[item] // 5, 20)) * 5
    before, after = total_of(tree, values, MODEL), total_of(tree, values | {item: better}, MODEL)
    assert after.value >= before.value
    assert (after.value > before.value) == (better > values[item])


@given(scored(), st.randoms(use_true_random=False))
def test_the_order_of_items_and_values_changes_nothing(case, chance):
    tree, values = case

    def shuffled(node):
        return replace(
            node, children=tuple(chance.sample([shuffled(child) for child in node.children], len(node.children)))
        )

    keys = chance.sample(sorted(values), len(values))
    assert (
        total_of(shuffled(tree), {key: values[key] for key in keys}, MODEL).value == total_of(tree, values, MODEL).value
    )


@given(scored(), st.data())
def test_whatever_is_missing_the_final_total_lies_within_the_bounds(case, data):
    tree, values = case
    gone = data.draw(st.sets(st.sampled_from(sorted(values))))
    partial = total_of(tree, {key: value for key, value in values.items() if key not in gone}, MODEL)
    assert set(partial.missing) == gone
    assert (partial.value is None) == bool(gone)
    assert partial.low <= total_of(tree, values, MODEL).value <= partial.high


@given(st.lists(st.tuples(percents, st.integers(1, 9)), min_size=1, max_size=5))
@settings(max_examples=50)
def test_a_composite_lies_between_its_parts(pairs):
    parts = {str(place): value for place, (value, _) in enumerate(pairs)}
    total = composite_of(parts, weights={str(place): weight for place, (_, weight) in enumerate(pairs)})
    assert min(parts.values()) <= total.value <= max(parts.values())
