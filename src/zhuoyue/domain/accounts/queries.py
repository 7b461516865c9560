from zhuoyue.domain.accounts.models import Person, SecondFactorDemand
from zhuoyue.kernel.mail import OutboxMail

OWN_LETTERS = "account:"
"""How the occasion of a letter begins that is about one's own account: its digits and links are for nobody else."""


def person_at(email: str) -> Person | None:
    """Who has that address, or is named by it; an unfinished sign-up is nobody."""
    found = Person.objects.filter(email=email.lower()).first()
    return None if found is None or found.has_begun_sign_up else found


def letter_with(email: str, words: str) -> OutboxMail | None:
    """The newest letter to that address that holds those words."""
    return OutboxMail.objects.filter(to=email.lower(), text__contains=words).order_by("-created_at").first()


def faces_with_second_factor() -> frozenset[str]:
    """Behind which faces people need a second factor here."""
    return frozenset(SecondFactorDemand.objects.values_list("face", flat=True))
