"""One slip at a time in good.yaml, and the fault that it must raise; and slips that are none."""

from pathlib import Path

import pytest

from zhuoyue.packs.programmes import Known, check_pack

GOOD = (Path(__file__).parent / "good.yaml").read_text()
KNOWN = Known(editions={"sample-criteria": {"1.1", "1.2", "1.3"}}, scoring_models={"process-results", "plain-points"})

REVIEW_DATES = "    start: 2030-06\n    end: 2030-08\n"
QUOTA = "      total: 5\n      allocations:\n        - {body: north, at_most: 3}\n        - {body: south, at_most: 2}\n"
BALLOT = "ballot: {quorum: 2/3, majority: 1/2, base: present, seats_at_least: 5, seats_at_most: 9}"
PUBLIC_NOTICE = "        kind: public_notice\n        public_notice: proposed\n"
ANNOUNCED = "        kind: announcement\n"
ANNOUNCEMENT = """\
recognition:
  announcement: {key: list, title: {zh: 公布, en: List}, start: 2030-11, end: 2030-10}
"""
SECOND_AWARD = """\
  - key: second
    title: {zh: 二, en: Two}
    applicant_kinds: [person]
    tiers:
      - {key: gold, title: {zh: 金, en: Gold}, rank: 1}
"""
LEAF = "          expression: years_in_operation >= 3\n"
SIZE = """\
            type: choice
            choices:
              - key: large
                title: {zh: 大, en: Large}
"""


def after(anchor, added):
    return anchor, anchor + added


