"""The record: appending in batches, proofs from a million leaves, random tamperings."""

import importlib
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

from zhuoyue.engine.chain import HASHES, ZERO, Tree, canonical, leaf_hash, link, verify_export, verify_inclusion

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))
samples = importlib.import_module("engine.chain_samples")
tampering = importlib.import_module("engine.chain_tampering")

BATCH = 1000
SIZES = {"quick": 100_000, "full": 1_000_000}
TRIALS = {"quick": 1_000, "full": 10_000}


def row(case: str, measure: str, ours: float, unit: str, **rest: Any) -> dict[str, Any]:
    empty = {"other": None, "other_value": None, "target": None, "ok": None}
    return {"bench": "chain", "case": case, "measure": measure, "ours": ours, "unit": unit, **empty, **rest}


def appended(count: int, algorithm: str) -> tuple[Tree, float]:
    """A tree of audit-like records, and the seconds it took: canonical form, leaf, link and tree, all of it."""
    tree, running = Tree(algorithm=algorithm), ZERO
    started = time.perf_counter()
    for first in range(0, count, BATCH):
        leaves = []
        for number in range(first, min(first + BATCH, count)):
            data = canonical({"actor": number % 997, "verb": "score.save", "object": number, "words": "材料已核对"})
            leaf = leaf_hash(data, algorithm=algorithm)
            running = link(running, leaf, algorithm=algorithm)
            leaves.append(leaf)
        tree.append(leaves)
    return tree, time.perf_counter() - started


def proofs(tree: Tree, size: str) -> list[dict[str, Any]]:
    chance, count = Random(7), 1000
    places = [chance.randrange(tree.size) for _ in range(count)]
    root = tree.root()
    started = time.perf_counter()
    found = [tree.inclusion(place) for place in places]
    made = (time.perf_counter() - started) / count
    started = time.perf_counter()
    held = [
        verify_inclusion(proof, leaf=tree.node(0, place), root=root, algorithm=tree.algorithm)
        for place, proof in zip(places, found, strict=True)
    ]
    checked = (time.perf_counter() - started) / count
    assert all(held)
    started = time.perf_counter()
    for place in places:
        tree.consistency(place)
    grown = (time.perf_counter() - started) / count
    leaves = [tree.node(0, index) for index in range(tree.size)]
    started = time.perf_counter()
    assert samples.digest_of_range(leaves, HASHES[tree.algorithm]) == root
    naive = (time.perf_counter() - started) * 1000
    other = {"other": "root from the definition", "other_value": naive}
    return [
        row(size, "inclusion proof", made * 1000, "ms", target="< 1 ms", ok=made < 0.001, **other),  # noqa: PLR2004 - the target
        row(size, "checking a proof", checked * 1000, "ms"),
        row(size, "consistency proof", grown * 1000, "ms", target="< 1 ms", ok=grown < 0.001),  # noqa: PLR2004 - the target
    ]


def tamperings(trials: int) -> list[dict[str, Any]]:
    chance = Random(20260701)
    logs = [samples.exported(count, name) for count in (3, 10, 50, 200) for name in HASHES]
    started = time.perf_counter()
    found = 0
    for trial in range(trials):
        lines = logs[trial % len(logs)]
        last = verify_export(lines[:5]).checkpoints[-1]
        _, changed = tampering.tampered(lines, chance)
        found += bool(verify_export(changed, printed={last.size: last.root}, signed=samples.signed).faults)
    seconds = time.perf_counter() - started
    alarms = sum(bool(verify_export(lines, signed=samples.signed).faults) for lines in logs)
    case = f"{trials:,} random tamperings"
    return [
        row(case, "found", found, "logs", target=f"{trials:,}", ok=found == trials),
        row(case, "false alarms", alarms, "logs", target="0", ok=alarms == 0),
        row(case, "time", seconds, "s"),
    ]


def export(count: int) -> list[dict[str, Any]]:
    lines = samples.exported(count)
    started = time.perf_counter()
    report = verify_export(lines, signed=samples.signed)
    seconds = time.perf_counter() - started
    assert not report.faults
    return [row(f"{count:,} records", "verifying an export", count / seconds, "records/s")]


def run(scale: str) -> list[dict[str, Any]]:
    rows = []
    for algorithm in HASHES:
        tree, seconds = appended(SIZES[scale], algorithm)
        size, rate = f"{tree.size:,} leaves, {algorithm}", tree.size / seconds
        target = {"target": ">= 50,000/s", "ok": rate >= 50_000} if algorithm == "sha256" else {}  # noqa: PLR2004 - the target
        rows.append(row(size, "append in batches", rate, "leaves/s", **target))
        rows += proofs(tree, size)
    return rows + export(SIZES[scale] // 10) + tamperings(TRIALS[scale])
