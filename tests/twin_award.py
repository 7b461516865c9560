"""An award of our own invention, as unlike the Shanghai one as an ordinary award is.

Three categories, two of them on one standard; two scoring models; two deadlines in one phase; two kinds of applicant;
one body that the rules name and one class of bodies. `twin_pack` makes several programmes of the same year of it.
"""

from functools import cache

from tests.small_award import STANDARD, short_standard
from zhuoyue.packs.standards import Standard, load_standard

CATEGORIES = ("large", "large-service", "craft")
GUILD = "澜州质量行会"


@cache
def craft_standard() -> Standard:
    text = (
        STANDARD.replace("short-2021", "craft-2021").replace("SHORT 2021", "CRAFT 2021").replace("短准则", "技艺准则")
    )
    return load_standard(text.replace("scoring_model: process-results", "scoring_model: plain-points")).standard


def standards() -> tuple[Standard, Standard]:
    return short_standard(), craft_standard()


@cache
def twin_pack(key: str = "lanzhou-award-2021", title: str = "2021年度澜州质量奖", label: str = "2021") -> str:
    return PACK.replace("KEY", key).replace("TITLE", title).replace("LABEL", label)


def _stages(model: str, standard: str) -> str:
    return f"""
      - {{key: check, kind: condition_check, title: {{zh: 条件审查, en: Check}}, by: [bureau]}}
      - key: reading
        kind: document_review
        title: {{zh: 资料评审, en: Reading}}
        by: [readers]
        scoring: {{model: {model}, standard: {standard}}}
        team: {{at_least: 2, at_most: 3, leader: true}}
        feedback: true
      - key: jury
        kind: jury
        title: {{zh: 评定, en: Jury}}
        by: [bureau]
        ballot: {{quorum: 2/3, majority: 1/2, base: electorate, comparison: more_than, seats_at_least: 3}}
      - {{key: notice, kind: public_notice, title: {{zh: 公示, en: Notice}}, by: [bureau], public_notice: proposed}}
      - {{key: list, kind: announcement, title: {{zh: 公布, en: List}}, by: [bureau], feedback: true}}"""


def _category(key: str, zh: str, kind: str, standard: str, papers: str) -> str:
    return f"""
  - key: {key}
    title: {{zh: {zh}, en: {key}}}
    award: {key}-award
    applicant_kinds: [{kind}]
    standard: {standard}
    form: {standard}-form
    conditions: base
    review: {key}-review
    submission: {papers}"""


def _form(standard: str) -> str:
    return f"""
  - key: {standard}-form
    title: {{zh: 申报表, en: Form}}
    form_of: application
    parts:
      - key: profile
        kind: profile
        title: {{zh: 基本情况, en: Profile}}
        fields:
          - {{key: name, title: {{zh: 名称, en: Name}}, type: text, limit: 60}}
      - key: narrative
        kind: narrative
        title: {{zh: 自评, en: Self-assessment}}
        standard: {standard}
        items: [{{node: "1.1", limit: 200}}, {{node: "1.2", limit: 200}}, {{node: "2.1", limit: 200}}]
      - key: indicators
        kind: indicators
        title: {{zh: 指标, en: Indicators}}
        standard: {standard}
        nodes: ["2.1"]
        years_at_least: 3
        years_at_most: 5
        per_node_at_least: 1
      - key: evidence
        kind: evidence
        title: {{zh: 证明, en: Evidence}}
        files:
          - {{key: licence, title: {{zh: 证照, en: Licence}}, types: [pdf], max_megabytes: 5}}
      - key: statement
        kind: statement
        title: {{zh: 承诺, en: Statement}}
        statements:
          - {{key: truth, title: {{zh: 材料真实, en: Truth}}}}"""


def _award(key: str, kind: str) -> str:
    return f"""
  - key: {key}-award
    title: {{zh: {key}奖, en: {key}}}
    applicant_kinds: [{kind}]
    tiers:
      - {{key: {key}-winner, rank: 1, title: {{zh: 澜州质量奖（{key}）, en: Lanzhou award ({key})}}}}"""