SLIPS = {
    # calendar
    "phase without any date": (REVIEW_DATES, "", "phase-undated"),
    "a date and none at once": (*after(REVIEW_DATES, "    undated: true\n"), "phase-contradiction"),
    "an end and none at once": (*after(REVIEW_DATES, "    open_ended: true\n"), "phase-contradiction"),
    "phases out of order": (REVIEW_DATES, "    start: 2030-01\n    end: 2030-01\n", "phase-order"),
    "open-ended phase under the next": ("    end: 2030-05\n", "    open_ended: true\n", "phase-overlap"),
    "relative date without anchor": (
        REVIEW_DATES,
        "    start: {offset: 5, unit: days}\n    end: 2030-08\n",
        "relative-anchor",
    ),
    "relative date with two anchors": (
        "    end: 2030-08\n",
        "    end: {after: award_signed, after_phase: calling, offset: 5, unit: days}\n",
        "relative-anchor",
    ),
    "relative date to itself": (
        "    end: 2030-08\n",
        "    end: {after_phase: reviewing, offset: 5, unit: days}\n",
        "unknown-reference",
    ),
    "relative date to another phase": (
        "    end: 2030-08\n",
        "    end: {after_phase: coaching, offset: 5, unit: days}\n",
        None,
    ),
    "submission that opens too late": (*after("    to: office\n", "    opens_at: 2030-05\n"), "date-order"),
    "edition that ends before it starts": ("end: 2030-12}", "end: 2029-12}", "date-order"),
    "notice published before it is signed": ("published_on: 2030-01-08", "published_on: 2030-01-03", "date-order"),
    "promotion with a start": (*after("promotion:\n", "  start: 2030\n"), None),
    "announcement the wrong way round": (
        "promotion:\n",
        ANNOUNCEMENT + "promotion:\n",
        "date-order",
    ),
    # quantities
    "cap without a number": ("    scope: total\n    at_most: 10\n", "    scope: total\n", "cap-empty"),
    "cap with the wrong objects": (*after("    scope: total\n", "    awards: [prize]\n"), "cap-scope"),
    "floor above the total": ("    at_most: 10\n", "    at_most: 0\n", "cap-too-small"),
    "floor that fills its cap": ("    at_least: 1\n", "    at_least: 3\n", None),
    "body with two allocations": ("{body: south, at_most: 2}", "{body: north, at_most: 2}", "quota-repeated"),
    "total without allocations": (QUOTA, "      total: 5\n", None),
    "quota of a category": (
        *after("    submission: application\n", "    quota: {per_body_at_least: 2, per_body_at_most: 1}\n"),
        "range",
    ),
    "more seniors than places": (
        "{at_least: 3, at_most: 5}",
        "{at_least: 3, seniors_at_least: 6, at_most: 5}",
        "range",
    ),
    "team without an upper bound": ("{at_least: 3, at_most: 5}", "{at_least: 3}", None),
    "ballot with too few seats": (BALLOT, BALLOT.replace("seats_at_most: 9", "seats_at_most: 3"), "range"),
    "ballot without bounds": (BALLOT, BALLOT.replace(", seats_at_least: 5, seats_at_most: 9", ""), None),
    "tier of another award": (
        "caps:\n",
        SECOND_AWARD + "caps:\n",
        "duplicate-name",
    ),
    "milestones out of order": ("      by: 2030-06\n", "      by: 2031-06\n", "milestone-order"),
    "bases the wrong way round": ("    per_year_at_least: 2\n", "    per_year_at_least: 5\n", "range"),
    # reviewing
    "parallel with itself": (
        *after("        kind: defence\n", "        parallel_with: [defence]\n"),
        "stage-order",
    ),
    "parallel with a stage that exists": ("        after: [agreement]\n", "        parallel_with: [agreement]\n", None),
    "parallel with a stage that it comes after": (
        *after("        kind: defence\n", "        parallel_with: [papers]\n"),
        "stage-order",
    ),
    "stage held again": (*after("        kind: defence\n", "        repeats_at_most: 2\n"), "stage-setting"),
    "open ballot": (BALLOT, BALLOT.replace("base: present", "base: present, secret: false"), "stage-setting"),
    "days of no visit": (*after("        kind: defence\n", "        visit_days: 2\n"), "stage-setting"),
    "visit that keeps earlier scores": ("        kind: defence\n", "        kind: site_visit\n", "stage-setting"),
    "defence that changes earlier scores": (
        *after("          model: plain-points\n", "          adjusts_earlier_scores: true\n"),
        "stage-setting",
    ),
    "stage after the announcement": (
        PUBLIC_NOTICE,
        ANNOUNCED + "      - {key: late, title: {zh: 迟, en: Late}, kind: site_visit}\n",
        "stage-order",
    ),
    "condition check after the decision": (
        *after(PUBLIC_NOTICE, "      - {key: late, title: {zh: 迟, en: Late}, kind: condition_check}\n"),
        "stage-order",
    ),
    "consensus without individual review": (
        "        kind: document_review\n        scoring: {model: process-results}\n",
        "        kind: poll\n",
        "stage-order",
    ),
    "consensus setting elsewhere": (
        *after("        kind: defence\n", "        consensus: {spread_threshold: 20}\n"),
        "stage-setting",
    ),
    "ballot elsewhere": ("        kind: jury\n", "        kind: poll\n", "stage-setting"),
    "weight of a stage without a score": (
        "{stage: agreement, weight: 70}",
        "{stage: decision, weight: 70}",
        "stage-order",
    ),
    # dossiers
    "years the wrong way round": ("        years_at_most: 5\n", "        years_at_most: 2\n", "limit"),
    "years without an upper bound": ("        years_at_most: 5\n", "", None),
    "answer without a name": ('{node: "1.1", limit: 1000}', "{key: own, limit: 1000}", "answer-unnamed"),
    "answer of its own": ('{node: "1.1", limit: 1000}', "{key: own, title: {zh: 答, en: Own}, limit: 1000}", None),
    "narrative without a total": ("        total_limit: 3000\n", "", None),
    "choice without choices": (SIZE, "            type: choice\n", "choices"),
    "choices of a text": (SIZE, SIZE.replace("type: choice", "type: text"), "choices"),
    "choices twice": (*after(SIZE, "            choices_from: categories\n"), "choices"),
    "results item that does not exist": ('nodes: ["1.3"]', 'nodes: ["7.7"]', "unknown-criterion"),
    "category under another standard": (
        "    standard: criteria\n    form: application\n",
        "    form: application\n",
        "standard-mismatch",
    ),
    "category without a form": ("    form: application\n    conditions", "    conditions", None),
    "category of another kind": (
        "    award: prize\n    applicant_kinds: [organisation]\n",
        "    award: prize\n    applicant_kinds: [person]\n",
        "kind-mismatch",
    ),
    "category without an award": ("    award: prize\n", "", None),
    "condition twice under different branches": (
        "            id: barred\n",
        "            id: old-enough\n",
        "duplicate-name",
    ),
    "veto under not": (*after("            id: barred\n", "            veto: true\n"), "veto-negated"),
    "computed without an expression": (LEAF, "", "expression-missing"),
    "expression of a declared one": ("          kind: computed\n", "          kind: declared\n", "expression-missing"),
    "expression that is no question": (LEAF, "          expression: years_in_operation + 3\n", "expression"),
    "expression of mixed types": (LEAF, "          expression: years_in_operation >= 'x'\n", "expression"),
    "unknown function": (LEAF, "          expression: age(years_in_operation) > 3\n", "expression"),
    "expression with a bound name": (LEAF, "          expression: '[1, 2].exists(x, x > years_in_operation)'\n", None),
    "unbalanced expression": (LEAF, "          expression: '(years_in_operation'\n", "expression"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_slip(name):
    old, new, code = SLIPS[name]
    assert GOOD.count(old) >= 1
    found = {message.code for message in check_pack(GOOD.replace(old, new, 1), known=KNOWN)}
    assert found == ({code} if code else set())


def test_a_visit_that_changes_earlier_scores_says_so():
    visit = "        kind: site_visit\n        visit_days: 2\n"
    text = GOOD.replace("        kind: defence\n", visit).replace(
        "          model: plain-points\n", "          model: plain-points\n          adjusts_earlier_scores: true\n"
    )
    assert check_pack(text, known=KNOWN) == ()


def test_all_stages_of_a_category_judge_by_its_standard():
    other = "  - {key: other, title: {zh: 另, en: Other}, edition: sample-criteria}\n"
    named = "scoring: {model: process-results, standard: STANDARD}\n        team"
    text = GOOD.replace("applicant_kinds:\n", f"{other}applicant_kinds:\n", 1)
    text = text.replace("scoring: {model: process-results}\n        team", named)
    assert check_pack(text.replace("STANDARD", "criteria"), known=KNOWN) == ()
    (message,) = check_pack(text.replace("STANDARD", "other"), known=KNOWN)
    assert (message.code, message.path) == ("standard-mismatch", "categories.organisation.standard")


def test_conditions_under_any_are_looked_at():
    text = GOOD.replace("      all:\n", "      any:\n", 1).replace("operation >= 3", "operation >= ", 1)
    (message,) = check_pack(text, known=KNOWN)
    assert message.path == "conditions.base.tree.any.old-enough.expression"
    assert message.line == 90


def test_an_undated_phase_overlaps_nothing_and_holds_any_deadline():
    text = GOOD.replace("    start: 2030-02\n    end: 2030-04\n", "    undated: true\n").replace(
        "    overlaps: [calling]\n", ""
    )
    assert check_pack(text, known=KNOWN) == ()


def test_a_programme_without_promotion_or_review_is_good():
    text = GOOD[: GOOD.index("promotion:")]
    assert check_pack(text, known=KNOWN) == ()


@pytest.mark.parametrize("ratio", ["1/0", "x", "-0.1", "true", "1.5"])
def test_a_share_must_be_one(ratio):
    (message,) = check_pack(GOOD.replace("quorum: 2/3", f"quorum: {ratio}"), known=KNOWN)
    assert message.code == "ratio"


def test_a_broken_element_does_not_make_its_list_empty():
    (message,) = check_pack(GOOD.replace("    issuers: [office]\n", "    issuers: [Office 1]\n"), known=KNOWN)
    assert (message.code, message.path) == ("string-pattern-mismatch", "notices.call.issuers.0")


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("          kind: computed\n", "          kinds: computed\n", "expression"),
        ("        total_limit: 3000\n", "        totals_limit: 3000\n", "total_limit"),
        ("{kind: share, share: 0.5", "{kind: share, shares: 0.5", "rounding"),
        ('{node: "1.1", limit: 1000}', '{node: "1.1", limits: 1000}', "node"),
        ("          id: not-barred\n", "          ids: not-barred\n", "not"),
    ],
)
def test_the_allowed_keys_are_those_of_the_place(old, new, keys):
    found = [message for message in check_pack(GOOD.replace(old, new, 1)) if message.code == "extra-forbidden"]
    assert len(found) == 1
    assert keys in found[0].remedy_zh.split("：")[-1]


def test_other_faults_are_told_as_they_are():
    (message,) = check_pack(GOOD.replace("spread_threshold: 20", "spread_threshold: [20]"), known=KNOWN)
    assert message.remedy_zh == "请参照 docs/packs.md 改正。"


def test_an_empty_pack_names_what_is_missing():
    names = {message.path for message in check_pack("format: 1\n")}
    assert {"key", "title", "notices", "bodies", "cadence"} <= names
