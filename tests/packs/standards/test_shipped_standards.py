from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from intake.conftest import shared_seed
from zhuoyue.intake import Imprint, edition_of, outline, read
from zhuoyue.packs.scoring_models import shipped_scoring_models
from zhuoyue.packs.standards import load_standard, shipped_standards, write_standard

SHIPPED = {loaded.key: loaded for loaded in shipped_standards()}


def test_three_editions_ship_and_none_claims_to_be_verified():
    assert list(SHIPPED) == ["baldrige", "gbt-19580-2012", "wuhan-manufacturing"]
    assert {loaded.standard.verified_by for loaded in SHIPPED.values()} == {""}


@pytest.mark.parametrize("key", SHIPPED)
def test_each_is_in_the_form_the_program_writes(key):
    loaded = SHIPPED[key]
    assert write_standard(loaded.standard) == write_standard(loaded) == loaded.source.text
    assert load_standard(loaded.source.text, models=shipped_scoring_models()).standard == loaded.standard


@pytest.mark.parametrize("key", SHIPPED)
def test_each_node_speaks_both_languages(key):
    for node in SHIPPED[key].standard.walk():
        assert node.title_en, node.code
        assert bool(node.prompt) == bool(node.prompt_en) == (node.kind != "term"), node.code


def points(key):
    standard = SHIPPED[key].standard
    categories = {node.code: node.points for node in standard.nodes if node.kind == "category"}
    items = [node for node in standard.walk() if node.kind in {"process", "results"}]
    return standard.points_total, categories, len(items), sum(node.points for node in items)


def test_points_of_gbt_19580():
    total, categories, items, added = points("gbt-19580-2012")
    assert [int(value) for value in categories.values()] == [110, 90, 90, 130, 100, 80, 400]
    assert (total, items, added) == (Decimal(1000), 23, Decimal(1000))


def test_points_of_baldrige():
    total, categories, items, added = points("baldrige")
    assert [int(value) for value in categories.values()] == [120, 85, 85, 90, 85, 85, 450]
    assert (total, items, added) == (Decimal(1000), 17, Decimal(1000))


def test_the_wuhan_edition_has_no_points():
    standard = SHIPPED["wuhan-manufacturing"].standard
    assert standard.points_total is None
    assert all(node.points is None for node in standard.walk())
    assert Counter(node.kind for node in standard.walk()) == {
        "value": 9,
        "term": 11,
        "note": 5,
        "context": 1,
        "category": 6,
        "process": 12,
        "results": 6,
        "aspect": 52,
    }


def published():
    draft = outline(read(shared_seed("004_*.txt")))
    return draft, edition_of(draft, Imprint(key="read", edition="1", source="test"))


def test_the_wuhan_edition_has_the_codes_kinds_and_titles_of_the_published_text():
    _, edition = published()
    ours, theirs = (
        {node.code: (node.kind, "" if node.kind == "note" else node.title) for node in each.walk()}
        for each in (SHIPPED["wuhan-manufacturing"].standard, edition)
    )
    assert ours == {code: (kind, "" if kind == "note" else title) for code, (kind, title) in theirs.items()}


def test_no_prompt_repeats_a_sentence_of_the_published_text():
    draft, _ = published()
    text = "".join("".join(line.text.split()) for line in draft.document.lines)
    for node in SHIPPED["wuhan-manufacturing"].standard.walk():
        for start in range(max(0, len(node.prompt) - 13)):
            assert node.prompt[start : start + 14] not in text, (node.code, node.prompt)


def test_the_files_are_part_of_the_package():
    folder = Path(load_standard.__code__.co_filename).parent / "data"
    assert sorted(path.stem for path in folder.glob("*.yaml")) == sorted(SHIPPED)
