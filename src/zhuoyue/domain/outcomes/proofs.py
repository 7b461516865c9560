"""How a visitor shows that an address is theirs: six digits, or a link, of one letter. Nothing of it is stored plain.

A new letter makes the one before worthless; so does a corrected address.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from zhuoyue.domain.outcomes.models import Objection

SALT = "zhuoyue.outcomes.objection"
DIGITS = 6
MOST_GUESSES = 5
HALF = 32  # of a link: the id, then the beginning of the fingerprint


@dataclass(frozen=True, slots=True)
class Proof:
    """What a letter bears."""

    digits: str
    url: str


def _fingerprint(objection: Objection, digits: str) -> str:
    return salted_hmac(SALT, f"{objection.pk}{objection.email}{digits}", algorithm="sha256").hexdigest()


def new_proof(objection: Objection) -> Proof:
    """Digits and link for the next letter; the objection keeps their fingerprint, which the caller saves."""
    digits = "".join(secrets.choice("0123456789") for _place in range(DIGITS))
    objection.proof = _fingerprint(objection, digits)
    objection.guesses = 0
    return Proof(digits, f"{settings.PUBLIC_URL}/objections/letter/{token_of(objection)}/")


def token_of(objection: Objection) -> str:
    """What the link of the last letter bears: short enough for one line of a letter."""
    return f"{objection.pk.hex}{objection.proof[:HALF]}"


def is_proved_by(objection: Objection, digits: str) -> bool:
    """Whether these are the digits of the last letter; after five wrong ones nothing is."""
    return objection.guesses < MOST_GUESSES and constant_time_compare(objection.proof, _fingerprint(objection, digits))


def opened(token: str) -> Objection | None:
    """Whose letter a link is of; None where it is broken, or another letter was written since."""
    try:
        key = UUID(hex=token[:HALF])
    except ValueError:
        return None
    objection = (
        Objection.objects.select_related(
            "notice__result_list__category__cycle__programme__organiser__organisation",
            "notice__result_list__category__cycle__rules",
        )
        .filter(pk=key)
        .exclude(proof="")
        .first()
    )
    return objection if objection is not None and constant_time_compare(token_of(objection), token) else None
