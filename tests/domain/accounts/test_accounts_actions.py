"""People are made once, come in by a link once, and change only their own settings."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from tests.factories import PASSWORD, person

from zhuoyue.domain.accounts import actions, links
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.accounts.queries import faces_with_second_factor
from zhuoyue.domain.accounts.rules import is_administrator, is_signed_in
from zhuoyue.domain.accounts.tasks import forget_sign_ups
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.access import RefusedError
from zhuoyue.kernel.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_a_person_is_made_once_for_an_address():
    first = actions.make_person(by=None, email="Someone@Example.org", name="某人")
    with pytest.raises(actions.KnownPersonError, match=r"“某人”.*“别名”不同名"):
        actions.make_person(by=None, email="someone@example.org", name="别名")
    with pytest.raises(actions.KnownPersonError, match="请核对是否同一个人，确认后生效"):
        actions.make_person(by=None, email="someone@example.org", name="某人")
    again = actions.make_person(by=None, email="someone@example.org", name="别名", known=True)
    assert again == first
    assert (first.name, first.email, str(first)) == ("某人", "someone@example.org", "某人")
    assert not first.has_usable_password()
    assert verbs() == ["accounts.person_made", "accounts.person_named"]
    assert AuditEvent.objects.last().data == {"named": "别名", "known_as": "某人"}


def test_a_link_sets_one_password():
    made = actions.make_person(by=None, email="a@example.org", name="甲")
    token = links.make_link_token(made)
    assert actions.set_first_password(token=token, password=PASSWORD).person == made
    assert actions.set_first_password(token=token, password="another long password").fault == "used"
    made.refresh_from_db()
    assert made.check_password(PASSWORD)
    assert verbs()[-2:] == ["accounts.password_set", "accounts.address_proved"]
    assert made.is_authenticated


def test_two_at_once_cannot_both_use_a_link(monkeypatch):
    made = actions.make_person(by=None, email="a@example.org", name="甲")
    token = links.make_link_token(made)
    answers = iter([links.Opened(made), links.Opened(None, "used")])
    monkeypatch.setattr(actions, "open_link_token", lambda _token: next(answers))
    assert actions.set_first_password(token=token, password=PASSWORD).fault == "used"
    made.refresh_from_db()
    assert not made.has_usable_password()


def test_a_link_is_good_until_its_day_and_for_whoever_is_active():
    made = actions.make_person(by=None, email="a@example.org", name="甲")
    with time_machine.travel(datetime.now(UTC) - timedelta(days=links.DAYS_VALID, minutes=1)):
        old = links.make_link_token(made)
    assert links.open_link_token(old).fault == "late"
    token = links.make_link_token(made)
    assert links.open_link_token(f"{token}x").fault == "broken"
    Person.objects.filter(pk=made.pk).update(is_active=False)
    assert links.open_link_token(token).fault == "broken"


def test_a_letter_leads_to_the_page_or_through_the_first_sign_in(settings):
    settings.PUBLIC_URL = "https://award.example"
    assert links.way_to(person(), "/expert/") == "https://award.example/expert/"
    newcomer = actions.make_person(by=None, email="a@example.org", name="甲")
    way = links.way_to(newcomer, "/expert/")
    token = way.removeprefix("https://award.example/account/first/").removesuffix("/?next=/expert/")
    assert links.open_link_token(token).person == newcomer


def test_settings_are_changed_and_recorded_by_name_only():
    someone = person()
    actions.change_settings(by=someone, name="新名", phone="1")
    someone.refresh_from_db()
    assert someone.name == "新名"
    event = AuditEvent.objects.order_by("-sequence").first()
    assert event.data == {"fields": ["name", "phone"]}


def test_an_administrator_is_a_flag_and_a_visitor_is_nobody():
    chief = Person.objects.create_superuser("admin@example.org", PASSWORD, name="管理员")
    assert is_administrator(chief, None)
    assert not is_administrator(person(), None)
    assert not is_administrator(AnonymousUser(), None)
    assert not is_signed_in(SimpleNamespace(is_authenticated=False), None)
    assert access.allowed("accounts.administer", chief)
    assert access.refusal("accounts.administer", person()).hidden
    assert not access.refusal("accounts.administer", AnonymousUser()).hidden


def test_sign_ups_that_nobody_finished_are_thrown_away_after_a_week():
    old, new = clock.now() - timedelta(days=8), clock.now()
    begun = [Person.objects.create_user(f"{n}@example.org", "words of theirs", name="人") for n in (1, 2, 3)]
    named = actions.make_person(by=None, email="named@example.org", name="被指定")
    proved = person()
    Person.objects.exclude(pk=begun[2].pk).update(created_at=old)
    forget_sign_ups(new)
    assert set(Person.objects.all()) == {begun[2], named, proved}
    assert actions.forget_old_sign_ups(before=old) == 0


def test_only_an_administrator_says_who_needs_a_second_factor():
    keeper = person(is_administrator=True)
    with pytest.raises(RefusedError):
        actions.demand_second_factor(by=person(), faces=["office"])
    actions.demand_second_factor(by=keeper, faces=["office", "jury"])
    actions.demand_second_factor(by=keeper, faces=["jury", "expert"])
    assert faces_with_second_factor() == {"jury", "expert"}
    events = AuditEvent.objects.filter(verb="accounts.second_factor_demanded")
    assert [event.data for event in events] == [{"faces": ["jury", "office"]}, {"faces": ["expert", "jury"]}]


def test_whoever_is_only_named_is_not_thrown_away_as_a_sign_up():
    named = actions.make_person(by=None, email="named@example.org", name="被提名")
    actions.forget_sign_up(email="named@example.org")
    assert Person.objects.filter(pk=named.pk).exists()


@pytest.mark.parametrize("field", ["is_administrator", "proved_at", "email", "password"])
def test_settings_give_no_rights(field):
    with pytest.raises(TypeError, match=field):
        actions.change_settings(by=person(), **{field: True})
