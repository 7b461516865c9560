"""Standards in the browser: read in, compared with the source, corrected, confirmed; refusals lose nothing."""

import re

import pytest
from tests.factories import member
from tests.small_award import short_standard
from tests.web.secretariat.settings_cast import plain, upload

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.criteria.queries import edition_by_id, node_by_code, nodes_of, reading_of
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel.models import StoredFile

COUNTS_OF_WUHAN = {
    "values": 9,
    "terms": 11,
    "notes": 5,
    "context_aspects": 4,
    "categories": 6,
    "process_items": 12,
    "process_aspects": 48,
    "results_items": 6,
}


def read_in(pages, file=None):
    pages.post("import_standard", {"document": file or upload()})
    return Edition.objects.get(key__startswith="import-")


def test_the_list_says_where_to_begin_and_loads_what_ships(pages):
    assert "还没有标准" in pages.get("standards")
    pages.post("load_shipped")
    text = plain(pages.get("standards"))
    assert "波多里奇卓越绩效框架" in text
    assert "未与印行本对照" in text
    pages.post("load_shipped")
    assert "都已经在这里了" in pages.get("standards")


def test_a_standard_is_read_reviewed_corrected_and_confirmed(pages):
    edition = read_in(pages)
    assert pages.url.endswith(f"{edition.pk}/review/")
    text = pages.get("review_edition", edition_id=edition.pk)
    assert "每一行都有归处" in text
    assert "分值合计100" in text
    node = node_by_code(edition, "2.1.2")
    assert f'id="n-{node.position}"' in text
    edit = {
        "code": "2.1.2",
        "title": "方向",
        "kind": "process",
        "points": "50",
        "text": "",
        "prompt": "怎样定方向？",
        "version": 1,
    }
    pages.post("edit_node", edit, node_id=node.pk)
    assert "写明60，条目之和50" in plain(pages.get("review_edition", edition_id=edition.pk))
    assert "请先改正" in pages.post("confirm_edition", status=409, edition_id=edition.pk)
    pages.post("edit_node", {**edit, "points": "60", "version": 2}, node_id=node.pk)
    facts = {"title": "小城准则", "code": "XC 1", "label": "2021", "verified_by": "核对者", "version": 1}
    pages.post("edit_edition", facts, edition_id=edition.pk)
    pages.post("confirm_edition", edition_id=edition.pk)
    shown = plain(pages.get("edition", edition_id=edition.pk))
    assert "已确认" in shown
    assert "怎样定方向？" in shown
    assert "核对者" in shown


def test_every_element_leads_to_its_lines_and_every_line_to_its_element(pages):
    edition = read_in(pages)
    text = pages.get("review_edition", edition_id=edition.pk)
    ids = set(re.findall(r'id="([nl]-\d+)"', text))
    assert set(re.findall(r'href="#([nl]-\d+)"', text)) <= ids
    reading = reading_of(edition)
    assert {f"l-{row['number']}" for row in reading.lines} <= ids
    for node in nodes_of(edition):
        assert all(f'href="#l-{number}"' in text for number in node.lines)
        assert not node.lines or f'href="#n-{node.position}"' in text


def test_lines_without_a_place_come_first_with_their_reason(pages):
    edition = read_in(pages)
    reading = reading_of(edition)
    reading.unplaced = [{"line": 3, "reason": "stray_number", "text": "九"}]
    reading.save()
    text = plain(pages.get("review_edition", edition_id=edition.pk))
    assert "未归位的行（1）" in text
    assert text.index("单独的编号，没有内容") < text.index("愿景")


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("关于开展活动的通知。\n请报名。\n", "通知.txt"), "不像评价标准"),
        ((b"", "空.txt"), "空文件"),
        ((b"%PDF-1.4 nothing", "坏.pdf"), "坏.pdf"),
        ((b"\x89PNG\r\n\x1a\n" + b"0" * 100, "图.txt"), "图.txt"),
        ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧.doc"), "旧版"),
    ],
    ids=["no-standard", "empty", "broken", "lying", "old-word"],
)
def test_what_cannot_be_read_is_said_at_its_field_and_not_kept(pages, file, said):
    content, name = file
    text = plain(pages.post("import_standard", {"document": upload(content, name)}, status=422))
    assert said in text
    assert "请" in text.split(said)[1]
    assert not Edition.objects.filter(key__startswith="import-").exists()
    assert not StoredFile.objects.exists()


def test_refusals_speak_the_language_of_the_page(pages):
    pages.client.cookies["language"] = "en"
    text = plain(pages.post("import_standard", {"document": upload("A notice.\n", "notice.txt")}, status=422))
    assert "does not look like an assessment standard" in text
    assert "Check that it is the text of a standard" in text


def test_without_a_file_the_field_says_so(pages):
    assert "zy-field-error" in pages.post("import_standard", status=422)


