from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.links import Opened, open_link_token
from zhuoyue.domain.accounts.models import Person
from zhuoyue.kernel import audit

MADE = audit.verb("accounts.person_made", _("建立账号"))
PASSWORD_SET = audit.verb("accounts.password_set", _("设置密码"))
SETTINGS_CHANGED = audit.verb("accounts.settings_changed", _("修改个人设置"))


@transaction.atomic
def make_person(*, by: Any, email: str, name: str, password: str | None = None) -> Person:
    """The person with that address; made when there is none yet. Without a password they come in by a signed link."""
    known = Person.objects.filter(email=email.lower()).first()
    if known is not None:
        return known
    person = Person.objects.create_user(email, password, name=name)
    audit.record(MADE, by=by or person, subject=person)
    return person


@transaction.atomic
def set_first_password(*, token: str, password: str) -> Opened:
    """Use a signed link up. The answer says who it was for, or why it is no longer good."""
    opened = open_link_token(token)
    if opened.person is None:
        return opened
    person = Person.objects.select_for_update().get(pk=opened.person.pk)
    again = open_link_token(token)
    if again.person is None:
        return again
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(PASSWORD_SET, by=person, subject=person)
    return Opened(person)


@transaction.atomic
def change_settings(*, by: Person, **fields: Any) -> None:
    """Name, telephone, language, theme: one's own only."""
    for name, value in fields.items():
        setattr(by, name, value)
    by.save(update_fields=list(fields))
    audit.record(SETTINGS_CHANGED, by=by, subject=by, data={"fields": sorted(fields)})
