"""Checkpoints, exported logs and receipts, in the form that `verifier` reads."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from zhuoyue.engine.chain.verifier import (
    FORMAT,
    HASHES,
    Checkpoint,
    Consistency,
    Inclusion,
    instant,
    line_of,
)

Record = tuple[int, bytes, bytes, bytes]


class ExportError(ValueError):
    """A log that cannot be written down."""


@dataclass(frozen=True, slots=True)
class Included:
    """A record with the proof that it is in the log."""

    data: bytes
    proof: Inclusion


def take_checkpoint(
    *,
    origin: str,
    size: int,
    root: bytes,
    at: datetime,
    algorithm: str = "sha256",
    sign: Callable[[bytes], bytes] | None = None,
) -> Checkpoint:
    """A checkpoint, signed over `Checkpoint.text` when there is a `sign`."""
    if "\n" in origin or algorithm not in HASHES:
        raise ExportError(f"neither line breaks in {origin!r} nor the algorithm {algorithm!r} can be signed")
    if at.utcoffset() is None:
        raise ExportError(f"the time {at.isoformat()} has no zone")
    bare = Checkpoint(origin, size, root, at, algorithm)
    return replace(bare, signature=sign(bare.text)) if sign else bare


def export_log(
    records: Iterable[Record],
    *,
    checkpoints: Iterable[Checkpoint],
    proofs: Iterable[Included | Consistency] = (),
    first: int = 1,
) -> Iterator[bytes]:
    """Lines of an exported log, each with its line break; `first` is the sequence of the first record."""
    yield from _claims({"kind": "log", "first": first}, checkpoints, proofs)
    for sequence, data, leaf, running in records:
        yield _line(
            {
                "kind": "record",
                "sequence": sequence,
                "data": _text(data),
                "leaf": leaf.hex(),
                "running": running.hex(),
            }
        )


def export_receipt(*, checkpoint: Checkpoint, included: Iterable[Included]) -> Iterator[bytes]:
    """Lines that prove some records without showing any other."""
    yield from _claims({"kind": "receipt"}, (checkpoint,), included)


def _claims(
    header: dict[str, object], checkpoints: Iterable[Checkpoint], proofs: Iterable[Included | Consistency]
) -> Iterator[bytes]:
    standing = sorted(checkpoints, key=lambda checkpoint: (checkpoint.size, checkpoint.at))
    sources = {(checkpoint.origin, checkpoint.algorithm) for checkpoint in standing}
    if len(sources) != 1:
        raise ExportError("an export needs checkpoints, all of one origin and one algorithm")
    origin, algorithm = sources.pop()
    yield _line({**header, "format": FORMAT, "origin": origin, "algorithm": algorithm})
    for checkpoint in standing:
        yield _line(
            {
                "kind": "checkpoint",
                "size": checkpoint.size,
                "root": checkpoint.root.hex(),
                "at": instant(checkpoint.at),
                "signature": checkpoint.signature.hex(),
            }
        )
    for proof in proofs:
        yield _line(_proof(proof))


def _proof(proof: Included | Consistency) -> dict[str, object]:
    if isinstance(proof, Consistency):
        return {
            "kind": "consistency",
            "old": proof.old,
            "size": proof.size,
            "path": [part.hex() for part in proof.path],
        }
    where = proof.proof
    path = [part.hex() for part in where.path]
    return {"kind": "inclusion", "data": _text(proof.data), "index": where.index, "size": where.size, "path": path}


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ExportError("a record is exported as text, this one is not UTF-8") from error


def _line(value: dict[str, object]) -> bytes:
    return line_of(value) + b"\n"
