"""Who plays: the organising body, recommending bodies, applicants, experts and the jury. All invented."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.experts.actions import add_expert
from zhuoyue.domain.experts.models import Expert
from zhuoyue.domain.orgs import credit_code
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.domain.orgs.steps import add_member, make_body
from zhuoyue.domain.review.models import CountingCode
from zhuoyue.kernel import clock, sealed

PASSWORD = "zhuoyue-demo-2021"  # noqa: S105 - printed at start, for a demonstration on one's own machine

APPLICANTS = (
    ("申珏精密轴承有限公司", "C34", "large", "轴承与传动部件", 1998),
    ("浦澜电梯制造股份有限公司", "C34", "large", "电梯整机", 1992),
    ("沪清医疗器械有限公司", "C35", "medium", "影像诊断设备", 2006),
    ("东岚物业服务集团有限公司", "K70", "large", "住宅与园区物业", 2001),
    ("嘉禾冷链物流有限公司", "G59", "medium", "生鲜冷链配送", 2010),
    ("青屿数字金融服务有限公司", "J66", "medium", "供应链金融平台", 2013),
    ("同澄建设工程有限公司", "E47", "large", "公共建筑施工", 1995),
    ("云岫新材料科技有限公司", "C26", "small", "电子级树脂", 2012),
    ("临汐公共交通有限公司", "G54", "large", "城市公交运营", 1989),
    ("松溪养老服务中心", "Q85", "small", "机构与居家养老", 2011),
    ("恒砚汽车零部件有限公司", "C36", "medium", "制动系统", 2003),
    ("瑞泽智能装备有限公司", "C35", "small", "自动检测设备", 2014),
    ("和畅空调设备有限公司", "C38", "medium", "中央空调机组", 2000),
    ("明渠水务有限公司", "D46", "large", "供水与水质服务", 1987),
)
EXPERTS = (
    ("顾行之", "senior", ("C34", "C35", "C36"), ("leadership", "process"), "华东质量研究院"),
    ("沈砚秋", "senior", ("G59", "G54", "K70"), ("customer", "process"), "申江大学管理学院"),
    ("何淮", "senior", ("E47", "D46"), ("results", "strategy"), "城建质量中心"),
    ("韩叙", "senior", ("C26", "C38", "C35"), ("measurement", "innovation"), "浦东检测认证有限公司"),
    ("许棠", "examiner", ("C34", "C36"), ("process", "results"), "远景咨询有限公司"),
    ("林知夏", "examiner", ("J66", "G59"), ("strategy", "customer"), "申江大学管理学院"),
    ("周予安", "examiner", ("Q85", "K70"), ("customer", "workforce"), "社会服务评估中心"),
    ("陆清和", "examiner", ("C35", "C38"), ("measurement", "process"), "智造技术研究所"),
    ("方屿", "examiner", ("E47", "G54"), ("leadership", "workforce"), "城建质量中心"),
    ("秦越", "examiner", ("C26", "C35"), ("innovation", "results"), "新材料行业协会"),
    ("江临", "examiner", ("D46", "E47"), ("process", "results"), "水务技术中心"),
    ("白露", "examiner", ("C36", "C34"), ("results", "leadership"), "汽车质量中心"),
    ("苏南", "examiner", ("G59", "J66", "K70"), ("customer", "strategy"), "现代服务研究会"),
    ("程墨", "trainee", ("C34", "C35"), ("process",), "华东质量研究院"),
    ("叶青", "trainee", ("K70", "Q85"), ("customer",), "社会服务评估中心"),
)
JURORS = ("钟鼎文", "罗尚志", "梅若水", "丁一帆", "邵华", "谢长风", "马千里")
SIGN_INS = (
    ("秘书处　　　", "secretary@demo.invalid"),
    ("秘书处第二人", "second@demo.invalid"),
    ("推荐单位　　", "recommender@demo.invalid"),
    ("申报单位　　", "applicant1@demo.invalid"),
    ("评审专家　　", "expert1@demo.invalid"),
    ("审定委员　　", "jury1@demo.invalid"),  # the chair; jury2 to jury7 are the others
    ("系统管理员　", "admin@demo.invalid"),
)


def counting_code(person: Person) -> str:
    """The counting code of someone of the demonstration, known to everybody: there is no secret to keep there."""
    digest = hashlib.sha256(person.email.encode()).digest()
    return sealed.code_from(
        "".join(sealed.LETTERS[byte % len(sealed.LETTERS)] for byte in digest[: sealed.RANDOM_LETTERS])
    )


def demonstration_codes() -> list[str]:
    """The counting codes as they are printed, once somebody of the demonstration has one: the office's, the jury's."""
    if not CountingCode.objects.exists():
        return []
    emails = ["secretary@demo.invalid", *(f"jury{number}@demo.invalid" for number in range(1, len(JURORS) + 1))]
    people = {person.email: person for person in Person.objects.filter(email__in=emails)}
    lines = [
        f"  {person.name}  {person.email}  {counting_code(person)}" for person in map(people.get, emails) if person
    ]
    return ["计票码（只有演示才印出来；真实的计票码只有本人知道）：", *lines]


@dataclass
class Cast:
    organiser: Body
    secretary: Person
    second: Person
    auditor: Person
    recommender: Body
    officer: Person
    applicants: list[Organisation] = field(default_factory=list)
    speakers: list[Person] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)
    jurors: list[Person] = field(default_factory=list)
    administrator: Person | None = None


def _person(email: str, name: str, **facts: object) -> Person:
    known = Person.objects.filter(email=email).first()
    return known or Person.objects.create_user(email, PASSWORD, name=name, proved_at=clock.now(), **facts)


def _code(number: int) -> str:
    first = f"91310000{880000000 + number * 37:09d}"
    return first + credit_code.check_character(first)


def gather() -> Cast:
    """Everyone of the demonstration, with their duties."""
    organiser = make_body(by=None, name="上海市质量协会", level=BodyLevel.CITY, kind=OrganisationKind.ASSOCIATION)
    recommender = make_body(
        by=None, name="上海市装备制造业协会", level=BodyLevel.ASSOCIATION, kind=OrganisationKind.ASSOCIATION
    )
    cast = Cast(
        organiser=organiser,
        secretary=_person("secretary@demo.invalid", "柳明川"),
        second=_person("second@demo.invalid", "宋知远"),
        auditor=_person("auditor@demo.invalid", "季监"),
        recommender=recommender,
        officer=_person("recommender@demo.invalid", "范云起"),
        administrator=_person("admin@demo.invalid", "系统管理员", is_administrator=True),
    )
    for person, duty in ((cast.secretary, Duty.SECRETARY), (cast.second, Duty.SECRETARY), (cast.auditor, Duty.AUDITOR)):
        add_member(by=None, organisation=organiser.organisation, person=person, duty=duty)
    _gather_applicants(cast)
    _gather_experts(cast)
    cast.jurors = [_person(f"jury{number}@demo.invalid", name) for number, name in enumerate(JURORS, 1)]
    return cast


def _gather_applicants(cast: Cast) -> None:
    for number, (name, industry, size, _product, year) in enumerate(APPLICANTS, 1):
        organisation, _made = Organisation.objects.get_or_create(
            name=name,
            defaults={
                "credit_code": _code(number),
                "industry": industry,
                "size": size,
                "region": "310000",
                "founded_on": date(year, 4, 18),
                "address": f"上海市示范路{number * 12}号",
            },
        )
        speaker = _person(f"applicant{number}@demo.invalid", f"{name[:2]}申报人")
        add_member(by=None, organisation=organisation, person=speaker, duty=Duty.REPRESENTATIVE)
        cast.applicants.append(organisation)
        cast.speakers.append(speaker)


def _gather_experts(cast: Cast) -> None:
    for number, (name, level, industries, fields, employer) in enumerate(EXPERTS, 1):
        person = _person(f"expert{number}@demo.invalid", name)
        organisation, _made = Organisation.objects.get_or_create(name=employer)
        cast.experts.append(
            add_expert(
                by=cast.secretary,
                pool=cast.organiser,
                email=person.email,
                name=name,
                known=True,
                level=level,
                kinds=["examiner"],
                industries=list(industries),
                fields=list(fields),
                employer=organisation,
            )
        )
