"""The tree: roots and proofs equal their definition, at every size, and prove nothing else."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.chain_samples import digest_of_range, leaves_of
from zhuoyue.engine.chain import (
    HASHES,
    Consistency,
    Inclusion,
    Peaks,
    Tree,
    TreeError,
    grow,
    leaf_hash,
    prove_inclusion,
    root_at,
    verify_consistency,
    verify_inclusion,
)

GOLDEN = sorted((Path(__file__).parent / "golden" / "chain").glob("tree_*.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    algorithm = case["algorithm"]
    tree = Tree((leaf_hash(bytes.fromhex(data), algorithm=algorithm) for data in case["data"]), algorithm=algorithm)
    assert [tree.root(size).hex() for size in range(len(case["roots"]))] == case["roots"], case["sentence"]
    for index, size, path_ in case["inclusion"]:
        assert [part.hex() for part in tree.inclusion(index, size).path] == path_, case["sentence"]
    for old, size, path_ in case["consistency"]:
        assert [part.hex() for part in tree.consistency(old, size).path] == path_, case["sentence"]


@pytest.mark.parametrize("algorithm", HASHES)
def test_every_root_and_proof_of_small_trees(algorithm):
    leaves = leaves_of(20, algorithm)
    tree = Tree(leaves, algorithm=algorithm)
    roots = [digest_of_range(leaves[:size], HASHES[algorithm]) for size in range(21)]
    for size in range(21):
        assert tree.root(size) == roots[size]
        for index in range(size):
            proof = tree.inclusion(index, size)
            assert verify_inclusion(proof, leaf=leaves[index], root=roots[size], algorithm=algorithm)
        for old in range(size + 1):
            proof = tree.consistency(old, size)
            assert verify_consistency(proof, old_root=roots[old], root=roots[size], algorithm=algorithm)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=8))
def test_batches_make_no_difference(batches):
    leaves = leaves_of(sum(batches))
    tree, stored, peaks, place = Tree(), {}, Peaks(), 0
    for count in batches:
        tree.append(leaves[place : place + count])
        peaks, layers = grow(peaks, leaves[place : place + count])
        for layer in layers:
            for index, node in enumerate(layer.digests, layer.first):
                assert stored.setdefault((layer.level, index), node) is node, "a node is stored once"
        place += count
    assert tree.root() == peaks.root() == digest_of_range(leaves, HASHES["sha256"])
    assert tree.peaks == peaks
    assert tree.size == len(leaves)
    assert root_at(place, lambda level, index: stored[level, index]) == tree.root()
    if leaves:
        assert prove_inclusion(0, place, lambda level, index: stored[level, index]) == tree.inclusion(0)


@settings(deadline=None)
@given(st.integers(1, 200), st.data())
def test_a_proof_holds_for_nothing_else(size, data):
    leaves = leaves_of(size)
    tree = Tree(leaves)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion(index), tree.root()
    assert verify_inclusion(proof, leaf=leaves[other], root=root) == (other == index)
    assert verify_inclusion(Inclusion(other, size, proof.path), leaf=leaves[index], root=root) == (other == index)
    assert not verify_inclusion(Inclusion(index, size, (*proof.path, root)), leaf=leaves[index], root=root)
    assert not verify_inclusion(proof, leaf=leaves[index], root=bytes(32))
    if proof.path:
        assert not verify_inclusion(Inclusion(index, size, proof.path[:-1]), leaf=leaves[index], root=root)


@settings(deadline=None)
@given(st.integers(1, 200), st.data())
def test_a_rewritten_beginning_has_no_proof(size, data):
    leaves = leaves_of(size)
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    forged = Tree([*leaves[:changed], b"\x00" * 32, *leaves[changed + 1 :]])
    true = Tree(leaves)
    proof = forged.consistency(old)
    assert not verify_consistency(proof, old_root=true.root(old), root=forged.root())
    proof = true.consistency(old)
    assert verify_consistency(proof, old_root=true.root(old), root=true.root())
    for path in ((*proof.path, b"\x00" * 32), proof.path[:-1]):
        held = verify_consistency(Consistency(old, size, path), old_root=true.root(old), root=true.root())
        assert held == (path == proof.path)


@pytest.mark.parametrize(
    ("old", "size", "path"), [(-1, 4, ()), (5, 4, ()), (0, 4, (b"x",)), (4, 4, (b"x",)), (3, 4, ()), (4, 7, ())]
)
def test_impossible_consistency_does_not_hold(old, size, path):
    tree = Tree(leaves_of(8))
    roots = {"old_root": tree.root(max(old, 0)), "root": tree.root(size)}
    assert not verify_consistency(Consistency(old, size, path), **roots)


def test_nothing_grows_consistently_from_nothing_but_nothing():
    tree = Tree(leaves_of(3))
    assert tree.root(0) == hashlib.sha256().digest()
    assert verify_consistency(tree.consistency(0), old_root=tree.root(0), root=tree.root())
    assert not verify_consistency(tree.consistency(0), old_root=tree.root(1), root=tree.root())


@pytest.mark.parametrize("place", [(-1, 3), (3, 3), (0, 0)])
def test_impossible_inclusion_is_neither_made_nor_believed(place):
    with pytest.raises(TreeError, match="has no record"):
        Tree(leaves_of(3)).inclusion(*place)
    assert not verify_inclusion(Inclusion(*place, ()), leaf=b"", root=b"")


def test_sizes_that_never_were_are_refused():
    tree = Tree(leaves_of(3))
    with pytest.raises(TreeError, match="has 3 records, not 4"):
        tree.root(4)
    with pytest.raises(TreeError, match="has 3 records, not -1"):
        tree.inclusion(0, -1)
    with pytest.raises(TreeError, match="of 2 records never had 3"):
        tree.consistency(3, 2)
