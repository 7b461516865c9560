from decimal import Decimal

import pytest

from zhuoyue.engine.scoring import Node, TreeError, check_tree, points_notes, tree_from_data


def leaf(key, **given):
    return {"key": key} | given


def branch(*children, **given):
    return {"key": "top", "children": list(children)} | given


def test_unscored_nodes_are_left_out():
    tree = tree_from_data(branch(branch(leaf("x", scored=False), key="context"), leaf("a"), leaf("b", scored=False)))
    assert [item.key for item in tree.items] == ["a"]
    assert [part.key for part in tree.parts] == ["a"]
    assert [node.key for node in tree.branches] == ["top"]
    whole = tree_from_data(branch(branch(leaf("x"), key="context", scored=False), leaf("a")))
    assert [item.key for item in whole.items] == ["a"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (branch(leaf("a", scored=False)), "top: there is no scored item in the tree"),
        (branch(leaf("a"), leaf("a")), "top: items named twice: a"),
        (branch(leaf("a", points=1), leaf("b")), "points must stand on every item or on none; without: b"),
        (branch(leaf("a", points=0)), "top: points must be above 0"),
        (branch(leaf("a", points=1, weight=1)), "top: its items have points, so its children cannot have weights too"),
        (branch(leaf("a", weight=1), leaf("b")), "weights must stand on every child or on none; without: b"),
        (branch(leaf("a", weight=-1), leaf("b", weight=2)), "weights must not be negative, and one must be above 0"),
        (branch(leaf("a", weight=0)), "weights must not be negative, and one must be above 0"),
        (branch(leaf("a", weight_=0)), "node 'a': unknown weight_"),
        (branch(leaf("")), "children 1: key must be a text"),
    ],
)
def test_a_tree_without_a_total_is_refused(data, sentence):
    with pytest.raises(TreeError) as caught:
        tree_from_data(data)
    assert sentence in str(caught.value)


def test_declared_points_of_branches_are_compared_with_their_items():
    items = (Node("a", points=Decimal(60)), Node("b", points=Decimal(50)))
    tree = Node("top", points=Decimal(100), children=(Node("4.1", points=Decimal(110), children=items),))
    check_tree(tree)
    assert [(note["node"], note["declared"], note["items"]) for note in points_notes(tree)] == [("top", 100, 110)]
    assert points_notes(Node("top", children=(Node("a"),))) == ()
