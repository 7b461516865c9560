from collections.abc import Collection
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.links import Opened, open_link_token
from zhuoyue.domain.accounts.models import Person, SecondFactorDemand
from zhuoyue.domain.accounts.queries import person_at
from zhuoyue.domain.accounts.rules import ADMINISTER
from zhuoyue.kernel import access, audit, clock, formats, versions

MADE = audit.verb("accounts.person_made", _("建立账号"))
NAMED = audit.verb("accounts.person_named", _("指定已有账号的人"))
PROVED = audit.verb("accounts.address_proved", _("确认邮箱"))
FORGOTTEN = audit.verb("accounts.sign_up_forgotten", _("清除没有完成的注册"))
PASSWORD_SET = audit.verb("accounts.password_set", _("设置密码"))
SECOND_FACTOR_DEMANDED = audit.verb("accounts.second_factor_demanded", _("设定两步验证的要求"))
SETTINGS_CHANGED = audit.verb("accounts.settings_changed", _("修改个人设置"))


class KnownPersonError(Exception):
    """The address has an account. Whoever names somebody looks first whether it is the person they mean.

    `person` is who has it, `name` what was typed.
    """

    def __init__(self, person: Person, name: str) -> None:
        super().__init__(person.email)
        self.person = person
        self.name = name

    def __str__(self) -> str:
        facts = {
            "email": self.person.email,
            "known": self.person.name,
            "at": formats.long_date(self.person.created_at),
            "name": self.name,
        }
        if self.person.name == self.name:
            return gettext("%(email)s已有账号“%(known)s”（%(at)s建立）。请核对是否同一个人，确认后生效。") % facts
        return (
            gettext(
                "%(email)s已有账号“%(known)s”（%(at)s建立），与填写的“%(name)s”不同名。"
                "请核对是否同一个人；确认后按账号的姓名显示。"
            )
            % facts
        )


@transaction.atomic
def make_person(*, by: Any, email: str, name: str, known: bool = False) -> Person:
    """The person of that address, for a duty that others give; they come in by a signed link, which proves it.

    `known`: whoever names them has seen the account that stands there and means it; otherwise KnownPersonError.
    A sign-up that nobody finished is thrown away with all that was typed there.
    """
    standing = person_at(email)
    if standing is not None:
        if not known:
            raise KnownPersonError(standing, name)
        audit.record(NAMED, by=by or standing, subject=standing, data={"named": name, "known_as": standing.name})
        return standing
    forget_sign_up(email=email)
    person = Person.objects.create_user(email, None, name=name)
    audit.record(MADE, by=by or person, subject=person)
    return person


@transaction.atomic
def forget_sign_up(*, email: str) -> None:
    """Throw away a sign-up at that address that nobody has finished, with its password and its open sessions."""
    for person in Person.objects.select_for_update().filter(email=email.lower(), proved_at=None):
        if person.has_begun_sign_up:
            audit.record(FORGOTTEN, by=person, subject=person)
            person.delete()


@transaction.atomic
def prove_address(*, person: Person) -> None:
    """The person has shown a letter that went to their address."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.proved_at is None:
        locked.proved_at = clock.now()
        locked.save(update_fields=["proved_at"])
        person.proved_at = locked.proved_at
        audit.record(PROVED, by=locked, subject=locked)


@transaction.atomic
def set_first_password(*, token: str, password: str) -> Opened:
    """Use a signed link up, which proves the address. The answer says who it was for, or why it is no longer good."""
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
    prove_address(person=person)
    return Opened(person)


@transaction.atomic
def demand_second_factor(*, by: Any, faces: Collection[str]) -> None:
    """Say behind which faces people need a second factor, from their next page on."""
    access.check(ADMINISTER, by)
    SecondFactorDemand.objects.exclude(face__in=faces).delete()
    rows = [SecondFactorDemand(face=face) for face in faces]
    SecondFactorDemand.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record(SECOND_FACTOR_DEMANDED, by=by, data={"faces": sorted(faces)})


@transaction.atomic
def forget_old_sign_ups(*, before: datetime) -> int:
    """Throw away every sign-up that was begun before then and never finished; how many."""
    old = Person.objects.filter(proved_at=None, created_at__lt=before)
    begun = [person.email for person in old if person.has_begun_sign_up]
    for email in begun:
        forget_sign_up(email=email)
    return len(begun)


class Settings(TypedDict, total=False):
    """What people change of their own account; rights, proofs and addresses have verbs of their own."""

    name: str
    phone: str
    language: str
    theme: str


@transaction.atomic
def change_settings(*, by: Person, **fields: Unpack[Settings]) -> None:
    """Name, telephone, language, theme: one's own only."""
    chosen = versions.only(Settings, fields)
    for name, value in chosen.items():
        setattr(by, name, value)
    by.save(update_fields=list(chosen))
    audit.record(SETTINGS_CHANGED, by=by, subject=by, data={"fields": sorted(fields)})
