import json
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from zhuoyue.packs.programmes import (
    Known,
    SourceError,
    check_pack,
    diff_packs,
    edit_pack,
    evaluate,
    json_schema,
    load_pack,
    shipped_known,
    shipped_packs,
    write_pack,
)
from zhuoyue.packs.standards import shipped_standards
from zhuoyue.packs.yaml_text import written

DATA = files("zhuoyue.packs.programmes") / "data"
DOCS = Path(__file__).parents[3] / "docs"
PACKS = shipped_packs()
GOOD = Path(__file__).parent / "good.yaml"


def test_five_packs_ship():
    assert [pack.key for pack in PACKS] == [
        "jiangsu-benchmark-2016",
        "saq-2018-2019",
        "saq-award-2021",
        "shenzhen-promotion-2013-2015",
        "wuhan-mayor-manufacturing",
    ]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.key)
def test_a_shipped_pack_is_good_and_comes_back_unchanged(pack):
    text = (DATA / f"{pack.key}.yaml").read_bytes().decode()
    assert check_pack(pack, known=shipped_known()) == ()
    assert write_pack(pack) == text
    # not only the kept text: the tree written anew is the same file
    assert written(pack.source.tree) == text


def test_an_edit_changes_its_line_and_nothing_else():
    pack = load_pack(GOOD)
    edited = edit_pack(
        pack, {"submissions.application.deadline": "2030-04-25", "promotion.bases.per_year_at_most": None}
    )
    before, after = write_pack(pack).splitlines(), write_pack(edited).splitlines()
    assert set(before) - set(after) == {"    deadline: 2030-04-20T17:00", "    per_year_at_most: 4"}
    assert set(after) - set(before) == {"    deadline: 2030-04-25"}
    assert write_pack(pack) == GOOD.read_text()


def test_an_edit_may_add_a_group_and_set_an_element():
    edited = edit_pack(
        load_pack(GOOD),
        {
            "recognition": {"duties": ({"key": "share", "title": {"zh": "分享", "en": "Share"}, "owed_by": "winner"},)},
            "phases.reviewing": {"key": "reviewing", "title": {"zh": "评审", "en": "Review"}, "undated": True},
            "title.zh": "改名",
        },
    )
    assert edited.programme.recognition.duties[0].title.zh == "分享"
    assert edited.programme.phases[2].undated
    assert str(edited.programme.title) == "改名"
    assert load_pack(write_pack(edited)).source.data == edited.source.data


def test_an_edit_that_breaks_the_pack_is_refused():
    pack = load_pack(GOOD)
    with pytest.raises(SourceError):
        edit_pack(pack, {"cadence.every_years": "two"})
    with pytest.raises(LookupError):
        edit_pack(pack, {"phases.nowhere.start": "2030"})


def told(old, new):
    return [(change.path, change.kind) for change in diff_packs(old, new)]


def test_a_difference_is_told_by_stable_names():
    pack = load_pack(GOOD)
    changes = {"submissions.application.grace_minutes": 0, "assumed": None, "contacts.desk.fax": ["52588281"]}
    assert told(pack, pack) == []
    found = diff_packs(pack, edit_pack(pack, changes))
    assert {(change.path, change.kind) for change in found} == {
        ("submissions.application.grace_minutes", "changed"),
        ("assumed", "removed"),
        ("contacts.desk.fax", "added"),
    }
    grace = next(change for change in found if change.kind == "changed")
    assert grace.text_zh == "submissions.application.grace_minutes 由 10 改为 0"
    assert grace.text_en == "submissions.application.grace_minutes changed from 10 to 0"


def test_moved_added_and_removed_elements_are_told_apart():
    text = GOOD.read_text()
    north = "  - key: north\n    title: {zh: 北区, en: North}\n    kind: department\n    level: district\n"
    west = north.replace("north", "west").replace("North", "West").replace("北", "西")
    jury = "  - key: jury\n    title: {zh: 审定委员会, en: Committee}\n    kind: committee\n    level: city\n"
    moved = load_pack(text.replace(jury, "").replace(north, north + jury))
    (change,) = diff_packs(load_pack(text), moved)
    assert change.text_zh == "bodies 顺序由 office、jury、north、south 改为 office、north、jury、south"
    assert change.text_en.startswith("bodies reordered from office")
    swapped = diff_packs(load_pack(text), load_pack(text.replace(north, west)))
    assert {change.text_zh for change in swapped} == {"新增 bodies.west：西区", "删除 bodies.north（原为 北区）"}
    assert {change.text_en for change in swapped} == {"bodies.west added: West", "bodies.north removed (was North)"}


