"""The tamper-evident record: one byte form, linked records, a Merkle tree with proofs, checkpoints and exports.

    leaf = leaf_hash(canonical(what_happened))
    running = link(running, leaf)
    peaks, layers = grow(peaks, [leaf])

`verifier` alone checks everything that the other modules make.
"""

from zhuoyue.engine.chain.export import ExportError, Included, export_log, export_receipt, take_checkpoint
from zhuoyue.engine.chain.plain import PlainError, canonical
from zhuoyue.engine.chain.tree import (
    Layer,
    Peaks,
    Tree,
    TreeError,
    grow,
    prove_consistency,
    prove_inclusion,
    root_at,
)
from zhuoyue.engine.chain.verifier import (
    HASHES,
    ZERO,
    Checkpoint,
    Consistency,
    Fault,
    Inclusion,
    Report,
    leaf_hash,
    link,
    root_of,
    verify_consistency,
    verify_export,
    verify_inclusion,
    verify_links,
)

__all__ = [
    "HASHES",
    "ZERO",
    "Checkpoint",
    "Consistency",
    "ExportError",
    "Fault",
    "Included",
    "Inclusion",
    "Layer",
    "Peaks",
    "PlainError",
    "Report",
    "Tree",
    "TreeError",
    "canonical",
    "export_log",
    "export_receipt",
    "grow",
    "leaf_hash",
    "link",
    "prove_consistency",
    "prove_inclusion",
    "root_at",
    "root_of",
    "take_checkpoint",
    "verify_consistency",
    "verify_export",
    "verify_inclusion",
    "verify_links",
]
