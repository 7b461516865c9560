"""Packs in the browser: faults with file, line and remedy; a preview; versions; the year made of one."""

import hashlib
import re

import pytest
from tests.factories import body, member, pack_text
from tests.small_award import small_pack
from tests.web.secretariat.settings_cast import Pages, plain, upload

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes.models import Cycle, Programme, RulesVersion
from zhuoyue.packs.programmes import shipped_packs

BROKEN = {
    "unknown-key": (("kind: original", "kinds: original"), "不认识的键“kinds”", "是否想写“kind”？"),
    "no-number": (("every_years: 2", "every_years: 二"), "此处应为整数", "请去掉引号、单位和小数点"),
    "bad-date": (("  start: 2021-05 #", "  start: 2021-25 #"), "2021-25", "请按列出的写法改正"),
    "unknown-body": (("to: membership-department", "to: no-such-body"), "no-such-body", ""),
    "unknown-standard": (("edition: gbt-19580-2012", "edition: gbt-19580-1999"), "gbt-19580-1999", ""),
    "yaml": (("format: 1", "format: [1"), "YAML 写法有误", "请检查该行"),
}


def load(pages, text, name="包.yaml", **data):
    """Check, then load what the preview carries."""
    checked = pages.post("check_pack", {"file": upload(text, name)}, status=200)
    carried = checked.split('name="pack" value="')[1].split('"')[0]
    bodies = [part.split('"')[0] for part in checked.split('<option value="')[1:]]
    chosen = next(key for key in bodies if key)
    pages.post("load_pack", {"pack": carried, "organiser": chosen, **data})
    return RulesVersion.objects.order_by("created_at").last()


@pytest.mark.parametrize("kind", BROKEN)
def test_every_fault_stands_with_its_file_its_line_and_its_remedy(pages, kind):
    (old, new), said, remedy = BROKEN[kind]
    good = pack_text()
    assert old in good
    broken = good.replace(old, new, 1)
    line = broken[: broken.index(new)].count("\n") + 1
    page = pages.post("check_pack", {"file": upload(broken, "我的包.yaml")}, status=422)
    text = plain(page)
    assert "我的包.yaml:" in text
    near = [f"我的包.yaml:{number} " for number in (line - 1, line, line + 1)]
    assert kind == "yaml" or any(place in text for place in near)
    assert said in text
    assert remedy in text
    assert "没有载入" in text
    assert RulesVersion.objects.count() == 1


def test_a_faulty_pack_keeps_the_text_and_speaks_english(pages):
    broken = pack_text().replace("every_years: 2", "every_years: two", 1)
    pages.client.cookies["language"] = "en"
    page = pages.post("check_pack", {"text": broken, "name": "mine.yaml"}, status=422)
    assert "A whole number is expected here." in page
    assert "Remove quotes, units and decimals." in page
    assert "mine.yaml:15" in page
    assert "every_years: two" in page.split("<textarea")[1]


def test_other_encodings_and_nothing_at_all_are_named(pages):
    page = plain(pages.post("check_pack", {"file": upload("标题".encode("gbk"), "旧.yaml")}, status=422))
    assert "旧.yaml:1" in page
    assert "另存为 UTF-8" in page
    assert "请选择文件，或粘贴内容" in pages.post("check_pack", {"text": "  "}, status=422)
    large = upload(b"a" * 4_000_001, "大.yaml")
    assert "文件过大" in pages.post("check_pack", {"file": large}, status=422)


def test_a_preview_makes_nothing_and_the_same_text_needs_no_loading(pages, edition):
    page = plain(pages.post("check_pack", {"file": upload(small_pack(), "小.yaml")}, status=200))
    assert "这还不是载入" in page
    assert "2021年度小型质量奖" in page
    assert "2021年8月中旬" in page
    assert Programme.objects.count() == 1
    assert "完全相同" in pages.post("check_pack", {"file": upload(pack_text())}, status=200)


def test_a_changed_pack_is_compared_in_words_and_becomes_the_next_version(pages, stage):
    changed = pack_text().replace("zh: 2021年度上海市质量管理奖", "zh: 2021年度上海质量奖", 1)
    page = plain(pages.post("check_pack", {"file": upload(changed, "改.yaml")}, status=200))
    assert "与第1版相比" in page
    assert "由 2021年度上海市质量管理奖 改为 2021年度上海质量奖" in page
    version = load(pages, changed)
    assert version.number == 2
    shown = plain(pages.get("rules_version", version_id=version.pk))
    assert "改为 2021年度上海质量奖" in shown
    assert "按另一版规则设立" in shown
    assert Cycle.objects.get().rules.number == 1


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_was_loaded_comes_back_byte_for_byte(pages, edition, ends):
    text = small_pack().replace("\n", ends)
    version = load(pages, text)
    response = pages.client.get(f"/office/settings/packs/versions/{version.pk}/file/")
    assert response.content == text.encode()
    assert hashlib.sha256(response.content).hexdigest() == version.digest
    assert version.digest in pages.get("rules_version", version_id=version.pk)
    assert "attachment" in response.headers["Content-Disposition"]