def test_lists_without_names_and_values_of_every_kind_are_compared():
    pack = load_pack(GOOD)
    changes = {
        "reviews.review.stages.defence.scoring.weights": [{"stage": "agreement", "weight": 100}],
        "reviews.review.stages.decision.ballot.secret": False,
        "reviews.review.stages.papers.optional": True,
        "forms.application.parts.narrative.items.0.limit": 900,
        "edition": {"label": "2031"},
    }
    found = {change.path: change.text_zh for change in diff_packs(pack, edit_pack(pack, changes))}
    assert found["reviews.review.stages.papers.optional"] == "新增 reviews.review.stages.papers.optional：true"
    assert "false" in found["reviews.review.stages.decision.ballot.secret"]
    assert "stage、weight" in found["reviews.review.stages.defence.scoring.weights"]
    assert "limit" in found["forms.application.parts.narrative.items"]
    assert found["edition.label"].endswith("由 2030 改为 2031")


def test_the_published_schema_is_that_of_the_models():
    assert (DOCS / "pack.schema.json").read_text() == json_schema()
    schema = json.loads(json_schema())
    assert schema["additionalProperties"] is False
    assert schema["properties"]["phases"]["items"]["$ref"] == "#/$defs/Phase"


def test_a_pack_from_a_path_and_from_a_text_are_the_same():
    assert load_pack(GOOD).programme == load_pack(GOOD.read_text()).programme
    assert load_pack(GOOD).source.name == "good.yaml"
    assert check_pack("a: [", name="x.yaml")[0].file == "x.yaml"
    assert check_pack("a: [")[0].file == "pack.yaml"


def saq():
    return next(pack.programme for pack in PACKS if pack.key == "saq-award-2021")


def test_the_shanghai_award_can_run_a_cycle():
    programme = saq()
    category = programme.category("organisation")
    form = programme.form(category.form)
    assert [part.kind for part in form.parts] == [
        "profile", "context", "narrative", "indicators", "evidence", "statement",
    ]  # fmt: skip
    assert [stage.kind for stage in programme.stages_of(category)] == [
        "condition_check", "document_review", "consensus", "site_visit", "jury", "public_notice", "approval",
        "announcement",
    ]  # fmt: skip
    notice = programme.public_notice(programme.stages_of(category)[5].public_notice)
    assert (notice.days, notice.unit, notice.objections.real_name_required) == (5, "working_days", True)
    assert programme.submission(category.submission).copies[0].copies == 2
    assert programme.notice.number == "沪质协（2021）13号"
    assert programme.tiers[0].key == "organisation-winner"


def test_what_a_category_does_not_name_is_none():
    programme = saq()
    assert programme.form(programme.category("project").form) is None
    assert [stage.kind for stage in programme.stages_of(programme.category("individual"))][-1] == "announcement"
    with pytest.raises(KeyError):
        programme.category("nobody")
    wuhan = next(pack.programme for pack in PACKS if pack.key == "wuhan-mayor-manufacturing")
    assert wuhan.stages_of(wuhan.category("services")) == ()
    assert wuhan.notice.kind == "criteria"


def test_the_shanghai_conditions_can_be_judged():
    programme = saq()
    tree = programme.condition_set("organisation-base").tree
    facts = {
        "member": True,
        "voluntary": True,
        "legal-person": True,
        "years_in_operation": 12,
        "excellence-model": True,
    }
    assert [finding.id for finding in evaluate(tree, facts).open_questions] == ["clean-record", "recent-winner"]
    assert evaluate(tree, {**facts, "clean_years": 5, "editions_since_award": 99}).outcome == "met"


def test_the_wuhan_edition_holds_as_many_nodes_as_its_document():
    """Aspects of the context stand under 5.1, the others under the process items."""
    (use,) = next(pack.programme.standards for pack in PACKS if pack.key == "wuhan-mayor-manufacturing")
    standard = next(loaded.standard for loaded in shipped_standards() if loaded.key == use.edition)
    kinds = Counter(node.kind for node in standard.walk())
    context = sum(len(node.children) for node in standard.walk() if node.kind == "context")
    assert use.counts.model_dump() == {
        "values": kinds["value"],
        "terms": kinds["term"],
        "notes": kinds["note"],
        "context_aspects": context,
        "categories": kinds["category"],
        "process_items": kinds["process"],
        "process_aspects": kinds["aspect"] - context,
        "results_items": kinds["results"],
    }


def test_texts_speak_both_languages():
    title = saq().title
    assert (str(title), title.in_language("en-gb")) == (title.zh, title.en)
    assert title.in_language("zh-hans") == title.zh


def test_nothing_known_outside_leaves_it_unchecked():
    assert check_pack(GOOD, known=Known(scoring_models=("process-results", "plain-points"))) == ()
    assert [found.code for found in check_pack(GOOD, known=Known(editions={}))] == ["unknown-outside"]


def test_the_same_text_is_read_once():
    assert load_pack(GOOD) is load_pack(GOOD)
    assert load_pack(GOOD) is not load_pack(GOOD, name="other.yaml")
