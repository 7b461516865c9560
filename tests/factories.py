"""The cast of the tests: people, organisations, bodies, and a cycle on the Shanghai 2021 pack.

Everything is made by the actions that the pages call, so that what tests stand on is what users can make.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files
from itertools import count
from zoneinfo import ZoneInfo

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications.recommenders import recommending_entries
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs import credit_code
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.orgs.steps import add_member, make_body
from zhuoyue.domain.programmes.actions import load_rules, make_cycle, open_cycle
from zhuoyue.domain.programmes.models import Category, Cycle
from zhuoyue.domain.programmes.steps import bind_body, name_officer
from zhuoyue.kernel import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
PASSWORD = "a long enough password"
_serial = count(1)


def moment(text: str) -> datetime:
    """`2021-08-12` or `2021-08-12T10:00`, Shanghai time."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def make_code(number: int) -> str:
    """A credit code whose check digits fit."""
    first = f"91310000{number:09d}"
    return first + credit_code.check_character(first)


def person(name: str = "", **fields) -> Person:
    number = next(_serial)
    email = fields.pop("email", f"person{number}@example.org")
    facts = {"name": name or f"人员{number}", "proved_at": clock.now(), **fields}
    return Person.objects.create_user(email, PASSWORD, **facts)


def organisation(name: str = "", **fields) -> Organisation:
    number = next(_serial)
    facts = {"credit_code": make_code(number), "founded_on": date(2005, 3, 1), **fields}
    return Organisation.objects.create(name=name or f"企业{number}有限公司", **facts)


def member(organisation: Organisation, duty: Duty = Duty.REPRESENTATIVE, **fields) -> Person:
    someone = person(**fields)
    add_member(by=None, organisation=organisation, person=someone, duty=duty)
    return someone


def body(name: str = "", level: BodyLevel = BodyLevel.CITY) -> Body:
    """The body of that name where a test has made it already."""
    known = Body.objects.filter(organisation__name=name).first() if name else None
    kind = OrganisationKind.ASSOCIATION
    return known or make_body(by=None, name=name or f"协会{next(_serial)}", level=level, kind=kind)


def officer(cycle: Cycle, body: Body, someone: Person | None = None) -> Person:
    """Somebody who acts for the body in the cycle, as one of those with whom the rules begin."""
    someone = someone or member(body.organisation, Duty.OFFICER)
    bind_body(by=None, cycle=cycle, key=next(iter(recommending_entries(cycle))), body=body)
    name_officer(cycle=cycle, body=body, person=someone)
    return someone


def pack_text(key: str = "saq-award-2021") -> str:
    return (files("zhuoyue.packs.programmes") / "data" / f"{key}.yaml").read_text(encoding="utf-8")


@dataclass
class Stage:
    """A cycle and the people around it. `now` suits the phase that a test is about."""

    organiser: Body
    secretary: Person
    cycle: Cycle
    category: Category
    edition: Edition | None = None
    extra: dict = field(default_factory=dict)


def opened_cycle(edition: Edition | None = None, text: str | None = None) -> Stage:
    """The Shanghai 2021 cycle, open. `edition` is what its organisation award is judged by."""
    organiser = body("上海市质量协会")
    secretary = member(organiser.organisation, Duty.SECRETARY, name="秘书")
    version = load_rules(by=secretary, text=text or pack_text(), organiser=organiser)
    editions = {edition.key: edition} if edition else {}
    cycle = make_cycle(by=secretary, version=version, editions=editions)
    open_cycle(by=secretary, cycle=cycle)
    return Stage(organiser, secretary, cycle, cycle.categories.get(key="organisation"), edition)