def test_a_pasted_text_keeps_its_own_line_ends(pages, edition):
    text = small_pack()
    page = pages.post("check_pack", {"text": text.replace("\n", "\r\n")}, status=200)
    carried = page.split('name="pack" value="')[1].split('"')[0]
    chosen = page.split('<option value="')[1:][-1].split('"')[0]
    pages.post("load_pack", {"pack": carried, "organiser": chosen})
    assert RulesVersion.objects.order_by("created_at").last().text.strip() == text.strip()


def test_a_year_is_made_of_confirmed_editions_only_once(pages, stage, edition):
    version = load(pages, small_pack())
    page = pages.get("make_cycle", version_id=version.pk)
    assert 'value="short-2021" selected' in page
    pages.post("make_cycle", {"gbt-19580": "short-2021"}, version_id=version.pk)
    cycle = Cycle.objects.get(programme=version.programme)
    assert (cycle.state, cycle.label) == ("draft", "2021")
    assert cycle.categories.get(key="organisation").edition == edition
    assert pages.url == f"/office/cycles/{cycle.slug}/"
    again = pages.post("make_cycle", {"gbt-19580": "short-2021"}, status=422, version_id=version.pk)
    assert "年度已经设立" in again
    other = load(pages, re.sub(r"(?m)^  label: .*2021.*$", '  label: "2022"', small_pack(), count=1))
    pages.post("make_cycle", {"gbt-19580": "short-2021"}, version_id=other.pk)
    assert Cycle.objects.get(label="2022").slug == f"{cycle.slug}-2022"


def test_an_edition_without_the_items_that_the_rules_name_is_refused(pages, edition):
    changed = pack_text().replace('label: "2021"', 'label: "2023"', 1)
    version = load(pages, changed)
    page = plain(pages.post("make_cycle", {"gbt-19580": "short-2021"}, status=422, version_id=version.pk))
    assert "forms." in page
    assert not Cycle.objects.filter(label="2023").exists()


def test_a_pack_that_ships_is_looked_at_downloaded_and_loaded(pages):
    pack = next(pack for pack in shipped_packs() if pack.key != "saq-award-2021")
    assert pack.programme.title.zh in pages.get("packs")
    assert "主办机构" in pages.get("shipped_pack", key=pack.key)
    response = pages.client.get(f"/office/settings/packs/shipped/{pack.key}/file/")
    assert response.content.decode() == pack.source.text
    pages.get("shipped_pack", status=404, key="no-such-pack")


def test_what_changed_on_the_way_is_not_loaded(pages, stage, edition):
    page = pages.post("check_pack", {"file": upload(small_pack())}, status=200)
    carried = page.split('name="pack" value="')[1].split('"')[0]
    pages.post("load_pack", {"pack": f"{carried}x", "organiser": str(stage.organiser.pk)})
    assert "请重新检查" in pages.get("check_pack")
    assert "zy-field-error" in pages.post("load_pack", {"pack": carried, "organiser": ""}, status=422)
    assert RulesVersion.objects.count() == 1


def test_a_programme_of_another_body_cannot_be_taken_over(client, stage, edition):
    others = body("外地质协")
    client.force_login(member(others.organisation, Duty.SECRETARY))
    pages = Pages(client)
    changed = pack_text().replace("zh: 2021年度上海市质量管理奖", "zh: 别的奖", 1)
    assert "由另一个机构主办" in pages.post("check_pack", {"file": upload(changed)}, status=200)
    own = pages.post("check_pack", {"file": upload(small_pack())}, status=200)
    assert str(others.pk) in own
    from zhuoyue.web.secretariat.programmes.forms import sealed  # noqa: PLC0415 - what the page would have carried

    pages.post("load_pack", {"pack": sealed(changed, "x.yaml"), "organiser": str(others.pk)})
    assert "由另一个机构主办，不能由您载入" in pages.get("packs")
    pages.get("rules_version", status=404, version_id=stage.cycle.rules_id)
    pages.get("download_version", status=404, version_id=stage.cycle.rules_id)


def test_an_auditor_reads_rules_and_loads_none(watching, stage):
    assert "检查并载入" not in watching.get("packs")
    version = stage.cycle.rules_id
    assert "设立2021年度" not in watching.get("rules_version", version_id=version)
    watching.get("check_pack", status=404)
    watching.post("load_pack", status=404)
    watching.get("make_cycle", status=404, version_id=version)


def test_the_list_asks_as_much_for_one_as_for_many(pages, edition, django_assert_max_num_queries):
    pages.get("packs")
    with django_assert_max_num_queries(9):
        pages.get("packs")
    load(pages, small_pack())
    load(pages, small_pack("small-award-2022"))
    with django_assert_max_num_queries(9):
        pages.get("packs")
