"""Whatever the text: a draft in which no line is lost, or a refusal."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.conftest import SMALL_STANDARD, accounted, document_of
from zhuoyue.intake import Imprint, IntakeError, edition_of, outline, read, to_json
from zhuoyue.packs.source import SourceError
from zhuoyue.packs.standards import load_standard, write_standard

ROWS = st.sampled_from(
    [
        *SMALL_STANDARD.splitlines(),
        "5",
        "5.2 甲",
        "5.2.1 概述",
        "5.2.2 乙（30分）",
        "5.2.3 乙的结果",
        "a) 丙：丁。",
        "（b）戊",
        "c. 己",
        "注：庚",
        "表 2 辛",
        "附件 1：壬",
        "目 录",
        "",
        "\u3000",
        "term 术语",
        "3.1",
        "包括甲、乙和丙等指标的结果。",
        "\x0c",
    ]
)
CHARACTERS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30)
TEXTS = st.lists(st.one_of(ROWS, CHARACTERS), max_size=60).map("\n".join)
DISTURBED = st.lists(st.tuples(st.integers(0, 70), st.sampled_from(["drop", "double", "swap"])), max_size=6).map(
    lambda changes: "\n".join(disturbed(SMALL_STANDARD.splitlines(), changes))
)


def disturbed(rows, changes):
    for place, change in changes:
        index = place % len(rows)
        if change == "drop":
            rows = rows[:index] + rows[index + 1 :]
        elif change == "double":
            rows = [*rows[: index + 1], *rows[index:]]
        else:
            rows = [*rows[index:], *rows[:index]]
    return rows


def attempt(act):
    """(what came of it, None), or (None, the refusal); any other error is a fault."""
    try:
        return act(), None
    except (IntakeError, SourceError) as refusal:
        return None, refusal


@settings(max_examples=200, deadline=None)
@given(st.one_of(TEXTS, DISTURBED))
def test_no_line_is_lost(text):
    document = document_of(text)
    draft, refusal = attempt(lambda: outline(document))
    if draft is None:
        assert refusal.code == "not_a_standard"
        return
    assert accounted(draft) == Counter(line.number for line in document.lines)
    codes = [node.code for node in draft.walk()]
    assert len(codes) == len(set(codes))
    for node in draft.walk():
        assert list(node.lines) == sorted(node.lines)
        for indicator in node.indicators:
            assert {span.line for span in indicator.spans} <= set(node.lines)
    assert to_json(draft)["nodes"]


@settings(max_examples=40, deadline=None)
@given(DISTURBED)
def test_a_draft_makes_an_edition_that_is_in_form(text):
    draft, _ = attempt(lambda: outline(document_of(text)))
    if draft is None:
        return
    edition = edition_of(draft, Imprint(key="drawn", edition="1", source="test"))
    loaded, refusal = attempt(lambda: load_standard(write_standard(edition)))
    if loaded is None:
        assert {message.code for message in refusal.messages} <= {"points-sum", "points-missing"}
    else:
        assert loaded.standard == edition


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "%PDF-1.7\n", "PK\x03\x04word/"]),
    st.sampled_from([".txt", ".pdf", ".docx"]),
)
def test_any_bytes_are_read_or_refused(tmp_path_factory, data, head, suffix):
    path = tmp_path_factory.mktemp("any") / f"file{suffix}"
    path.write_bytes(head.encode() + data)
    document, refusal = attempt(lambda: read(path))
    assert str(refusal) if document is None else any(line.text.strip() for line in document.lines)


HOSTILE = {
    "dots": "目录\n" + "." * 300_000,
    "quotes": SMALL_STANDARD.replace("重点关注", "“" * 300_000 + "、重点关注"),
    "verbs": SMALL_STANDARD.replace("重点关注", "履行" * 150_000 + "、重点关注"),
    "brackets": SMALL_STANDARD.replace("重点关注", "(" * 300_000 + "、重点关注"),
    "enumerations": SMALL_STANDARD.replace("重点关注", "甲乙、丙丁等方面，" * 30_000 + "重点关注"),
    "long lists": SMALL_STANDARD.replace("重点关注", "\n".join(["甲乙、丙丁、"] * 15_000) + "重点关注"),
    "letters": SMALL_STANDARD.replace("b）沟通", "\n".join(["a) 甲"] * 15_000) + "\nb）沟通"),
    "numbers": SMALL_STANDARD.replace("b）沟通", "\n".join(["9", ""] * 7_000) + "\nb）沟通"),
    "spaces": SMALL_STANDARD.replace("韧劲", "韧劲" + " " * 300_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_seconds_not_minutes(name):
    document = document_of(HOSTILE[name])
    started = time.process_time()
    draft, _ = attempt(lambda: outline(document))
    assert time.process_time() - started < 20
    assert draft is None or accounted(draft) == Counter(line.number for line in document.lines)
