"""An edition belongs to the body whose office loaded or read it: nobody else changes it, nor sees it as a draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from tests.factories import body, member, organisation
from tests.small_award import short_standard
from tests.small_published_standard import TEXT

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.actions.outline import NewNode
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.criteria.queries import (
    confirmed_editions,
    edition_by_id,
    editions_shown_to,
    known_codes,
    node_by_code,
    node_by_id,
    nodes_of,
    reading_of,
)
from zhuoyue.domain.criteria.rules import CONFIRM, EDIT, EDIT_NODE, SEE, TAKE_ON
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.steps import add_member
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours():
    return body("甲协会")


@pytest.fixture
def theirs():
    return body("乙协会")


@pytest.fixture
def secretary(ours):
    return member(ours.organisation, Duty.SECRETARY)


@pytest.fixture
def other(theirs):
    return member(theirs.organisation, Duty.SECRETARY)


def read_in(by, owner=None):
    upload = SimpleUploadedFile("准则.txt", TEXT.encode(), "text/plain")
    return actions.receive_document(by=by, upload=upload, owner=owner).edition


@pytest.fixture
def draft(secretary):
    return read_in(secretary)


@pytest.fixture
def loaded(secretary):
    return actions.load_standard(by=secretary, data=short_standard())


@pytest.fixture
def waiting(tmp_path):
    """What the operator read in on the command line."""
    path = tmp_path / "准则.txt"
    path.write_text(TEXT, encoding="utf-8")
    return actions.import_document(by=None, path=path, name=path.name)


def stands(edition):
    found = edition_by_id(edition.pk)
    return found.title, found.state, found.version, [(node.title, node.version) for node in nodes_of(found)]


def changes(by, edition):
    """Everything that changes an edition, as (name, act)."""
    node = nodes_of(edition)[0]
    last = nodes_of(edition)[-1]
    new = NewNode("aspect", "9.9", "另一条")
    return {
        "edit": lambda: actions.edit_edition(by=by, edition=edition, expected=1, title="改"),
        "confirm": lambda: actions.confirm(by=by, edition=edition),
        "reopen": lambda: actions.reopen(by=by, edition=edition, reason="想改"),
        "edit-node": lambda: actions.edit_node(by=by, node=node, expected=1, title="改"),
        "move": lambda: actions.move_node(by=by, node=node, where="after", target=last),
        "merge": lambda: actions.merge_node(by=by, node=last, target=node),
        "split": lambda: actions.split_node(by=by, node=node, stays="", lines=[], new=new),
        "remove": lambda: actions.remove_node(by=by, node=last),
        "place": lambda: actions.place_lines(by=by, edition=edition, lines=[], where="after", target=node, new=new),
        "undo": lambda: actions.undo(by=by, edition=edition, change=edition.pk),
    }


def shown(person):
    return set(editions_shown_to(person))


def refused_all(by, edition):
    before = stands(edition)
    no_moves = {"draft": "reopen", "confirmed": "confirm", "frozen": "confirm reopen"}[edition.state].split()
    for name, act in changes(by, edition).items():
        if name in no_moves:
            continue  # no such move from this state, whoever asks
        with pytest.raises(access.RefusedError) as refused:
            act()
        assert refused.value.hidden, name
        edition.refresh_from_db()
    assert stands(edition) == before


def test_what_an_office_loads_or_reads_is_its_body_s(loaded, draft, ours):
    assert (loaded.owner, draft.owner) == (ours, ours)
    with pytest.raises(ProtectedError):
        ours.delete()


def test_another_office_changes_neither_a_draft_nor_what_is_confirmed(draft, loaded, other):
    refused_all(other, draft)
    refused_all(other, loaded)
    for permission, thing in ((EDIT, draft), (EDIT, loaded), (CONFIRM, draft), (EDIT_NODE, nodes_of(draft)[0])):
        assert not access.allowed(permission, other, thing)


def test_every_secretary_of_the_owner_changes_it(draft, ours):
    colleague = member(ours.organisation, Duty.SECRETARY)
    actions.edit_node(by=colleague, node=node_by_code(draft, "2.1.2"), expected=1, title="方向与战略")
    actions.edit_edition(by=colleague, edition=draft, expected=1, verified_by="核对者")
    actions.confirm(by=colleague, edition=draft)
    actions.reopen(by=colleague, edition=draft, reason="标题有误")
    assert draft.state == "draft"


def test_a_draft_is_seen_by_its_office_and_those_who_watch_over_it(draft, loaded, ours, theirs, secretary, other):
    auditor = member(ours.organisation, Duty.AUDITOR)
    watching_others = member(theirs.organisation, Duty.AUDITOR)
    assert [shown(who) for who in (secretary, auditor)] == [{draft, loaded}] * 2
    assert [shown(who) for who in (other, watching_others)] == [{loaded}] * 2
    for who in (secretary, auditor, other, watching_others):
        assert {edition for edition in (draft, loaded) if access.allowed(SEE, who, edition)} == shown(who)
        assert access.allowed(SEE, who)
    assert not access.allowed(EDIT, auditor, draft)


def test_once_confirmed_it_is_there_for_every_office(draft, secretary, other):
    actions.confirm(by=secretary, edition=draft)
    assert access.allowed(SEE, other, draft)
    assert draft in shown(other)
    assert draft in confirmed_editions()
    actions.freeze(by=other, edition=draft)
    with pytest.raises(access.RefusedError, match="另立新版本"):
        actions.edit_edition(by=secretary, edition=edition_by_id(draft.pk), expected=1, title="改")
    refused_all(other, edition_by_id(draft.pk))


def test_what_the_program_loaded_is_used_by_all_and_changed_by_none(secretary, other):
    edition = actions.load_standard(by=None, data=short_standard())
    assert (edition.owner, edition.state) == (None, "confirmed")
    assert edition in confirmed_editions()
    for who in (secretary, other):
        refused_all(who, edition)
        assert shown(who) == {edition}
        assert not access.allowed(TAKE_ON, who, edition)
        assert actions.load_standard(by=who, data=short_standard()) == edition
    assert edition_by_id(edition.pk).owner is None


def test_a_draft_that_the_operator_read_in_waits_for_an_office_to_take_it_on(waiting, secretary, other, ours):
    refused_all(secretary, waiting)
    assert shown(secretary) == shown(other) == {waiting}
    actions.take_on(by=secretary, edition=waiting)
    assert edition_by_id(waiting.pk).owner == ours
    assert shown(other) == set()
    assert AuditEvent.objects.get(verb="criteria.edition_taken_on").data == {"body": "甲协会"}
    actions.confirm(by=secretary, edition=waiting)
    assert waiting in confirmed_editions()


def test_of_two_offices_that_take_it_on_the_first_has_it(waiting, secretary, other, ours):
    seen = edition_by_id(waiting.pk)
    actions.take_on(by=secretary, edition=waiting)
    for found in (seen, edition_by_id(waiting.pk)):
        with pytest.raises(access.RefusedError):
            actions.take_on(by=other, edition=found)
    assert edition_by_id(waiting.pk).owner == ours


def test_an_auditor_takes_nothing_on(waiting, ours):
    auditor = member(ours.organisation, Duty.AUDITOR)
    assert access.allowed(SEE, auditor, waiting)
    with pytest.raises(access.RefusedError):
        actions.take_on(by=auditor, edition=waiting)


def test_the_same_document_is_each_office_s_own(draft, secretary, other, theirs):
    own = read_in(other)
    assert own != draft
    assert (own.owner, own.state) == (theirs, "draft")
    assert own.key.startswith(f"{draft.key}-")
    assert reading_of(own).file != reading_of(draft).file
    assert (read_in(other), read_in(secretary)) == (own, draft)
    actions.confirm(by=secretary, edition=draft)
    assert read_in(other) == own
    assert Edition.objects.count() == 2


def test_what_waits_for_an_office_is_not_read_in_twice(waiting, secretary):
    assert read_in(secretary) == waiting
    assert edition_by_id(waiting.pk).owner is None


def test_the_same_standard_is_shared_unless_it_is_another_s_draft(loaded, secretary, other, theirs):
    assert actions.load_standard(by=other, data=short_standard()) == loaded
    actions.reopen(by=secretary, edition=loaded, reason="标题有误")
    own = actions.load_standard(by=other, data=short_standard())
    assert (own.owner, own.state, own.standard) == (theirs, "confirmed", loaded.standard)
    actions.confirm(by=secretary, edition=loaded)
    assert actions.load_standard(by=other, data=short_standard()) == own
    assert actions.load_standard(by=secretary, data=short_standard()) == loaded


def test_who_runs_several_bodies_loads_for_the_chosen_one_else_the_first_by_name(ours, theirs, secretary):
    add_member(by=None, organisation=theirs.organisation, person=secretary, duty=Duty.SECRETARY)
    stranger = body("丙协会")
    first = min((ours, theirs), key=str)
    second = max((ours, theirs), key=str)
    assert read_in(secretary, owner=second).owner == second
    assert read_in(secretary).owner == second  # read before, by the same person
    assert actions.load_standard(by=secretary, data=short_standard(), owner=stranger).owner == first


def test_an_office_that_is_no_body_loads_nothing():
    someone = member(organisation(), Duty.SECRETARY)
    with pytest.raises(access.RefusedError):
        actions.load_standard(by=someone, data=short_standard())
    assert not Edition.objects.exists()


def test_a_rule_asks_for_no_more_statements(draft, secretary, django_assert_num_queries):
    edition, node = edition_by_id(draft.pk), node_by_id(nodes_of(draft)[0].pk)
    assert access.allowed(SEE, secretary, edition)
    with django_assert_num_queries(0):
        assert access.allowed(EDIT, secretary, edition)
        assert access.allowed(EDIT_NODE, secretary, node)


def test_rules_may_name_only_what_their_office_may_see(draft, secretary, other):
    assert draft.key in known_codes(secretary)
    assert draft.key not in known_codes(other)
