"""Who is signed in, read with a prepared question: every page asks."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, UUIDField

from zhuoyue.domain.accounts.models import Person, SecondFactorDemand
from zhuoyue.kernel.prepared import Blank, Prepared

# `meets_demands`: somebody needs a second factor here; asked along, so that no page asks once more
_PERSON = Prepared(
    lambda: Person.objects.filter(pk=Blank("pk", UUIDField())).annotate(
        meets_demands=Exists(SecondFactorDemand.objects.all())
    )
)


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Person | None:
        """Nobody, while the address is not proved: whatever session was opened, it opens nothing."""
        person = _PERSON.first(pk=user_id)
        if person is None or not person.is_authenticated:
            return None
        return person if self.user_can_authenticate(person) else None
