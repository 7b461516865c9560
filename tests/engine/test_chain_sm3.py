"""SM3 in plain Python equals the published vectors and OpenSSL."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhuoyue.engine.chain import HASHES, verifier


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_published_vectors(message, expected):
    assert verifier.sm3(message).hex() == expected
    assert HASHES["sm3"](message).hex() == expected


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_both_ways_agree(message):
    assert verifier.sm3(message) == HASHES["sm3"](message)


def test_plain_python_serves_where_openssl_has_none(monkeypatch):
    def refuse(name):
        raise ValueError(name)

    monkeypatch.setattr(hashlib, "new", refuse)
    assert verifier._sm3_here() is verifier.sm3
