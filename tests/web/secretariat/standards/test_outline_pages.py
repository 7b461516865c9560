"""A draft's outline put right in the browser, by forms alone: every line can be placed, every step taken back."""

import re

import pytest
from tests.web.secretariat.settings_cast import plain, upload

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.criteria.queries import edition_by_id, last_change, node_by_code, nodes_of, reading_of
from zhuoyue.kernel.audit.models import AuditEvent


@pytest.fixture
def draft(pages):
    pages.post("import_standard", {"document": upload()})
    return Edition.objects.get(key__startswith="import-")


def at(edition, code):
    return node_by_code(edition, code)


def test_a_line_without_a_place_is_placed_from_the_list(pages, draft):
    pages.post("remove_node", node_id=at(draft, "2.1.2b").pk)
    text = pages.get("review_edition", edition_id=draft.pk)
    assert "已删除，可以撤销" in text
    assert "未归位的行（1）" in plain(text)
    assert "所在的条目已删除" in text
    (query,) = re.findall(r"/place/(\?line=\d+)", text)
    number = query.split("=")[1]
    shown = pages.get("place_lines", edition_id=draft.pk, query=query)
    assert re.search(rf'value="{number}"[^>]*checked', shown)
    given = {"lines": [number], "where": "into", "kind": "aspect", "target": at(draft, "2.1.2a").pk}
    pages.post("place_lines", given, edition_id=draft.pk)
    assert int(number) in at(draft, "2.1.2a").lines
    assert "每一行都有归处" in pages.get("review_edition", edition_id=draft.pk)


def test_a_new_element_is_added_by_hand(pages, draft):
    given = {"where": "after", "target": at(draft, "2.1.2a").pk, "kind": "aspect", "code": "2.1.2x", "title": "增补"}
    pages.post("place_lines", given, edition_id=draft.pk)
    assert pages.url.endswith(f"#n-{at(draft, '2.1.2x').position}")
    text = pages.post("place_lines", given, status=422, edition_id=draft.pk)
    assert "已经用在别的条目上" in text
    assert "增补" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"where": "into"}, "请选择要补进去的原文行"),
        ({"where": "after"}, "另立条目要有编号"),
        ({"where": "after", "code": "9", "target": "nonsense"}, "zy-field-error"),
    ],
)
def test_what_is_missing_is_said_at_its_field(pages, draft, given, said):
    given = {"kind": "aspect", "target": at(draft, "1").pk} | given
    assert said in pages.post("place_lines", given, status=422, edition_id=draft.pk)


def test_a_node_is_moved_merged_and_split_by_forms(pages, draft):
    node = at(draft, "2.1.2b")
    assert "调整“2.1.2b”" in plain(pages.get("arrange_node", node_id=node.pk))
    pages.post("move_node", {"move-where": "before", "move-target": at(draft, "2.1.2a").pk}, node_id=node.pk)
    codes = [found.code for found in nodes_of(draft)]
    assert codes.index("2.1.2b") < codes.index("2.1.2a")
    pages.post("merge_node", {"merge-target": at(draft, "2.1.2a").pk}, node_id=node.pk)
    assert pages.url.endswith("#h-outline")
    joined = at(draft, "2.1.2a")
    shown = pages.get("arrange_node", node_id=joined.pk)
    assert all(f'name="split-lines" value="{number}"' in shown for number in joined.lines)
    given = {"stays": "愿景。", "text": "沟通。", "lines": [joined.lines[1]], "code": "2.1.2b", "kind": "aspect"}
    pages.post("split_node", {f"split-{key}": value for key, value in given.items()}, node_id=joined.pk)
    assert len(at(draft, "2.1.2b").lines) == 1


def test_what_cannot_be_done_keeps_what_was_typed(pages, draft):
    node = at(draft, "2.1.2a")
    given = {"split-stays": "写下的愿景", "split-text": "其余", "split-code": "2.2", "split-kind": "aspect"}
    text = pages.post("split_node", given, status=409, node_id=node.pk)
    assert "已经用在别的条目上" in text
    assert "写下的愿景" in text
    text = pages.post("split_node", given | {"split-code": ""}, status=422, node_id=node.pk)
    assert "写下的愿景" in text
    below = at(draft, "2.1.2a").pk
    pages.post("move_node", {"move-where": "inside", "move-target": below}, status=422, node_id=at(draft, "2.1").pk)
    assert "已经用在别的条目上" in pages.post(
        "edit_node", {"code": "2.2", "title": "题", "kind": "aspect", "version": 1}, status=422, node_id=node.pk
    )


def test_the_last_step_is_taken_back_once(pages, draft):
    pages.post("remove_node", node_id=at(draft, "2.1").pk)
    change = last_change(draft)
    assert "上一步：删除" in plain(pages.get("review_edition", edition_id=draft.pk))
    pages.post("undo_change", {"change": change.pk}, edition_id=draft.pk)
    assert "已撤销" in pages.get("review_edition", edition_id=draft.pk)
    assert at(draft, "2.1.2b") is not None
    for given in (change.pk, "nonsense"):
        pages.post("undo_change", {"change": given}, edition_id=draft.pk)
        assert "又有改动" in pages.get("review_edition", edition_id=draft.pk)
    verbs = AuditEvent.objects.filter(verb__in=("criteria.node_removed", "criteria.change_undone"))
    assert verbs.count() == 2


def test_a_confirmed_or_frozen_edition_is_not_rearranged(pages, stage, draft):
    node = at(draft, "2.1.2a")
    actions.confirm(by=stage.secretary, edition=draft)
    for state in ("confirmed", "frozen"):
        assert edition_by_id(draft.pk).state == state
        pages.get("arrange_node", status=403, node_id=node.pk)
        pages.post("remove_node", status=403, node_id=node.pk)
        pages.get("place_lines", status=403, edition_id=draft.pk)
        assert "调整" not in plain(pages.get("review_edition", edition_id=draft.pk))
        if state == "confirmed":
            actions.freeze(by=stage.secretary, edition=edition_by_id(draft.pk))


def test_an_auditor_does_not_rearrange(watching, stage):
    edition = actions.receive_document(by=stage.secretary, upload=upload()).edition
    watching.get("arrange_node", status=404, node_id=at(edition, "1").pk)
    watching.post("undo_change", {}, status=404, edition_id=edition.pk)
    assert reading_of(edition).unplaced == []


def test_statements_stay_few(pages, draft, django_assert_max_num_queries):
    node = at(draft, "2.1.2a")
    pages.get("arrange_node", node_id=node.pk)
    for name, kwargs in (
        ("arrange_node", {"node_id": node.pk}),
        ("place_lines", {"edition_id": draft.pk}),
        ("review_edition", {"edition_id": draft.pk}),
    ):
        with django_assert_max_num_queries(12):
            pages.get(name, **kwargs)
