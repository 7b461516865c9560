"""Signed links for a first sign-in: good once, until a day, for one person.

The signature covers a fingerprint of the password, so that setting one uses the link up; nothing is stored. Whoever
opens one has read a letter to the address, which proves it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from zhuoyue.domain.accounts.models import Person

SALT = "zhuoyue.accounts.first-sign-in"
DAYS_VALID = 14


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link is: `person` when it is good, else `fault`: broken, late or used."""

    person: Person | None
    fault: str = ""


def _fingerprint(person: Person) -> str:
    return salted_hmac(SALT, f"{person.pk}{person.email}{person.password}").hexdigest()[:24]


def make_link_token(person: Person) -> str:
    return signing.dumps({"person": str(person.pk), "print": _fingerprint(person)}, salt=SALT)


def way_to(person: Person, path: str) -> str:
    """The address of a page for a letter; for someone who never signed in, through their first sign-in."""
    if person.is_authenticated and person.has_usable_password():
        return f"{settings.PUBLIC_URL}{path}"
    return f"{settings.PUBLIC_URL}/account/first/{make_link_token(person)}/?next={path}"


def open_link_token(token: str) -> Opened:
    try:
        content = signing.loads(token, salt=SALT, max_age=DAYS_VALID * 24 * 3600)
    except signing.SignatureExpired:
        return Opened(None, "late")
    except signing.BadSignature:
        return Opened(None, "broken")
    person = Person.objects.filter(pk=content["person"], is_active=True).first()
    if person is None:
        return Opened(None, "broken")
    return Opened(person) if content["print"] == _fingerprint(person) else Opened(None, "used")
