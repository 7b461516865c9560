"""What only the holder of a code can read, and marks that only this server can make.

Sealing is HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) as `cryptography` has it. Whatever is sealed is bound
to words about it: opened under other words, it does not open. The private half of a code is derived from the code and
stored nowhere. Nothing here can be opened with what a database holds.
"""

import hashlib
import json
import secrets
import unicodedata
from typing import Any

from django.utils.crypto import salted_hmac

KEY_BYTES = 32
OVERHEAD = KEY_BYTES + 16  # what sealing adds to the length: a passing public half and the tag
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are read as others
RANDOM_LETTERS, CHECK_LETTERS, GROUP = 22, 2, 4  # 22 letters of 5 bits: 110 bits of chance, beyond all trying
_READ_AS = str.maketrans("ILO", "110")


class CodeError(Exception):
    """Not a code: mistyped, or not whole."""


class SealError(Exception):
    """Does not open: another key, other words about it, or changed since it was sealed."""


# ---- codes


def new_code() -> str:
    return code_from("".join(secrets.choice(LETTERS) for _ in range(RANDOM_LETTERS)))


def code_from(letters: str) -> str:
    """The code of 22 letters, with its check letters, in groups of four as it is shown."""
    whole = letters + _check(letters)
    return "-".join(whole[place : place + GROUP] for place in range(0, len(whole), GROUP))


def read_code(text: str) -> str:
    """The code as it is shown, from what somebody typed: any case, any gaps, O for 0. CodeError when it is none."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text).upper() if letter.isalnum())
    plain = plain.translate(_READ_AS)
    letters, check = plain[:RANDOM_LETTERS], plain[RANDOM_LETTERS:]
    if len(letters) != RANDOM_LETTERS or not set(letters) <= set(LETTERS) or check != _check(letters):
        raise CodeError(text)
    return code_from(letters)


def _check(letters: str) -> str:
    digest = hashlib.sha256(letters.encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:CHECK_LETTERS])


def private_of(code: str) -> bytes:
    """The private half. CodeError when it is no code."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - heavy: it comes with the first ballot, not with the process
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"zhuoyue counting code")
    return derived.derive(read_code(code).encode())


# ---- sealing


def new_private() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def public_of(private: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - heavy

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public: bytes, content: bytes, *about: str) -> bytes:
    """`content` for whoever has the private half; as much longer as OVERHEAD says, whatever it holds."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415 - heavy

    sealed: bytes = _suite().encrypt(content, X25519PublicKey.from_public_bytes(public), info=_words(about))
    return sealed


def unseal(private: bytes, sealed: bytes, *about: str) -> bytes:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - heavy

    try:
        content: bytes = _suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=_words(about))
    except (InvalidTag, ValueError) as error:
        raise SealError(*about) from error
    return content


def _suite() -> Any:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415 - heavy

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _words(about: tuple[str, ...]) -> bytes:
    return json.dumps(about, ensure_ascii=False).encode()


# ---- marks


def mark(content: bytes, *about: str) -> bytes:
    """A mark that takes this server's secret key to make: rows written past the software do not have it."""
    return salted_hmac("zhuoyue.kernel.sealed", _words(about) + content, algorithm="sha256").digest()


def is_marked(given: bytes | memoryview, content: bytes, *about: str) -> bool:
    return secrets.compare_digest(bytes(given), mark(content, *about))


def receipt(content: bytes) -> str:
    """A short fingerprint for people: 16 letters of the digest in groups of four."""
    digits = hashlib.sha256(content).hexdigest()[:16].upper()
    return "-".join(digits[place : place + GROUP] for place in range(0, len(digits), GROUP))
