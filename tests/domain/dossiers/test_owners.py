"""Whose a dossier is, the app that opened it says: who writes, until when, and what was asked for in a return."""

import pytest
from tests import applying, factories

from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.desk import desk_of
from zhuoyue.domain.dossiers import actions, owners
from zhuoyue.domain.dossiers.desk import Desk
from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.domain.dossiers.queries import contents_of, dossier_by_id, form_of
from zhuoyue.domain.dossiers.rules import EDIT, SEE
from zhuoyue.kernel import access
from zhuoyue.kernel.pages import SIGNED_IN
from zhuoyue.packs.programmes.schema.forms import Form

pytestmark = pytest.mark.django_db
KEY = "narrative/4.1.2"
NEVER = access.permission("tests.never", (lambda _by, _thing: False, "笔记已经收走。"))


@pytest.fixture
def case():
    return applying.writing()


def laid(thing, _by):
    return Desk(thing, refused="", waiting="", until=None, last_year=2020)


def notebook(key, edit, thing_of=lambda dossier: dossier):
    return owners.Owner(key, see=SIGNED_IN, edit=edit, go_on=SIGNED_IN, thing_of=thing_of, desk=laid)


@pytest.fixture
def others(monkeypatch):
    """Two more owners: in one whoever has signed in may write, in the other nobody."""
    monkeypatch.setattr(owners, "_owners", dict(owners._owners))
    for key, edit in (("open-notes", SIGNED_IN), ("shut-notes", NEVER)):
        owners.declare(notebook(key, edit))


def opened(case, owner):
    return actions.open_dossier(form=form_of(case.application.dossier), owner=owner, edition=case.stage.edition)


def save(by, dossier):
    return actions.save_answer(by=by, dossier=dossier, section=KEY, value={"text": "一"}, expected=0)


def test_each_owner_decides_for_its_own_dossiers(case, others):
    stranger = factories.person()
    assert save(stranger, opened(case, "open-notes")).version == 1
    with pytest.raises(access.RefusedError, match="笔记已经收走"):
        save(stranger, opened(case, "shut-notes"))
    with pytest.raises(access.RefusedError) as refused:
        save(stranger, case.application.dossier)
    assert refused.value.hidden
    assert access.allowed(SEE, case.person, case.application.dossier)
    assert not access.allowed(SEE, stranger, case.application.dossier)


def test_a_dossier_without_its_thing_belongs_to_nobody(case):
    dossier = opened(case, "application")
    assert not access.allowed(EDIT, case.person, dossier)
    assert not access.allowed(SEE, case.person, None)
    with pytest.raises(access.RefusedError):
        save(case.person, dossier)


def test_an_owner_is_declared_once_and_an_unknown_one_opens_nothing(case):
    with pytest.raises(owners.UnknownOwnerError):
        opened(case, "nobody")
    with pytest.raises(ValueError, match="declared twice"):
        owners.declare(notebook("application", SIGNED_IN))
    assert Dossier.objects.count() == 1


def test_the_thing_of_a_dossier_is_found_from_the_dossier_alone(case):
    dossier = dossier_by_id(case.application.dossier_id)
    assert owners.owner_of(dossier).thing_of(dossier) == case.application


def test_the_desk_says_what_may_be_done_and_why_not(case):
    desk = desk_of(case.application, case.person)
    assert (desk.refused, desk.waiting, desk.last_year) == ("", "", 2020)
    assert desk.may_write
    assert desk.may_go_on
    assert set(desk.options) == {"benchmark_fields", "focus_industries", "categories"}
    applying.at("2021-07-20T10:00")
    early = desk_of(case.application, case.person)
    assert early.may_write
    assert early.waiting == "申报开始后可以提交，现在可以先写好"
    applying.at("2021-08-30T00:00")
    late = desk_of(case.application, case.person)
    assert "已过截止时间" in late.refused
    assert late.waiting == "已过截止时间"


def test_the_desk_carries_what_a_return_asks_for():
    case = applying.sent()
    sent = desk_of(case.application, case.person)
    assert "已经提交" in sent.refused
    assert sent.wanted_at is None
    applying.at("2021-08-24T10:00")
    items = [{"part": KEY, "text": "补充覆盖范围"}, {"part": "", "text": "补盖公章"}]
    until = factories.moment("2021-08-29T17:00")
    applications.send_back(by=case.stage.secretary, application=case.application, items=items, until=until)
    desk = desk_of(case.application, case.person)
    assert desk.wanted_in(KEY) == ["补充覆盖范围"]
    assert desk.wanted_in("context") == []
    assert (desk.until, desk.may_write) == (until, True)


def test_a_form_with_two_parts_for_series_takes_each_under_its_own_items(case, others):
    title = {"zh": "甲", "en": "A"}
    parts = tuple(
        {"key": key, "title": title, "kind": "indicators", "nodes": (node,), "years_at_least": 1}
        for key, node in (("first", "1"), ("second", "2"))
    )
    form = Form.model_validate({"key": "f", "title": title, "form_of": "diagnosis", "parts": parts})
    dossier = actions.open_dossier(form=form, owner="open-notes", edition=None)
    for node, points in (("1", [{"year": 2020, "value": "9"}]), ("2", [])):
        actions.add_indicator(by=case.person, dossier=dossier, node_code=node, name=f"指标{node}", points=points)
    first, second = contents_of(dossier).states
    assert (first.done, first.asked, first.is_complete) == (1, 1, True)
    assert [fault.code for fault in second.faults] == ["too_few_years"]
    assert (second.done, second.asked) == (0, 1)
