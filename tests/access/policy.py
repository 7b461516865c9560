"""Who may what, as the rules of the product say it. Written by hand and meant to be read by a person.

A row belongs to a permission. Its clauses are tried in order: whoever stands in one of the relations to a thing that
bears one of the words gets the answer; whoever no clause names gets the answer of a thing that does not exist.
"""

from dataclasses import dataclass
from enum import Enum


class Answer(Enum):
    MAY = "may"
    TOLD = "told why not"
    HIDDEN = "as if it did not exist"
    SIGN_IN = "asked to sign in"


MAY, TOLD, HIDDEN, SIGN_IN = Answer

# ---- how principals stand

PRINCIPALS = (
    *("visitor", "nobody", "administrator"),
    *("owner", "colleague", "stranger", "officer", "other-officer"),
    *("secretary", "second", "auditor", "other-secretary"),
    *("leader", "expert", "conflicted", "unassigned", "invited", "ended", "b-leader"),
    *("chair", "juror", "recused"),
)
ROLES = {
    "applicant": "owner colleague stranger",
    "recommender": "officer other-officer",
    "office": "secretary second other-secretary",
    "control": "auditor",
    "examiner": "leader expert conflicted unassigned invited ended b-leader",
    "jury": "chair juror recused",
    "administrator": "administrator",
}
JURY = {"sits": "chair juror recused", "chairs": "chair"}
OFFICE = {"runs": "secretary second", "prepared": "secretary", "seconds": "second", "audits": "auditor"}
A = {"owns": "owner colleague", "recommends": "officer", **OFFICE}
B = {"owns": "stranger", "recommends": "other-officer", **OFFICE}
STANDS = {
    "a": A,
    "b": B,
    "a-reviewed": {**A, "leads": "leader", "works": "leader expert", "barred": "conflicted", "former": "ended"},
    "b-reviewed": {**B, "leads": "b-leader", "works": "b-leader"},
    "a-voted": {**A, **JURY, "sits": "chair juror", "recused": "recused"},
    "office": {**OFFICE, **JURY},
    "b-others": {"owns": "stranger", "runs": "other-secretary"},
    "others": {"runs": "other-secretary"},
    "nobody's": {},
}
REVIEWED = ("review", "consensus", "visit", "voting", "noticed", "ended")
SEATED = ("visit", "voting", "noticed", "ended")
VOTED = ("voting", "noticed", "ended")


@dataclass(frozen=True)
class Thing:
    """Something that addresses name. `letter`: whose; `stage`: where its cycle stands; `own`: the principal it is of.

    `words`: its stage, and what else tells it from others of its kind. `first`: of those its address is asked for.
    """

    name: str
    letter: str
    stage: str
    kwargs: dict
    words: frozenset[str] = frozenset()
    own: str = ""
    first: bool = False


def relations_of(principal: str, thing: Thing | None) -> set[str]:
    """How a principal stands to a thing: as a visitor or not, by role, and to this very thing."""
    found = {"anyone"} | ({"signed-in"} if principal != "visitor" else set())
    found |= {role for role, names in ROLES.items() if principal in names.split()}
    if thing is None:
        return found
    if thing.own == principal:
        found.add("self")
    tables = [STANDS.get(thing.letter, {})]
    if thing.letter in ("a", "b") and thing.stage in REVIEWED:
        tables.append(STANDS[f"{thing.letter}-reviewed"])
    if thing.letter in ("a", "b") and thing.stage in SEATED:
        tables.append(STANDS["a-voted"] if thing.letter == "a" and thing.stage in VOTED else JURY)
    return found | {relation for table in tables for relation, names in table.items() if principal in names.split()}


# those with a role who are the likeliest to get in where they should not
OUTSIDERS = {"visitor", "nobody", "stranger", "other-officer", "other-secretary", "unassigned", "juror"}


def concerned(thing: Thing | None) -> tuple[str, ...]:
    """Whom to ask about a thing: everyone about the first, then whoever stands to it somehow, and some who do not."""
    if thing is None or thing.first:
        return PRINCIPALS
    own = {name for name in PRINCIPALS if relations_of(name, thing) - relations_of(name, None)}
    return tuple(name for name in PRINCIPALS if name in own | OUTSIDERS)


# ---- the rows


@dataclass(frozen=True)
class Row:
    """`visitors`: put to people who have not signed in too; otherwise those are asked to first."""

    clauses: tuple[tuple[str, str, Answer], ...]
    visitors: bool = False


ANY = ""


def row(*clauses: tuple[str, str, Answer], visitors: bool = False) -> Row:
    return Row(clauses, visitors)


def expected(permission: str, principal: str, thing: Thing | None) -> Answer:
    found = POLICY[permission]
    if principal == "visitor" and not found.visitors:
        return SIGN_IN
    relations = relations_of(principal, thing)
    words = (thing.words | {thing.stage}) if thing else frozenset()
    for stands, bears, answer in found.clauses:
        if relations & set(stands.split()) and (
            not bears or any(words >= set(each.split("+")) for each in bears.split())
        ):
            return answer
    return HIDDEN


