"""What engines conclude, in sentences for people."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zhuoyue.engine import cuts
from zhuoyue.engine.verdict import Verdict
from zhuoyue.kernel import formats

if TYPE_CHECKING:
    from zhuoyue.engine.assignment import Diagnosis, Finding  # loads the solver's libraries


def verdict_words(verdict: Verdict) -> str:
    """One reason of a cut. A code without a sentence is shown as it is: nothing is left out."""
    values = {name: _plain(value) for name, value in verdict.params}
    if verdict.code in ("reaches_line", "below_line") and verdict["strict"]:
        return _strict_words(verdict.code, values)
    sentence = _cut_sentences().get(verdict.code)
    return sentence % values if sentence else verdict.code


def _plain(value: Any) -> Any:
    """Figures as people read them; the exact ones stand in the explanation of the total."""
    if isinstance(value, Decimal):
        return formats.number(formats.rounded(value, 2))
    if isinstance(value, tuple):
        return _("、").join(str(part) for part in value)
    return value


def _strict_words(code: str, values: dict[str, Any]) -> str:
    if code == "reaches_line":
        return _("%(score)s，高于界线%(line)s") % values
    return _("%(score)s，不高于界线%(line)s") % values


def _cut_sentences() -> dict[str, str]:
    return {
        "not_scored": _("还没有成绩"),
        "reaches_line": _("%(score)s，达到界线%(line)s"),
        "below_line": _("%(score)s，低于界线%(line)s"),
        "in_group": _("属于“%(value)s”组"),
        "outside_the_cap": _("不占名额"),
        "cap_exceeded": _("超过“%(rule)s”的上限%(at_most)s个，由人选择"),
        "floor_unmet": _("未达到“%(rule)s”的下限%(at_least)s个，另有%(pending)s份待定"),
        "tied_across_line": _("%(score)s，与同分者并列在界线上，余下%(places_left)s个名额由人选择"),
        "beyond_places": _("第%(rank)s位，名额%(places)s个"),
        "reserved_place": _("第%(rank)s位，使用为“%(value)s”保留的名额"),
        "within_places": _("第%(rank)s位，在%(places)s个名额以内"),
        "put_ahead_in_tie": _("同分中由人优先"),
        "places_vacant": _("名额%(places)s个，空缺%(vacant)s个"),
        "reserved_unfilled": _("为“%(value)s”保留%(places)s个名额，空缺%(unfilled)s个"),
    }


def decision_words(decision: cuts.Decision) -> str:
    return _("；").join(verdict_words(reason) for reason in decision.reasons)


def status_words(status: cuts.Status) -> tuple[str, str]:
    """(look, words) of what a rule says of one application."""
    return {
        cuts.Status.IN: ("done", _("建议进入")),
        cuts.Status.OUT: ("shut", _("建议止步")),
        cuts.Status.TIED: ("soon", _("并列，待人选择")),
        cuts.Status.CONTESTED: ("soon", _("超过名额，待人选择")),
        cuts.Status.UNSCORED: ("draft", _("尚无成绩")),
    }[status]


def rule_words(rule: cuts.Rule) -> str:
    """A cut rule in a sentence, from the outside in."""
    match rule:
        case cuts.Top():
            words = _("取前%(places)s名") % {"places": rule.places}
        case cuts.Share():
            words = _("取前%(share)s") % {"share": formats.percent(rule.share * 100)}
        case cuts.Threshold():
            line = {"line": formats.number(rule.at_least)}
            words = _("高于%(line)s者进入") % line if rule.strict else _("达到%(line)s者进入") % line
        case cuts.Floor():
            inner = {"line": formats.number(rule.at_least), "then": rule_words(rule.then)}
            words = _("低于%(line)s者不进入，其余%(then)s") % inner
        case _:
            words = _compound_words(rule)
    return words


def _compound_words(rule: cuts.Groups | cuts.Reserved | cuts.Outside | cuts.Capped) -> str:
    match rule:
        case cuts.Groups():
            parts = [f"{value}：{rule_words(inner)}" for value, inner in rule.rules]
            return _("按组：%(groups)s") % {"groups": _("；").join(parts)}
        case cuts.Reserved():
            places = sum(kind.places for kind in rule.reservations)
            return _("%(inside)s，其中保留%(places)s个") % {"inside": rule_words(rule.inside), "places": places}
        case cuts.Outside():
            parts_of = {"theirs": rule_words(rule.theirs), "rest": rule_words(rule.rest)}
            return _("不占名额者%(theirs)s，其余%(rest)s") % parts_of
        case _:
            return _("%(then)s，不超过名额上限") % {"then": rule_words(rule.then)}


# ---- assignment


def diagnosis_words(diagnosis: "Diagnosis", applications: Iterable[Any], experts: Iterable[Any]) -> list[str]:
    """Why no assignment keeps every rule, with the names of those concerned."""
    titles = [application.organisation.name for application in applications]
    names = [expert.person.name for expert in experts]
    return [_finding_words(finding, titles, names) for finding in diagnosis.findings]


def _finding_words(finding: "Finding", titles: list[str], names: list[str]) -> str:
    values = {
        "who": _("、").join([titles[i] for i in finding.applications] + [names[j] for j in finding.examiners]),
        "wanted": finding.wanted,
        "available": finding.available,
        "missing": finding.missing,
        "rule": _family_words(finding.rule),
    }
    sentence = _finding_sentences().get(finding.code)
    return sentence % values if sentence else finding.sentence


def _family_words(families: str) -> str:
    words = {"level": _("资深与见习人数"), "employer": _("同一单位人数"), "region": _("同一地区人数")}
    return _("、").join(words.get(name, name) for name in families.split(" and "))


def _finding_sentences() -> dict[str, str]:
    return {
        "pins_over_demand": _("%(who)s固定了%(wanted)s人，只需%(available)s人；请解除一些固定。"),
        "pins_over_load": _("%(who)s被固定%(wanted)s份，最多承担%(available)s份；请解除一些固定。"),
        "pins_over_rule": _("%(who)s固定的人中%(rule)s有%(wanted)s人，最多%(available)s人；请解除一些固定。"),
        "pins_and_rules": _("固定的人选与%(rule)s的规则合在一起无法满足；请解除一些固定。"),
        "rules_contradict": _("%(who)s固定的人选使%(rule)s的规则无法满足；请解除一些固定，或放宽规则。"),
        "few_candidates": _(
            "%(who)s需要%(wanted)s人，可派的只有%(available)s人，还缺%(missing)s人；请增聘或减少人数。"
        ),
        "few_chances": _("%(who)s至少要承担%(wanted)s份，可承担的只有%(available)s份；请降低下限。"),
        "few_seniors": _("%(who)s需要资深评审员%(wanted)s人，可派的只有%(available)s人；请增聘资深评审员。"),
        "minimum_short": _("%(who)s合计至少要承担%(wanted)s份，能派给他们的只有%(available)s份；请降低下限。"),
        "places_short": _(
            "%(who)s合计需要%(wanted)s人次，可承担%(available)s人次，还缺%(missing)s；请增聘或提高每人上限。"
        ),
        "rule_narrow": _("%(who)s受%(rule)s规则限制，需要%(wanted)s人，可派%(available)s人；请增聘或放宽规则。"),
        "rules_together": _("各条规则单独都能满足，合在一起（%(rule)s）不能；请放宽其中一条。"),
    }
