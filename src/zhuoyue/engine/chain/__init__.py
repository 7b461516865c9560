"""The tamper-evident record."""

import hashlib

ZERO = bytes(32)


def leaf_hash(data: bytes) -> bytes:
    """Leaf of RFC 6962: SHA-256 of a zero byte and the record."""
    return hashlib.sha256(b"\x00" + data).digest()


def link(previous: bytes, leaf: bytes) -> bytes:
    """Running digest after `leaf`: what the next record is chained to. The first `previous` is `ZERO`."""
    return hashlib.sha256(b"\x01" + previous + leaf).digest()