DRAFTS = "application+draft"
WORKS_IN = "entry+document_review entry+consensus entry+site_visit entry+jury book pair"
SENT = "sent returned review consensus visit voting noticed ended others"
LATER = "consensus visit voting noticed ended"

POLICY: dict[str, Row] = {
    # people
    "public": row(("anyone", ANY, MAY), visitors=True),
    "signed_in": row(("signed-in", ANY, MAY)),
    "accounts.administer": row(("administrator", ANY, MAY)),
    "shared.gallery": row(("administrator", ANY, MAY)),
    # organisations
    "orgs.be_applicant": row(("applicant", ANY, MAY), ("signed-in", ANY, TOLD)),
    "orgs.register_organisation": row(("signed-in", ANY, MAY)),
    "orgs.edit_organisation": row(("owns", ANY, MAY)),
    "orgs.manage_office": row(("runs", ANY, MAY)),
    "orgs.be_recommender": row(("recommender", ANY, MAY)),
    "orgs.be_secretariat": row(("office", ANY, MAY)),
    # standards: confirmed ones are there for all offices, drafts for the one that loaded them, and only that one
    # changes them; what a cycle uses is frozen; a draft that the operator read in waits for an office to take it on
    "criteria.import": row(("office", ANY, MAY)),
    "criteria.see": row(
        ("runs audits", ANY, MAY), ("anyone", "edition+draft+owned", HIDDEN), ("office control", ANY, MAY)
    ),
    "criteria.take_on": row(("anyone", "edition+owned", HIDDEN), ("office", "edition+draft", MAY)),
    "criteria.edit": row(("runs", "edition+frozen", TOLD), ("runs", ANY, MAY)),
    "criteria.edit_node": row(("runs", "edition+frozen edition+confirmed", TOLD), ("runs", ANY, MAY)),
    "criteria.confirm": row(("runs", ANY, MAY)),
    # programmes
    "programmes.office": row(("office control", ANY, MAY)),
    "programmes.load_pack": row(("office", ANY, MAY)),
    "programmes.see_cycle": row(("anyone", "draft", HIDDEN), ("anyone", ANY, MAY), visitors=True),
    "programmes.manage_cycle": row(("runs", DRAFTS, HIDDEN), ("runs", ANY, MAY)),
    "programmes.watch_cycle": row(("runs audits", DRAFTS, HIDDEN), ("runs audits", ANY, MAY)),
    "programmes.read_notice": row(
        ("runs", "draft", MAY), ("anyone", "draft", HIDDEN), ("anyone", ANY, MAY), visitors=True
    ),
    "programmes.manage_notice": row(("runs", ANY, MAY)),
    "programmes.edit_notice": row(("runs", "draft", MAY), ("runs", ANY, TOLD)),
    # the pool of experts
    "experts.manage_pool": row(("runs", ANY, MAY)),
    "experts.rule_conflict": row(("runs", ANY, MAY)),
    "experts.declare_conflict": row(("self", ANY, MAY)),
    # applying: a registration or an application is its organisation's; a draft is nobody else's
    "applications.register": row(("applicant", "open", MAY), ("signed-in", ANY, TOLD)),
    "applications.see_registration": row(("owns runs audits", ANY, MAY)),
    "applications.handle_registration": row(("runs", ANY, MAY)),
    "applications.withdraw_registration": row(("owns", "draft waiting", MAY), ("owns", ANY, TOLD)),
    "applications.attach_scan": row(("owns", "draft sent returned waiting", MAY), ("owns", ANY, TOLD)),
    "applications.open": row(("owns", ANY, MAY)),
    "applications.own": row(("owns", ANY, MAY)),
    "applications.see": row(("owns", ANY, MAY), ("recommends runs audits", SENT, MAY)),
    "applications.edit": row(("owns", "draft returned", MAY), ("owns", ANY, TOLD)),
    "applications.submit": row(("owns", "draft returned", MAY), ("owns", ANY, TOLD)),
    "applications.reopen": row(("owns", "draft sent returned", MAY), ("owns", ANY, TOLD)),
    "applications.withdraw": row(("owns", "draft sent returned others", MAY), ("owns", ANY, TOLD)),
    "applications.recommender_sees": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.recommend": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.decline": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.take_back": row(("recommends", SENT, MAY), ("recommends", ANY, TOLD)),
    "applications.send_back": row(("runs", DRAFTS, HIDDEN), ("recommends runs", ANY, MAY)),
    "applications.check_conditions": row(("runs", DRAFTS, HIDDEN), ("runs", ANY, MAY)),
    "dossiers.see": row(("owns", ANY, MAY)),
    "dossiers.edit": row(("owns", "draft returned", MAY), ("owns", ANY, TOLD)),
    # review: an examiner sees what they are assigned to and free to judge, and of others nothing before consensus
    "review.be_expert": row(("examiner", ANY, MAY)),
    "review.be_juror": row(("jury", ANY, MAY)),
    "review.watch": row(("runs audits", ANY, MAY)),
    "review.run_stage": row(("runs", ANY, MAY)),
    "review.decide_stage": row(("runs", "opened", MAY), ("runs", ANY, TOLD)),
    "review.reopen_stage": row(("runs", ANY, MAY)),
    "review.manage_examiners": row(("runs", ANY, MAY)),
    "review.see_invitation": row(("self", ANY, MAY)),
    "review.answer_invitation": row(("self", ANY, MAY)),
    "review.declare_ties": row(("self", "accepted", MAY), ("self", ANY, TOLD)),
    "review.assign": row(("runs", "opened", MAY), ("runs", ANY, TOLD)),
    "review.end_assignment": row(("runs", ANY, MAY)),
    "review.restore_assignment": row(("runs", ANY, MAY)),
    "review.read_dossier": row(("works", WORKS_IN, MAY)),
    "review.see_scorebook": row(
        ("barred former", ANY, HIDDEN), ("self", ANY, MAY), ("works", "shared", MAY), ("works", LATER, MAY)
    ),
    "review.score": row(
        ("barred former", ANY, HIDDEN), ("self", "handed-in", TOLD), ("self", "opened", MAY), ("self", ANY, TOLD)
    ),
    "review.submit_scorebook": row(
        ("barred former", ANY, HIDDEN),
        ("self", "opened", MAY),
        ("leads", "shared+opened", MAY),
        ("self works", ANY, TOLD),
    ),
    "review.reopen_scorebook": row(("runs", ANY, MAY)),
    "review.see_consensus": row(("works", f"{LATER}", MAY), ("works", WORKS_IN, TOLD)),
    "review.agree": row(("leads", "shared+opened", MAY), ("works", "shared", TOLD)),
    "review.dissent": row(("works", "shared+opened", MAY), ("works", "shared", TOLD)),
    "review.see_visit": row(("works", "entry+site_visit", MAY), ("works", WORKS_IN, TOLD)),
    "review.plan_visit": row(("leads", "opened", MAY), ("works", WORKS_IN, TOLD)),
    "review.record_visit": row(("works", "opened", MAY), ("works", WORKS_IN, TOLD)),
    # jury
    "review.see_meeting": row(("sits", ANY, MAY)),
    "review.see_candidate": row(("recused", ANY, TOLD), ("sits", ANY, MAY)),
    "review.recuse": row(("sits", "prepared", MAY), ("sits", ANY, TOLD)),
    "review.open_ballot": row(("chairs runs", "opened", MAY), ("chairs runs", ANY, TOLD)),
    "review.close_ballot": row(("chairs runs", ANY, MAY)),
    "review.vote": row(("sits", "voting", MAY), ("sits", ANY, TOLD)),
    "review.see_count": row(("sits runs audits", "closed", MAY), ("sits runs audits", ANY, TOLD)),
    # results: two people publish
    "outcomes.manage": row(("runs", ANY, MAY)),
    "outcomes.watch": row(("runs audits", ANY, MAY)),
    "outcomes.publish": row(("seconds", ANY, MAY), ("prepared", ANY, TOLD)),
    "outcomes.approve": row(("seconds", "ended", MAY), ("runs", ANY, TOLD)),
    "outcomes.object": row(("anyone", "noticed", MAY), ("anyone", ANY, TOLD), visitors=True),
    "outcomes.rule": row(("runs", ANY, MAY)),
    "outcomes.revoke": row(("runs", ANY, MAY)),
    "outcomes.read_feedback": row(("owns", ANY, MAY)),
    "outcomes.get_certificate": row(("owns runs audits", ANY, MAY)),
}

# What a form of an address does, where that asks for more than the page: address -> permission of the deed.
DEEDS = {
    "applicant:section": "applications.edit",
    "applicant:new_series": "applications.edit",
    "applicant:edit_series": "applications.edit",
    "applicant:remove_series": "applications.edit",
    "applicant:submit": "applications.submit",
    "expert:item": "review.score",
    "expert:submit": "review.submit_scorebook",
    "expert:agree": "review.agree",
    "expert:dissent": "review.dissent",
    "expert:finish_consensus": "review.submit_scorebook",
    "expert:plan": "review.plan_visit",
    "expert:add_issue": "review.record_visit",
    "expert:finding": "review.record_visit",
    "expert:change": "review.agree",
    "expert:finish_visit": "review.submit_scorebook",
    "jury:cast": "review.vote",
}
# Addresses whose page is the form itself: who may not do it is told before filling it in.
FORMS = ("applicant:new_series", "applicant:edit_series")

# Addresses of the accounts library that show nothing before a second factor is set up; nobody here has one.
NOT_SET_UP = ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes")
