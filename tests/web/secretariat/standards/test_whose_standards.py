"""Standards of another body in the browser: its drafts are not there, what it confirmed says whose it is."""

import re

import pytest
from django.test import Client
from tests.factories import body, member
from tests.small_award import short_standard
from tests.small_published_standard import TEXT
from tests.web.secretariat.settings_cast import Pages, plain, upload

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.criteria.queries import edition_by_id, nodes_of
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.steps import add_member


@pytest.fixture
def others(stage):
    return body("外地质量协会")


@pytest.fixture
def elsewhere(others):
    """A browser in which the secretary of another body is signed in."""
    client = Client()
    client.force_login(member(others.organisation, Duty.SECRETARY, name="外地秘书"))
    return Pages(client)


@pytest.fixture
def auditor(stage):
    client = Client()
    client.force_login(member(stage.organiser.organisation, Duty.AUDITOR, name="监督"))
    return Pages(client)


@pytest.fixture
def draft(stage):
    return actions.receive_document(by=stage.secretary, upload=upload()).edition


@pytest.fixture
def waiting(stage, tmp_path):
    path = tmp_path / "待接手.txt"
    path.write_text(f"{TEXT}\n说明怎样接手。\n", encoding="utf-8")
    return actions.import_document(by=None, path=path, name=path.name)


def shown(pages, edition):
    """Its page and, where it was read from a document, the document beside it."""
    found = pages.get("edition", edition_id=edition.pk)
    return found + pages.get("review_edition", edition_id=edition.pk) if edition.source.endswith(".txt") else found


def leads(text):
    """Where the pages of the standards lead, apart from places on the page."""
    return set(re.findall(r'href="(/office/settings/standards/[^"#]*)', text))


def deeds(text):
    return set(re.findall(r'action="(/office/settings/standards/[^"]*)"', text))


def test_a_draft_of_another_body_is_not_there(pages, elsewhere, draft):
    for name in ("edition", "review_edition", "edition_document", "edit_edition", "confirm_edition", "place_lines"):
        elsewhere.get(name, status=404, edition_id=draft.pk)
        assert pages.client.get(leads_to(name, draft)).status_code == 200
    elsewhere.get("edit_node", status=404, node_id=nodes_of(draft)[0].pk)
    elsewhere.post("undo_change", {}, status=404, edition_id=draft.pk)
    assert draft.title not in elsewhere.get("standards")
    assert draft.title in pages.get("standards")
    assert "待核对" in plain(pages.get("settings"))
    assert "待核对" not in plain(elsewhere.get("settings"))


def leads_to(name, edition):
    last = {"edition": "", "review_edition": "review/", "edition_document": "document/", "place_lines": "place/"}
    return f"/office/settings/standards/{edition.pk}/{last.get(name, name.removesuffix('edition').strip('_') + '/')}"


def test_what_another_body_confirmed_says_whose_it_is_and_offers_nothing(pages, elsewhere, stage, draft):
    actions.confirm(by=stage.secretary, edition=draft)
    said = f"载入：{stage.organiser}"
    assert said in plain(elsewhere.get("standards"))
    assert said in plain(elsewhere.get("edition", edition_id=draft.pk))
    assert said in plain(elsewhere.get("review_edition", edition_id=draft.pk))
    text = shown(elsewhere, draft)
    assert "重新核对" not in text
    assert "修改信息" not in text
    assert deeds(text) == set()
    assert "载入：" not in plain(shown(pages, draft) + pages.get("standards"))
    assert f"载入机构 {stage.organiser}" in plain(pages.get("edition", edition_id=draft.pk))
    elsewhere.get("reopen_edition", status=404, edition_id=draft.pk)
    elsewhere.post("reopen_edition", {"reason": "想改"}, status=404, edition_id=draft.pk)
    assert edition_by_id(draft.pk).state == "confirmed"


def test_no_page_leads_where_the_reader_is_refused(pages, elsewhere, auditor, stage, draft, waiting):
    shipped = actions.load_standard(by=None, data=short_standard())
    mine = actions.load_standard(by=stage.secretary, data=short_standard().model_copy(update={"key": "mine"}))
    again = actions.load_standard(by=stage.secretary, data=short_standard().model_copy(update={"key": "again"}))
    actions.reopen(by=stage.secretary, edition=again, reason="要核对")
    for reader in (pages, elsewhere, auditor):
        listed = reader.get("standards")
        found = [edition for edition in (draft, waiting, shipped, mine, again) if str(edition.pk) in listed]
        assert len(found) == (3 if reader is elsewhere else 5)
        urls = leads(listed).union(*(leads(shown(reader, edition)) for edition in found))
        assert {url: reader.client.get(url).status_code for url in sorted(urls)} == dict.fromkeys(sorted(urls), 200)


def test_what_ships_says_that_it_belongs_to_all(pages, stage):
    edition = actions.load_standard(by=None, data=short_standard())
    text = pages.get("edition", edition_id=edition.pk)
    assert "随软件载入，各机构共用" in text
    assert "重新核对" not in text
    pages.get("edit_edition", status=404, edition_id=edition.pk)


def test_a_draft_that_waits_is_taken_on_and_then_reviewed_by_its_office(pages, elsewhere, auditor, stage, waiting):
    take_on = f"/office/settings/standards/{waiting.pk}/take-on/"
    for reader in (pages, elsewhere):
        text = shown(reader, waiting)
        assert deeds(text) == {take_on}
        assert "还没有机构接手" in text
        assert "确认标准" not in text
    assert take_on not in shown(auditor, waiting)
    auditor.post("take_on_edition", status=404, edition_id=waiting.pk)
    said = pages.post("take_on_edition", follow=True, edition_id=waiting.pk)
    assert f"由{stage.organiser}接手" in said
    assert "确认标准" in said
    elsewhere.post("take_on_edition", status=404, edition_id=waiting.pk)
    pages.post("confirm_edition", edition_id=waiting.pk)
    assert edition_by_id(waiting.pk).state == "confirmed"


def test_the_same_text_becomes_a_draft_of_each_body(elsewhere, others, draft):
    elsewhere.post("import_standard", {"document": upload()})
    own = Edition.objects.get(owner=others)
    assert elsewhere.url.endswith(f"{own.pk}/review/")
    assert "以前读入过" not in elsewhere.get("review_edition", edition_id=own.pk)


def test_a_secretary_of_two_bodies_loads_for_the_one_whose_year_is_in_view(pages, stage):
    """By name the other one comes first."""
    first = body("一号协会")
    add_member(by=None, organisation=first.organisation, person=stage.secretary, duty=Duty.SECRETARY)
    assert min((first, stage.organiser), key=lambda one: one.organisation.name) == first
    pages.post("load_shipped")
    assert {edition.owner for edition in Edition.objects.all()} == {stage.organiser}


def test_another_office_loads_what_ships_once_more_where_its_owner_reviews_it(pages, elsewhere, stage, others):
    pages.post("load_shipped")
    elsewhere.post("load_shipped")
    assert "都已经在这里了" in elsewhere.get("standards")
    edition = Edition.objects.get(key="gbt-19580-2012")
    actions.reopen(by=stage.secretary, edition=edition, reason="与印行本对照")
    elsewhere.post("load_shipped")
    own = Edition.objects.get(owner=others)
    assert (own.title, own.state) == (edition.title, "confirmed")
    assert str(own.pk) in elsewhere.get("standards")
