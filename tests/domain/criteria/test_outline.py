"""The outline of a draft put right by a person: nothing that was read is lost, and every change can be taken back."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import body, member
from tests.small_award import short_standard
from tests.small_published_standard import TEXT

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.actions.outline import NewNode
from zhuoyue.domain.criteria.errors import OutlineError
from zhuoyue.domain.criteria.models import Node, OutlineChange
from zhuoyue.domain.criteria.queries import depths_of, free_lines, last_change, node_by_code, nodes_of, reading_of
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel import access
from zhuoyue.kernel.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return member(body().organisation, Duty.SECRETARY)


@pytest.fixture
def draft(secretary):
    upload = SimpleUploadedFile("准则.txt", TEXT.encode(), "text/plain")
    return actions.receive_document(by=secretary, upload=upload).edition


def outline(edition):
    return [(node.code, depth) for node, depth in depths_of(nodes_of(edition))]


def whole(edition):
    """Everything of an edition that a change can touch."""
    fields = ("pk", "parent_id", "position", "code", "kind", "title", "text", "prompt", "points", "indicators", "lines")
    reading = reading_of(edition)
    return list(Node.objects.filter(edition=edition).values_list(*fields)), reading.unplaced, reading.furniture


def lines_everywhere(edition):
    """Every line of the document, by where it stands now; a line may stand in two elements."""
    reading = reading_of(edition)
    held = [number for node in nodes_of(edition) for number in node.lines]
    return {*held, *(row["line"] for row in [*reading.unplaced, *reading.furniture])}


def at(edition, code):
    return node_by_code(edition, code)


def changes(by, edition):
    """One of each kind, as (name, act)."""
    new = NewNode("aspect", "2.1.2c", "说明", "说明怎样与员工沟通。")
    return {
        "edit": lambda: actions.edit_node(by=by, node=at(edition, "2.1.2"), expected=1, code="2.1.9", kind="overview"),
        "move": lambda: actions.move_node(by=by, node=at(edition, "2.1.2"), where="inside", target=at(edition, "2.2")),
        "merge": lambda: actions.merge_node(by=by, node=at(edition, "2.1.2"), target=at(edition, "2.1.1")),
        "split": lambda: actions.split_node(by=by, node=at(edition, "2.1.2b"), stays="沟通", lines=[], new=new),
        "remove": lambda: actions.remove_node(by=by, node=at(edition, "2.1")),
    }


@pytest.mark.parametrize("name", ["edit", "move", "merge", "split", "remove"])
def test_every_change_keeps_every_line_and_is_taken_back_whole(draft, secretary, name):
    before, every = whole(draft), lines_everywhere(draft)
    changes(secretary, draft)[name]()
    assert whole(draft)[0] != before[0]
    assert lines_everywhere(draft) == every
    positions = [node.position for node in nodes_of(draft)]
    assert positions == list(range(1, len(positions) + 1))
    actions.undo(by=secretary, edition=draft, change=last_change(draft).pk)
    assert whole(draft) == before
    assert not OutlineChange.objects.exists()
    assert AuditEvent.objects.filter(verb="criteria.change_undone").count() == 1


def test_changes_are_taken_back_one_after_the_other(draft, secretary):
    states = [whole(draft)]
    for number, name in enumerate(("edit", "split", "remove"), 1):
        actions.edit_node(by=secretary, node=at(draft, "2.1.1"), expected=number, title=f"题{number}")
        changes(secretary, draft)[name]()
        states.append(whole(draft))
    change = last_change(draft)
    with pytest.raises(OutlineError, match="又有改动"):
        actions.undo(by=secretary, edition=draft, change=uuid4())
    actions.undo(by=secretary, edition=draft, change=change.pk)
    with pytest.raises(OutlineError, match="又有改动"):
        actions.undo(by=secretary, edition=draft, change=change.pk)
    seen = [whole(draft)]
    while (change := last_change(draft)) is not None:
        actions.undo(by=secretary, edition=draft, change=change.pk)
        seen.append(whole(draft))
    assert seen[-1] == states[0]
    assert all(state in seen for state in states[:-1])
    with pytest.raises(OutlineError, match="又有改动"):
        actions.undo(by=secretary, edition=draft, change=uuid4())


def test_a_node_moves_with_what_stands_below_it(draft, secretary):
    actions.move_node(by=secretary, node=at(draft, "2.1.2"), where="after", target=at(draft, "2.2.1"))
    codes = outline(draft)
    start = codes.index(("2.2.1", 2))
    assert codes[start + 1 : start + 4] == [("2.1.2", 2), ("2.1.2a", 3), ("2.1.2b", 3)]
    actions.move_node(by=secretary, node=at(draft, "2.1.2b"), where="before", target=at(draft, "2.1.2a"))
    actions.move_node(by=secretary, node=at(draft, "2.1.2"), where="after", target=at(draft, "1"))
    codes = outline(draft)
    start = codes.index(("2.1.2", 0))
    assert codes[start - 1 : start + 3] == [("1", 0), ("2.1.2", 0), ("2.1.2b", 1), ("2.1.2a", 1)]


def test_a_node_does_not_move_or_merge_below_itself(draft, secretary):
    below, above = at(draft, "2.1.2a"), at(draft, "2.1.2")
    with pytest.raises(OutlineError, match="自己的下面"):
        actions.move_node(by=secretary, node=above, where="inside", target=below)
    with pytest.raises(OutlineError, match="它的下级"):
        actions.merge_node(by=secretary, node=above, target=above)
    assert not OutlineChange.objects.exists()


def test_merging_keeps_title_text_lines_and_children(draft, secretary):
    gone, goal = at(draft, "2.1.2"), at(draft, "2.1.1")
    Node.objects.filter(pk=gone.pk).update(indicators=["甲", "乙"], prompt="怎样定？")
    Node.objects.filter(pk=goal.pk).update(indicators=["甲"])
    lines = {*gone.lines, *goal.lines}
    actions.merge_node(by=secretary, node=gone, target=goal)
    merged = at(draft, "2.1.1")
    assert set(merged.lines) == lines
    assert gone.title in merged.text
    assert (merged.indicators, merged.prompt, merged.points) == (["甲", "乙"], "怎样定？", gone.points)
    assert at(draft, "2.1.2a").parent_id == merged.pk
    actions.merge_node(by=secretary, node=at(draft, "2.2.2"), target=merged)
    assert at(draft, "2.1.1").points == gone.points
    actions.merge_node(by=secretary, node=at(draft, "2.1"), target=at(draft, "2.2"))
    assert at(draft, "2.1.1").parent.code == "2.2"
    assert at(draft, "2.1.2a").parent.code == "2.1.1"


def test_splitting_parts_the_text_and_the_lines(draft, secretary):
    joined = at(draft, "2.1.2a")
    actions.merge_node(by=secretary, node=at(draft, "2.1.2b"), target=joined)
    first, second = at(draft, "2.1.2a").lines
    new = NewNode("aspect", "2.1.2b", "沟通", "说明怎样与员工沟通。")
    actions.split_node(by=secretary, node=at(draft, "2.1.2a"), stays="写出愿景。", lines=[second], new=new)
    assert (at(draft, "2.1.2a").lines, at(draft, "2.1.2b").lines) == ([first], [second])
    assert at(draft, "2.1.2a").text == "写出愿景。"
    with pytest.raises(OutlineError, match="不在这个条目里"):
        actions.split_node(by=secretary, node=at(draft, "2.1.2a"), stays="", lines=[second], new=new)
    bare = NewNode("aspect", "2.1.2c")
    with pytest.raises(OutlineError, match="至少填写一项"):
        actions.split_node(by=secretary, node=at(draft, "2.1.2a"), stays="", lines=[], new=bare)
    assert lines_everywhere(draft) == {row["number"] for row in reading_of(draft).lines}


def test_what_was_not_placed_gets_its_place(draft, secretary):
    (number,) = at(draft, "2.1.2b").lines
    actions.remove_node(by=secretary, node=at(draft, "2.1.2b"))
    assert reading_of(draft).unplaced == [
        {"line": number, "reason": "removed", "text": dict(free_lines(reading_of(draft)))[number]}
    ]
    target = at(draft, "2.1.2a")
    actions.place_lines(by=secretary, edition=draft, lines=[number], where="into", target=target, new=None)
    assert number in at(draft, "2.1.2a").lines
    assert "沟通" in at(draft, "2.1.2a").text
    assert reading_of(draft).unplaced == []
    with pytest.raises(OutlineError, match="已经归在条目里"):
        actions.place_lines(by=secretary, edition=draft, lines=[number], where="into", target=target, new=None)
    actions.undo(by=secretary, edition=draft, change=last_change(draft).pk)
    new = NewNode("aspect", "2.1.2z")
    placed = actions.place_lines(by=secretary, edition=draft, lines=[number], where="after", target=target, new=new)
    assert (placed.lines, at(draft, "2.1.2z").parent.code) == ([number], "2.1.2")
    assert "沟通" in at(draft, "2.1.2z").text


def test_a_title_or_a_caption_can_be_placed_too(draft, secretary):
    reading = reading_of(draft)
    number = reading.furniture[0]["line"]
    target = at(draft, "1")
    actions.place_lines(by=secretary, edition=draft, lines=[number], where="into", target=target, new=None)
    assert number not in {row["line"] for row in reading_of(draft).furniture}


def test_a_number_is_used_once(draft, secretary):
    with pytest.raises(OutlineError, match="已经用在别的条目上"):
        actions.edit_node(by=secretary, node=at(draft, "2.1.2"), expected=1, code="2.2")
    assert at(draft, "2.1.2") is not None
    new = NewNode("aspect", "2.2", "别的")
    with pytest.raises(OutlineError, match="已经用在别的条目上"):
        actions.place_lines(by=secretary, edition=draft, lines=[], where="after", target=at(draft, "1"), new=new)


def test_what_has_gone_meanwhile_is_said(draft, secretary):
    gone = at(draft, "2.1.2a")
    actions.remove_node(by=secretary, node=at(draft, "2.1.2a"))
    with pytest.raises(OutlineError, match="刚刚被删除或合并"):
        actions.move_node(by=secretary, node=gone, where="after", target=at(draft, "1"))


def test_an_edition_that_was_not_read_from_a_document_is_rearranged_too(secretary):
    edition = actions.load_standard(by=secretary, data=short_standard())
    actions.reopen(by=secretary, edition=edition, reason="少一条")
    new = NewNode("process", "1.3", "改进")
    actions.place_lines(by=secretary, edition=edition, lines=[], where="after", target=at(edition, "1.2"), new=new)
    assert [code for code, _depth in outline(edition)] == ["1", "1.1", "1.2", "1.3", "2", "2.1"]
    actions.edit_node(by=secretary, node=at(edition, "1.3"), expected=1, title="改进")
    assert last_change(edition).before == []
    actions.undo(by=secretary, edition=edition, change=last_change(edition).pk)
    actions.undo(by=secretary, edition=edition, change=last_change(edition).pk)
    assert at(edition, "1.3") is None


@pytest.mark.parametrize("state", ["confirmed", "frozen"])
@pytest.mark.parametrize("name", ["edit", "move", "merge", "split", "remove", "place", "undo"])
def test_what_is_confirmed_or_frozen_does_not_change(draft, secretary, state, name):
    actions.edit_node(by=secretary, node=at(draft, "1"), expected=1, title="范围一")
    actions.confirm(by=secretary, edition=draft)
    if state == "frozen":
        actions.freeze(by=secretary, edition=draft)
    before = whole(draft)
    new = NewNode("aspect", "9", "九")
    more = {
        "place": lambda: actions.place_lines(
            by=secretary, edition=draft, lines=[], where="after", target=at(draft, "1"), new=new
        ),
        "undo": lambda: actions.undo(by=secretary, edition=draft, change=last_change(draft).pk),
    }
    with pytest.raises(access.RefusedError, match="重新核对"):
        (changes(secretary, draft) | more)[name]()
    assert whole(draft) == before


def test_the_record_names_what_was_done(draft, secretary):
    for act in ("split", "move"):
        changes(secretary, draft)[act]()
    verbs = AuditEvent.objects.filter(verb__startswith="criteria.node").order_by("sequence")
    assert [(event.verb, event.data["code"]) for event in verbs] == [
        *(("criteria.node_split", "2.1.2b"), ("criteria.node_moved", "2.1.2"))
    ]
