"""Everyone, the shipped standards, the five programmes and their notices."""

from importlib.resources import files
from random import Random

from zhuoyue.config.demo.cast import Cast, gather
from zhuoyue.config.demo.play import SEED, Play, at
from zhuoyue.domain.applications.recommenders import recommending_entries
from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.orgs.steps import add_member, make_body
from zhuoyue.domain.programmes import actions as programmes
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.domain.programmes.steps import bind_body, name_officer
from zhuoyue.packs.programmes import Programme as Rules
from zhuoyue.packs.programmes import shipped_packs
from zhuoyue.packs.standards import shipped_standards


def begin() -> Play:
    """Everyone, the shipped standards, the five programmes, and the notice of the Shanghai 2021 award."""
    at("2021-04-26T09:00")
    cast = gather()
    editions: dict[str, Edition] = {}
    for standard in shipped_standards():
        editions[standard.key] = load_standard(by=None, data=standard.standard)
    cycles = {}
    for pack in shipped_packs():
        text = (files("zhuoyue.packs.programmes") / "data" / f"{pack.key}.yaml").read_text(encoding="utf-8")
        organiser = _organiser_of(cast, pack.programme)
        version = programmes.load_rules(by=None, text=text, organiser=organiser)
        cycles[pack.key] = programmes.make_cycle(by=None, version=version, editions=editions)
        _announce(cast, cycles[pack.key], organiser)
    _let_recommend(cast, cycles["saq-award-2021"])
    return Play(cast, cycles["saq-award-2021"], Random(SEED))  # noqa: S311 - invented content, the same every time


def _organiser_of(cast: Cast, rules: Rules) -> Body:
    """The body that issued the programme's notice. The demonstration's secretaries work for all of them."""
    issuer = rules.notice.issuers[0] if rules.notice.issuers else rules.bodies[0].key
    title = next(body.title.zh for body in rules.bodies if body.key == issuer)
    known = Body.objects.filter(organisation__name=title).first()
    body = known or make_body(by=None, name=title, level=BodyLevel.CITY, kind=OrganisationKind.GOVERNMENT)
    for person in (cast.secretary, cast.second):
        add_member(by=None, organisation=body.organisation, person=person, duty=Duty.SECRETARY)
    return body


def _let_recommend(cast: Cast, cycle: Cycle) -> None:
    """The recommending body of the demonstration, one of the class that the rules admit, with its officer."""
    add_member(by=None, organisation=cast.recommender.organisation, person=cast.officer, duty=Duty.OFFICER)
    bind_body(by=None, cycle=cycle, key=next(iter(recommending_entries(cycle))), body=cast.recommender)
    name_officer(cycle=cycle, body=cast.recommender, person=cast.officer)


def _announce(cast: Cast, cycle: Cycle, organiser: Body) -> None:
    """The notice that the programme comes from, in a few words of our own, with its facts from the pack."""
    rules = rules_of(cycle.rules)
    notice = rules.notice
    contact = rules.contacts[0] if rules.contacts else None
    lines = [str(rules.summary), *(f"{phase.title}：{phase.note or ''}".rstrip("：") for phase in rules.phases)]
    drafted = programmes.draft_notice(
        by=cast.secretary,
        programme=cycle.programme,
        issuer=organiser,
        cycle=cycle,
        number=notice.number or "",
        title=notice.title,
        body="\n\n".join(lines),
        contact="　".join(str(part) for part in (contact.department, contact.address, *contact.telephones) if part)
        if contact
        else "",
        signed_on=notice.signed_on.first.date() if notice.signed_on else None,
        attachments=tuple(str(entry.title) for entry in notice.attachments),
    )
    programmes.publish_notice(by=cast.secretary, notice=drafted)