PACK = f"""
format: 1
key: KEY
title: {{zh: TITLE, en: Award KEY}}
summary: {{zh: 三个类别并行。, en: Three categories side by side.}}
edition: {{label: "LABEL", start: 2021-05, end: 2021-12}}
cadence: {{kind: yearly}}
notices:
  - key: call
    kind: original
    title: 关于申报的通知
    title_en: Call for applications
    issuers: [bureau]
bodies:
  - {{key: bureau, title: {{zh: 澜州质量局, en: Bureau}}, kind: government, level: city}}
  - {{key: guild, title: {{zh: {GUILD}, en: Guild}}, kind: association, level: city}}
  - {{key: districts, title: {{zh: 各区质量协会, en: Districts}}, kind: association, level: district, several: true}}
  - {{key: readers, title: {{zh: 评审组, en: Readers}}, kind: expert_committee, level: city, several: true}}
standards:
  - {{key: short, title: {{zh: 短准则, en: Short}}, edition: short-2021}}
  - {{key: craft, title: {{zh: 技艺准则, en: Craft}}, edition: craft-2021}}
applicant_kinds:
  - {{key: organisation, title: {{zh: 组织, en: Organisation}}, unit: organisation}}
  - {{key: team, title: {{zh: 班组, en: Team}}, unit: team, belongs_to: organisation}}
awards:{_award("large", "organisation")}{_award("large-service", "organisation")}{_award("craft", "team")}
conditions:
  - key: base
    title: {{zh: 基本条件, en: Base}}
    tree:
      all:
        - {{id: willing, title: {{zh: 自愿申报, en: Willing}}, kind: declared}}
forms:{_form("short")}{_form("craft")}
phases:
  - {{key: signing, title: {{zh: 报名, en: Sign-up}}, start: 2021-05, end: 2021-06, opens: [registration]}}
  - {{key: writing, title: {{zh: 申报, en: Writing}}, start: 2021-08, end: 2021-08, opens: [application]}}
  - {{key: judging, title: {{zh: 评审, en: Judging}}, start: 2021-09, end: 2021-10, opens: [review, public_notice]}}
  - {{key: honours, title: {{zh: 表彰, en: Honours}}, start: 2021-11, end: 2021-12, opens: [award]}}
submissions:
  - key: papers
    title: {{zh: 申报材料, en: Papers}}
    what: application
    phase: writing
    categories: [large]
    to: bureau
    opens_at: 2021-08-01
    deadline: 2021-08-12
    grace_minutes: 10
  - key: late-papers
    title: {{zh: 其他申报材料, en: Other papers}}
    what: application
    phase: writing
    categories: [large-service, craft]
    to: bureau
    opens_at: 2021-08-05
    deadline: 2021-08-15
recommendation:
  - key: by-guild
    title: {{zh: 行会推荐, en: Guild}}
    by: [guild]
    to: bureau
    optional: true
    categories: [large]
    quota:
      per_body_at_most: 9
      allocations:
        - {{body: guild, at_most: 2}}
  - key: by-district
    title: {{zh: 区协会推荐, en: District}}
    by: [districts]
    to: bureau
    optional: true
    categories: [large-service, craft]
    quota: {{per_body_at_most: 1}}
expert_kinds:
  - {{key: reader, title: {{zh: 评审员, en: Reader}}, work: [review]}}
reviews:
  - key: large-review
    title: {{zh: 评审, en: Review}}
    stages:{_stages("process-results", "short")}
  - key: large-service-review
    title: {{zh: 评审, en: Review}}
    stages:{_stages("plain-points", "short")}
  - key: craft-review
    title: {{zh: 评审, en: Review}}
    stages:{_stages("plain-points", "craft")}
public_notices:
  - {{key: proposed, title: {{zh: 公示, en: Notice}}, of: recommended, by: bureau, days: 5, unit: days}}
categories:{_category("large", "大型企业", "organisation", "short", "papers")}\
{_category("large-service", "大型服务", "organisation", "short", "late-papers")}\
{_category("craft", "班组技艺", "team", "craft", "late-papers")}
recognition:
  certificate:
    title: {{zh: 证书, en: Certificate}}
    number_format: "LZ-{{year}}-{{category}}-{{serial}}"
"""
