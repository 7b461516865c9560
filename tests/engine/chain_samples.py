"""A small log with everything in it, and the definitions of the standard written down plainly."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from zhuoyue.engine.chain import HASHES, ZERO, Included, Tree, export_log, leaf_hash, link, take_checkpoint

KEY = b"known to the signer alone"
BEGIN = datetime(2026, 7, 1, tzinfo=UTC)


def digest_of_range(leaves, digest):
    """MTH of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return digest(b"\x01" + digest_of_range(leaves[:half], digest) + digest_of_range(leaves[half:], digest))


def leaves_of(count, algorithm="sha256"):
    return [leaf_hash(str(number).encode(), algorithm=algorithm) for number in range(count)]


def sign(text):
    return hmac.new(KEY, text, hashlib.sha256).digest()


def signed(checkpoint):
    return hmac.compare_digest(checkpoint.signature, sign(checkpoint.text))


def records_of(texts, algorithm="sha256", first=1):
    rows, running = [], ZERO
    for sequence, text in enumerate(texts, first):
        data = text.encode()
        leaf = leaf_hash(data, algorithm=algorithm)
        running = link(running, leaf, algorithm=algorithm)
        rows.append((sequence, data, leaf, running))
    return rows


def checkpoint_of(tree, size, **options):
    return take_checkpoint(
        origin="卓越奖 2026",
        size=size,
        root=tree.root(size),
        at=BEGIN + timedelta(days=size),
        algorithm=tree.algorithm,
        **options,
    )


def exported(count=12, algorithm="sha256"):
    """Lines of a log with two checkpoints, an inclusion and a consistency proof."""
    assert algorithm in HASHES
    rows = records_of([f"第{number}件事" for number in range(1, count + 1)], algorithm)
    tree = Tree((leaf for _, _, leaf, _ in rows), algorithm=algorithm)
    checkpoints = [checkpoint_of(tree, size, sign=sign) for size in (count // 2, count)]
    proofs = [Included(rows[2][1], tree.inclusion(2)), tree.consistency(count // 2)]
    return list(export_log(rows, checkpoints=checkpoints, proofs=proofs))
