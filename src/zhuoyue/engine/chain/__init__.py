"""The tamper-evident record."""

from zhuoyue.engine.chain.plain import PlainError, canonical
from zhuoyue.engine.chain.verifier import ZERO, Fault, leaf_hash, link, verify_links

__all__ = ["ZERO", "Fault", "PlainError", "canonical", "leaf_hash", "link", "verify_links"]
