"""Standards: loaded, read from an upload, edited, confirmed, reopened, frozen; and who may do which."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import body, member, organisation, person
from tests.small_award import short_standard
from tests.small_published_standard import TEXT

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.models import Edition, Reading
from zhuoyue.domain.criteria.queries import (
    confirmed_editions,
    counts_of,
    depths_of,
    edition_by_id,
    known_codes,
    node_by_code,
    nodes_of,
    points_faults,
    points_sums,
    points_total,
    reading_of,
)
from zhuoyue.domain.criteria.rules import SEE
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.intake import IntakeError
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.files import FileRefusedError
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.models import StoredFile
from zhuoyue.kernel.versions import StaleError
from zhuoyue.packs.standards import shipped_standards

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return member(body().organisation, Duty.SECRETARY)


@pytest.fixture
def loaded(secretary):
    return actions.load_standard(by=secretary, data=short_standard())


def upload(text=TEXT, name="准则.txt"):
    return SimpleUploadedFile(name, text.encode(), "text/plain")


@pytest.fixture
def draft(secretary):
    return actions.receive_document(by=secretary, upload=upload()).edition


def test_a_loaded_standard_is_confirmed_and_holds_its_tree(loaded):
    assert (loaded.state, loaded.code, loaded.language) == ("confirmed", "SHORT 2021", "zh-hans")
    assert [(node.code, depth) for node, depth in depths_of(nodes_of(loaded))] == [
        *(("1", 0), ("1.1", 1), ("1.2", 1), ("2", 0), ("2.1", 1))
    ]
    assert points_total(nodes_of(loaded)) == Decimal(100)


def test_loading_it_again_changes_nothing(loaded, secretary):
    assert actions.load_standard(by=secretary, data=short_standard()) == loaded
    assert actions.load_standard(by=None, data=short_standard()) == loaded
    assert Edition.objects.count() == 1


def test_the_installation_itself_may_load_and_read(tmp_path):
    path = tmp_path / "准则.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert actions.load_standard(by=None, data=short_standard()).state == "confirmed"
    assert actions.import_document(by=None, path=path, name=path.name).state == "draft"


def test_what_ships_is_loaded_once(secretary):
    shipped = {one.key for one in shipped_standards()}
    assert {edition.key for edition in actions.load_shipped(by=secretary)} == shipped
    assert actions.load_shipped(by=secretary) == []
    assert shipped <= set(known_codes(secretary))


def test_an_upload_becomes_a_draft_with_its_lines_and_its_file(draft, secretary):
    reading = reading_of(draft)
    assert (draft.state, draft.title) == ("draft", "小城质量奖评审准则")
    assert counts_of(draft) == reading.counts
    assert reading.file.held_by == f"criteria.edition:{draft.pk}"
    placed = {number for node in nodes_of(draft) for number in node.lines}
    aside = {row["line"] for row in [*reading.unplaced, *reading.furniture]}
    assert placed | aside == {row["number"] for row in reading.lines}
    assert not placed & aside
    assert node_by_code(draft, "2.1.2").points == Decimal(60)


def test_the_same_document_again_is_the_draft_that_it_became(draft, secretary):
    again = actions.receive_document(by=secretary, upload=upload(name="又一份.txt"))
    assert (again.edition, again.is_new) == (draft, False)
    assert StoredFile.objects.exclude(held_by="").count() == 1


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (upload("关于开展活动的通知。\n请各单位报名。\n"), IntakeError),
        (upload("", "空.txt"), FileRefusedError),
        (SimpleUploadedFile("图.txt", b"\x89PNG\r\n\x1a\n"), FileRefusedError),
    ],
    ids=["no-standard", "empty", "lying"],
)
def test_what_is_no_standard_leaves_nothing_behind(secretary, given, error):
    with pytest.raises(error):
        actions.receive_document(by=secretary, upload=given)
    assert not StoredFile.objects.exists()
    assert not Reading.objects.exists()


def test_an_element_is_edited_by_whoever_saw_its_last_state(draft, secretary):
    node = node_by_code(draft, "2.1.2")
    actions.edit_node(by=secretary, node=node, expected=1, title="方向与战略")
    with pytest.raises(StaleError):
        actions.edit_node(by=secretary, node=node_by_code(draft, "2.1.2"), expected=1, title="别的")
    event = AuditEvent.objects.get(verb="criteria.node_edited")
    assert event.data == {"code": "2.1.2", "fields": ["title"]}


def test_points_that_do_not_add_up_keep_a_standard_from_being_confirmed(draft, secretary):
    actions.edit_node(by=secretary, node=node_by_code(draft, "2.1.2"), expected=1, points=Decimal(50))
    assert points_faults(draft) == ["2.1"]
    assert [(row.node.code, row.adds_up) for row in points_sums(nodes_of(draft)) if row.own] == [
        *(("2.1", False), ("2.2", True))
    ]
    with pytest.raises(access.RefusedError, match="分值"):
        actions.confirm(by=secretary, edition=draft)
    actions.edit_node(by=secretary, node=node_by_code(draft, "2.1"), expected=1, points=Decimal(50))
    actions.confirm(by=secretary, edition=draft)
    assert draft.state == "confirmed"


def test_a_confirmed_standard_changes_only_after_it_is_reopened_with_a_reason(draft, secretary):
    actions.confirm(by=secretary, edition=draft)
    with pytest.raises(access.RefusedError, match="重新核对"):
        actions.edit_node(by=secretary, node=node_by_code(draft, "2.1.2"), expected=1, title="改")
    with pytest.raises(MoveError):
        actions.reopen(by=secretary, edition=draft, reason=" ")
    actions.reopen(by=secretary, edition=draft, reason="标题有误")
    actions.edit_node(by=secretary, node=node_by_code(draft, "2.1.2"), expected=1, title="改")
    assert draft not in confirmed_editions()


def test_a_frozen_standard_changes_no_more(loaded, secretary):
    actions.edit_edition(by=secretary, edition=loaded, expected=1, verified_by="核对者")
    actions.freeze(by=secretary, edition=loaded)
    digest = edition_by_id(loaded.pk).digest
    actions.freeze(by=secretary, edition=loaded)
    assert len(digest) == 64
    assert edition_by_id(loaded.pk).digest == digest
    with pytest.raises(access.RefusedError, match="另立新版本"):
        actions.edit_edition(by=secretary, edition=edition_by_id(loaded.pk), expected=2, title="别的")
    with pytest.raises(MoveError):
        actions.reopen(by=secretary, edition=loaded, reason="想改")
    assert loaded in confirmed_editions()


@pytest.mark.parametrize("who", ["auditor", "applicant", "nobody"])
def test_others_change_nothing(draft, loaded, who):
    home = {"auditor": Duty.AUDITOR, "applicant": Duty.REPRESENTATIVE}.get(who)
    someone = member(organisation(), home) if home else person()
    for act in (
        lambda: actions.load_standard(by=someone, data=short_standard()),
        lambda: actions.load_shipped(by=someone),
        lambda: actions.receive_document(by=someone, upload=upload()),
        lambda: actions.edit_node(by=someone, node=nodes_of(draft)[0], expected=1, title="改"),
        lambda: actions.edit_edition(by=someone, edition=draft, expected=1, title="改"),
        lambda: actions.confirm(by=someone, edition=draft),
    ):
        with pytest.raises(access.RefusedError):
            act()
    assert edition_by_id(draft.pk).title == "小城质量奖评审准则"
    assert access.allowed(SEE, someone, loaded) is (who == "auditor")


@pytest.mark.parametrize("field", ["state", "owner", "key", "digest"])
def test_the_state_and_owner_of_an_edition_are_no_text(secretary, draft, field):
    with pytest.raises(TypeError, match=field):
        actions.edit_edition(by=secretary, edition=draft, expected=1, **{field: "frozen"})


@pytest.mark.parametrize("field", ["edition", "position", "parent", "lines"])
def test_the_place_of_a_node_is_no_text(secretary, draft, field):
    with pytest.raises(TypeError, match=field):
        actions.edit_node(by=secretary, node=node_by_code(draft, "2.1.2"), expected=1, **{field: "x"})
