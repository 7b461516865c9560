"""Who asks, and how each stands to the things that can be asked about."""

from dataclasses import dataclass

# `named`: given every kind of duty by others, with the address not proved; they get what a visitor gets
VISITORS = ("visitor", "named")
PRINCIPALS = (
    *("visitor", "named", "nobody", "administrator"),
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
    found = {"anyone"} | ({"signed-in"} if principal not in VISITORS else set())
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
OUTSIDERS = {"visitor", "named", "nobody", "stranger", "other-officer", "other-secretary", "unassigned", "juror"}


def concerned(thing: Thing | None) -> tuple[str, ...]:
    """Whom to ask about a thing: everyone about the first, then whoever stands to it somehow, and some who do not."""
    if thing is None or thing.first:
        return PRINCIPALS
    own = {name for name in PRINCIPALS if relations_of(name, thing) - relations_of(name, None)}
    return tuple(name for name in PRINCIPALS if name in own | OUTSIDERS)