def test_the_same_text_again_leads_to_what_it_became(pages):
    edition = read_in(pages)
    pages.post("import_standard", {"document": upload(name="又.txt")})
    assert str(edition.pk) in pages.url
    actions.confirm(by=None, edition=edition)
    pages.post("import_standard", {"document": upload()})
    assert pages.url.endswith(f"/{edition.pk}/")
    assert "以前读入过" in pages.get("edition", edition_id=edition.pk)


def test_the_second_of_two_editors_sees_both_texts(pages):
    edition = read_in(pages)
    node = node_by_code(edition, "2.1.2")
    given = {"code": "2.1.2", "kind": "process", "points": "60", "version": 1}
    pages.post("edit_node", {**given, "title": "甲写的"}, node_id=node.pk)
    text = pages.post("edit_node", {**given, "title": "乙写的"}, status=409, node_id=node.pk)
    assert "甲写的" in text
    assert "乙写的" in text
    pages.post("edit_edition", {"title": "甲题", "version": 1}, edition_id=edition.pk)
    assert "乙题" in pages.post("edit_edition", {"title": "乙题", "version": 1}, status=409, edition_id=edition.pk)
    assert edition_by_id(edition.pk).title == "甲题"


def test_an_element_keeps_a_title_or_a_text(pages):
    node = node_by_code(read_in(pages), "2.1.2")
    given = {
        "code": "2.1.2",
        "kind": "process",
        "points": "六十",
        "title": "",
        "text": "",
        "prompt": "写下的话",
        "version": 1,
    }
    text = pages.post("edit_node", given, status=422, node_id=node.pk)
    assert "至少填写一项" in text
    assert "写下的话" in text
    assert "六十" in text


def test_a_confirmed_standard_is_reopened_with_a_reason(pages, edition):
    pages.get("edit_node", status=403, node_id=nodes_of(edition)[0].pk)
    assert "重新核对这个标准" in pages.post("reopen_edition", {"reason": " "}, status=422, edition_id=edition.pk)
    pages.post("reopen_edition", {"reason": "标题有误"}, edition_id=edition.pk)
    assert edition_by_id(edition.pk).state == "draft"
    node = nodes_of(edition)[0]
    given = {"code": "1", "title": "做法甲", "kind": "category", "points": "60", "version": 1}
    pages.post("edit_node", given, node_id=node.pk)
    assert pages.url.endswith(f"/{edition.pk}/#n-{node.position}")


def test_a_frozen_standard_says_who_holds_it_and_cannot_be_touched(pages, stage, edition):
    category = stage.category
    category.edition = edition
    category.save()
    actions.freeze(by=stage.secretary, edition=edition)
    text = plain(pages.get("edition", edition_id=edition.pk))
    assert "已锁定" in text
    assert stage.cycle.title in text.split("已有年度以它评审")[1]
    assert edition_by_id(edition.pk).digest in text
    pages.get("edit_edition", status=403, edition_id=edition.pk)
    pages.post("reopen_edition", {"reason": "想改"}, status=403, edition_id=edition.pk)


def test_the_source_is_given_back_as_it_came(pages, edition):
    read = read_in(pages)
    url = pages.get("edition", edition_id=read.pk)
    assert "下载原文" in url
    response = pages.client.get(f"/office/settings/standards/{read.pk}/document/")
    assert b"".join(response.streaming_content) == upload().read()
    pages.get("edition_document", status=404, edition_id=edition.pk)
    pages.get("review_edition", status=404, edition_id=edition.pk)


def test_an_auditor_looks_and_an_applicant_does_not(watching, stage, edition, client):
    text = watching.get("standards")
    assert "短准则" in text
    assert "读入一份标准" not in text
    assert "修改信息" not in watching.get("edition", edition_id=edition.pk)
    for name in ("edit_edition", "confirm_edition", "reopen_edition"):
        watching.get(name, status=404, edition_id=edition.pk)
    watching.post("import_standard", {"document": upload()}, status=404)
    client.force_login(member(stage.organiser.organisation, Duty.MEMBER))
    watching.get("standards", status=404)


def test_the_list_asks_as_much_for_one_as_for_many(pages, stage, django_assert_max_num_queries):
    actions.load_standard(by=stage.secretary, data=short_standard())
    pages.get("standards")
    with django_assert_max_num_queries(9):
        pages.get("standards")
    actions.load_shipped(by=stage.secretary)
    with django_assert_max_num_queries(9):
        pages.get("standards")


def test_the_wuhan_standard_is_read_through_the_page(pages, seeds):
    (path,) = seeds.glob("004_*.txt")
    edition = read_in(pages, upload(path.read_bytes(), path.name))
    reading = reading_of(edition)
    assert {name: reading.counts[name] for name in COUNTS_OF_WUHAN} == COUNTS_OF_WUHAN
    assert reading.unplaced == []
    text = plain(pages.get("review_edition", edition_id=edition.pk))
    assert f"共{len(reading.lines)}行" in text
    pages.post("confirm_edition", edition_id=edition.pk)
    assert edition_by_id(edition.pk).state == "confirmed"
