"""What rules ask of people is told as such, and is no fault."""

from pathlib import Path

import pytest

from zhuoyue.packs.programmes import asked_of_people, check_pack, load_pack

GOOD = (Path(__file__).parent / "good.yaml").read_text()
NOTHING = GOOD.replace("        by: [jury]\n", "")
DEFENCE = "        kind: defence\n"
SIGNING = """\
      - key: signing
        title: {zh: 批准, en: Approval}
        kind: approval
        ladder: [{by: office, act: approves}]
"""


def told(text):
    assert check_pack(text) == ()
    return {message.path: message for message in asked_of_people(load_pack(text))}


def test_a_pack_that_asks_nothing_of_people_is_told_nothing():
    assert told(NOTHING) == {}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (DEFENCE, f"{DEFENCE}        by: [jury]\n", "defence.by"),
        (DEFENCE, f"{DEFENCE}        optional: true\n", "defence.optional"),
        (DEFENCE, f"{DEFENCE}        where_needed: true\n", "defence.where_needed"),
        (DEFENCE, f"{DEFENCE}        feedback: true\n", "defence.feedback"),
        (
            "        public_notice: proposed\n",
            f"        public_notice: proposed\n{SIGNING}",
            "signing.ladder",
        ),
    ],
)
def test_each_key_that_people_see_to_is_told_once_with_its_stages(old, new, place):
    (path, message), *others = told(NOTHING.replace(old, new)).items()
    assert (path, others) == (f"reviews.review.stages.{place}", [])
    assert message.code == "by-people"
    assert place.split(".")[1] in message.text_zh
    assert message.line > 0


def test_stages_that_ask_the_same_are_told_together():
    text = NOTHING.replace(DEFENCE, f"{DEFENCE}        by: [jury]\n").replace(
        "        kind: consensus\n", "        kind: consensus\n        by: [jury]\n"
    )
    (message,) = told(text).values()
    assert message.path == "reviews.review.stages.agreement.by"
    assert "合议、答辩" in message.text_zh
    assert "Consensus, Defence" in message.text_en


def test_written_rules_and_kinds_of_experts_are_for_people():
    kinds = "expert_kinds:\n  - {key: elder, title: {zh: 资深, en: Elder}, work: [review]}\n"
    text = NOTHING.replace("reviews:\n", f"{kinds}reviews:\n", 1)
    text = text.replace("team: {at_least: 3, at_most: 5}", "team: {at_least: 3, at_most: 5, expert_kinds: [elder]}")
    text = text.replace("    stages:\n", "    rules: [{zh: 独立评分, en: Judge alone}]\n    stages:\n", 1)
    assert set(told(text)) == {"reviews.review.rules", "reviews.review.stages.papers.team.expert_kinds"}
