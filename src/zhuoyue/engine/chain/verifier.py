"""The part that checks: links now, the tree and exported logs below."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

ZERO = bytes(32)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Codes: changed (the data does not give its digest), gap (records are missing), order (a sequence that does not
    grow), broken (the running digest does not follow from its predecessor).
    """

    code: str
    sequence: int
    sentence: str


def leaf_hash(data: bytes) -> bytes:
    """Leaf of RFC 6962: SHA-256 of a zero byte and the record."""
    return hashlib.sha256(b"\x00" + data).digest()


def link(previous: bytes, leaf: bytes) -> bytes:
    """Running digest after `leaf`: what the next record is chained to. The first `previous` is `ZERO`."""
    return hashlib.sha256(b"\x01" + previous + leaf).digest()


def verify_links(records: Iterable[tuple[int, bytes, bytes, bytes]], *, start: bytes = ZERO) -> tuple[Fault, ...]:
    """Faults in records of (sequence, data, leaf, running), in the order of the log.

    `start` is the running digest before the first of them. Finds every changed, removed or reordered record; records
    cut off at the end, or a past rewritten with all its digests, only show against a checkpoint.
    """
    faults: list[Fault] = []
    expected: int | None = None
    before = {start}  # after a fault: what is stored and what should be, so that one fault is told once
    for sequence, data, leaf, running in records:
        if expected is not None and sequence > expected:
            faults.append(Fault("gap", sequence, f"第 {sequence} 条之前缺少 {sequence - expected} 条记录"))
        if expected is not None and sequence < expected:
            faults.append(Fault("order", sequence, f"第 {sequence} 条记录的次序不对，此处应为第 {expected} 条"))
        if leaf_hash(data) != leaf:
            faults.append(Fault("changed", sequence, f"第 {sequence} 条记录的内容与其摘要不符"))
        after = {link(previous, leaf) for previous in before}
        if running not in after:
            faults.append(Fault("broken", sequence, f"第 {sequence} 条记录与前一条的链接不符"))
            after.add(running)
            before = after
        else:
            before = {running}
        expected = sequence + 1
    return tuple(faults)
