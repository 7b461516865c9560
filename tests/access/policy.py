"""Who may what, as the rules of the product say it: the rows of every room, written by hand to be read by a person.

`POLICY`: permission -> row. `DEEDS`: address -> permission of what its form does, where that asks for more than its
page. `FORMS`: addresses whose page is the form itself: who may not do it is told before filling it in.
"""

from access.principals import VISITORS, Thing, relations_of
from access.rooms import gathered, joined
from access.rows import HIDDEN, SIGN_IN, Answer, Row

POLICY: dict[str, Row] = gathered("policy", "POLICY")
DEEDS: dict[str, str] = gathered("policy", "DEEDS")
FORMS: tuple[str, ...] = joined("policy", "FORMS")
NOT_SET_UP: tuple[str, ...] = joined("policy", "NOT_SET_UP")


def expected(permission: str, principal: str, thing: Thing | None) -> Answer:
    found = POLICY[permission]
    if principal in VISITORS and not found.visitors:
        return SIGN_IN
    relations = relations_of(principal, thing)
    words = (thing.words | {thing.stage}) if thing else frozenset()
    for stands, bears, answer in found.clauses:
        if relations & set(stands.split()) and (
            not bears or any(words >= set(each.split("+")) for each in bears.split())
        ):
            return answer
    return HIDDEN
