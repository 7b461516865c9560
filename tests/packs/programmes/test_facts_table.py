"""The table of facts against the packs, both ways, and against the documents where they are at hand."""

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from zhuoyue.packs.programmes import shipped_packs
from zhuoyue.packs.programmes.diff import brief
from zhuoyue.packs.programmes.paths import name_of, resolve

ROOT = Path(__file__).parents[3]
TABLE = (ROOT / "docs" / "packs-facts.md").read_text()
SEEDS = Path(os.environ.get("ZHUOYUE_SHARED", ROOT.parent / "shared")) / "seeds"
PACKS = {pack.key: pack for pack in shipped_packs()}
DATE = re.compile(r"(19|20)\d\d(-.*)?")
# numbers that order things or name the format, and carry no fact of their own
STRUCTURE = {"format", "rank"}
# names and translations are ours
UNPRINTED = {"key", "id", "en", "title_en", "format"}


def sections():
    for part in TABLE.split("\n## ")[1:]:
        key = part.split("\n", 1)[0].strip()
        document = re.search(r"文件：`([^`]+)`", part)[1]
        rows = [line.split(" | ") for line in part.splitlines() if re.match(r"\| \d+ \|", line)]
        facts = [
            (int(line.removeprefix("| ")), token, path.strip("`"), value.removesuffix(" |"))
            for line, token, path, value in rows
        ]
        background = [
            range(int(first), int(last or first) + 1)
            for first, last in re.findall(r"^- (\d+)(?:-(\d+))?：", part, re.MULTILINE)
        ]
        yield key, document, facts, background


SECTIONS = {key: (document, facts, background) for key, document, facts, background in sections()}


def test_every_pack_has_its_section():
    assert set(SECTIONS) == set(PACKS)


@pytest.mark.parametrize("key", SECTIONS)
def test_every_row_holds(key):
    data = PACKS[key].source.data
    _, facts, _ = SECTIONS[key]
    wrong = [(line, path) for line, _, path, value in facts if brief(resolve(data, path)) != value]
    assert wrong == []
    assert len(facts) > 20


@pytest.mark.parametrize("key", SECTIONS)
def test_no_row_claims_an_assumed_setting(key):
    assumed = PACKS[key].programme.assumed
    _, facts, _ = SECTIONS[key]
    assert [path for _, _, path, _ in facts if under(path, assumed)] == []


def under(path, places):
    return any(path == place or path.startswith(f"{place}.") for place in places)


def walk(node, path=""):
    """Every value with its labelled path, and the labelled path of its list where it stands in one."""
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, tuple) else ()
    for step, child in parts:
        name = (name_of(child) if isinstance(node, tuple) else None) or str(step)
        place = f"{path}.{name}" if path else name
        yield place, path, step, child
        yield from walk(child, place)


@pytest.mark.parametrize("key", SECTIONS)
def test_every_named_entry_has_a_row_or_is_assumed(key):
    programme, data = PACKS[key].programme, PACKS[key].source.data
    paths = {path for _, _, path, _ in SECTIONS[key][1]}
    missing = [
        place
        for place, parent, _, child in walk(data)
        if name_of(child)
        and not under(place, programme.assumed)
        and parent not in paths
        and not any(path == place or path.startswith(f"{place}.") for path in paths)
    ]
    assert missing == []


@pytest.mark.parametrize("key", SECTIONS)
def test_every_number_and_date_has_a_row_or_is_assumed(key):
    programme, data = PACKS[key].programme, PACKS[key].source.data
    paths = {path for _, _, path, _ in SECTIONS[key][1]}
    missing = [
        place
        for place, _, step, child in walk(data)
        if is_quantity(child) and step not in STRUCTURE and place not in paths and not under(place, programme.assumed)
    ]
    assert missing == []


def is_quantity(value):
    if isinstance(value, bool):
        return False
    return isinstance(value, int | Decimal) or (isinstance(value, str) and DATE.fullmatch(value) is not None)


@pytest.mark.parametrize("key", SECTIONS)
def test_every_value_is_near_a_row_or_is_assumed(key):
    """A value has its own row, or stands beside or right below the entry or the list that has one."""
    programme, data = PACKS[key].programme, PACKS[key].source.data
    paths = {path for _, _, path, _ in SECTIONS[key][1]}
    lists = [path for path in paths if isinstance(resolve(data, path), tuple)]
    missing = [
        place
        for place, parent, step, child in walk(data)
        if not isinstance(child, dict | tuple)
        and step not in UNPRINTED
        and not under(place, (*programme.assumed, "assumed", *lists))
        and not paths & {place, parent, parent.rpartition(".")[0] if step == "zh" else place}
    ]
    assert missing == []


@pytest.mark.parametrize("key", SECTIONS)
def test_every_row_and_every_line_agree_with_the_document(key):
    if not SEEDS.is_dir():
        pytest.skip(f"the source documents are not at hand ({SEEDS})")
    document, facts, background = SECTIONS[key]
    lines = (SEEDS / document).read_text().split("\n")
    unseen = [(line, token) for line, token, _, _ in facts if squeeze(token) not in squeeze(lines[line - 1])]
    assert unseen == []
    told = {line for line, *_ in facts} | {line for span in background for line in span}
    silent = [number for number, text in enumerate(lines, 1) if squeeze(text) and number not in told]
    assert silent == []


def squeeze(text):
    return re.sub(r"\s", "", text)


def test_nothing_personal_ships():
    texts = [pack.source.text for pack in PACKS.values()] + [TABLE]
    assert not [text for text in texts if re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|@", text)]
