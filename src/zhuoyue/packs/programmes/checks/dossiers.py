"""Forms and conditions: limits that fit, criteria that exist, expressions that compute."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

from zhuoyue.packs.programmes.checks.fault import Fault, Known
from zhuoyue.packs.programmes.evaluation import ExpressionTooLargeError, computed, facts_used
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.schema.conditions import AllOf, Fact, Leaf, NotOf, Tree
from zhuoyue.packs.programmes.schema.forms import Form, Part
from zhuoyue.packs.source import RawPath


def form_faults(programme: Programme, known: Known) -> Iterator[Fault]:
    editions = {use.key: use.edition for use in programme.standards}
    for f, form in enumerate(programme.forms):
        for p, part in enumerate(form.parts):
            path: RawPath = ("forms", f, "parts", p)
            yield from _limit_faults(part, path)
            yield from _choice_faults(part, path)
            edition = editions.get(getattr(part, "standard", None) or "")
            codes = (known.editions or {}).get(edition or "")
            if codes is not None:
                yield from _node_faults(part, codes, path)
    yield from _category_faults(programme)


def _limit_faults(part: Part, path: RawPath) -> Iterator[Fault]:
    found = part.contradiction()
    if found is not None:
        yield _limit((*path, found.field), found.zh, found.en)
    for index, item in enumerate(getattr(part, "items", ())):
        if item.node is None and (item.key is None or item.title is None):
            yield Fault(
                "answer-unnamed",
                (*path, "items", index),
                "该项既没有标准条款，也没有自己的标识和标题。",
                "The answer has neither a criterion nor a key and title of its own.",
                "请写 node，或同时写 key 和 title。",
                "Write node, or both key and title.",
            )


def _choice_faults(part: Part, path: RawPath) -> Iterator[Fault]:
    for index, field in enumerate((*getattr(part, "fields", ()), *getattr(part, "columns", ()))):
        sources = bool(field.choices) + (field.choices_from is not None)
        if sources != (field.type in ("choice", "choices")):
            yield Fault(
                "choices",
                (*path, "fields" if hasattr(part, "fields") else "columns", index),
                f"“{field.title}”的类型与选项不一致。",
                f"The type of “{field.title.en}” and its choices do not agree.",
                "选择类写 choices 或 choices_from 其中之一，其余类型都不写。",
                "A choice has either choices or choices_from; other types have neither.",
            )


def _limit(path: RawPath, zh: str, en: str) -> Fault:
    return Fault(
        "limit",
        path,
        f"限制互相矛盾：{zh}。",
        f"The limits contradict each other: {en}.",
        "请改正其中一个。",
        "Correct one of them.",
    )


def _node_faults(part: Part, codes: Collection[str], path: RawPath) -> Iterator[Fault]:
    nodes = [((*path, "items", index, "node"), item.node) for index, item in enumerate(getattr(part, "items", ()))]
    nodes += [((*path, "nodes", index), node) for index, node in enumerate(getattr(part, "nodes", ()))]
    for place, node in nodes:
        if node is not None and node not in codes:
            yield Fault(
                "unknown-criterion",
                place,
                f"标准里没有条款“{node}”。",
                f"The standard has no node “{node}”.",
                "请核对条款编号。",
                "Check the code.",
            )


def _category_faults(programme: Programme) -> Iterator[Fault]:
    forms: dict[str, Form] = {form.key: form for form in programme.forms}
    awards = {award.key: award for award in programme.awards}
    for index, category in enumerate(programme.categories):
        form = forms.get(category.form or "")
        standards = (
            {standard for part in form.parts if (standard := getattr(part, "standard", None))} if form else set()
        )
        if standards - {category.standard}:
            yield Fault(
                "standard-mismatch",
                ("categories", index, "form"),
                f"类别“{category.title}”的标准与其表单所用标准不同。",
                f"The category “{category.title.en}” and its form follow different standards.",
                "请统一 standard。",
                "Use one standard in both.",
            )
        award = awards.get(category.award or "")
        if award and not set(category.applicant_kinds) <= set(award.applicant_kinds):
            yield Fault(
                "kind-mismatch",
                ("categories", index, "applicant_kinds"),
                f"类别“{category.title}”的申报主体不在奖项“{award.title}”的范围内。",
                f"The applicants of “{category.title.en}” are not those of the award “{award.title.en}”.",
                "请改正其中一处 applicant_kinds。",
                "Correct applicant_kinds in one of them.",
            )


def condition_faults(programme: Programme) -> Iterator[Fault]:
    facts = {fact.key: fact for fact in programme.facts}
    for index, conditions in enumerate(programme.conditions):
        path: RawPath = ("conditions", index, "tree")
        leaves = tuple(_leaves(conditions.tree, path, under_not=False))
        seen: set[str] = set()
        for place, leaf, under_not in leaves:
            if leaf.id in seen:
                yield _condition(
                    (*place, "id"),
                    "duplicate-name",
                    f"条件标识“{leaf.id}”在本组里重复",
                    f"the id “{leaf.id}” stands twice in this set",
                )
            seen.add(leaf.id)
            if leaf.veto and under_not:
                yield _condition(
                    (*place, "veto"), "veto-negated", "一票否决不能写在 not 之下", "a veto cannot stand under not"
                )
            if (leaf.kind == "computed") != (leaf.expression is not None):
                yield _condition(
                    place,
                    "expression-missing",
                    "computed 条件必须有 expression，其余不得有",
                    "a computed condition has an expression, and no other has",
                )
            elif leaf.expression is not None:
                yield from _expression_faults(leaf.expression, facts, (*place, "expression"))


def _leaves(tree: Tree, path: RawPath, *, under_not: bool) -> Iterator[tuple[RawPath, Leaf, bool]]:
    if isinstance(tree, Leaf):
        yield path, tree, under_not
    elif isinstance(tree, NotOf):
        yield from _leaves(tree.not_, (*path, "not"), under_not=True)
    else:
        name, branches = ("all", tree.all) if isinstance(tree, AllOf) else ("any", tree.any)
        for index, branch in enumerate(branches):
            yield from _leaves(branch, (*path, name, index), under_not=under_not)


def _condition(path: RawPath, code: str, zh: str, en: str) -> Fault:
    return Fault(
        code, path, f"条件有误：{zh}。", f"The condition is wrong: {en}.", "请改正该条件。", "Correct the condition."
    )


# two values of each type, so that a comparison is tried on both of its sides
_SAMPLES: dict[str, tuple[Any, Any]] = {
    "integer": (0, 1_000_000),
    "number": (0.0, 1e6),
    "boolean": (False, True),
    "text": ("", "x"),
    "list": ([], ["x"]),
}
_BOUND = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\(\s*(\w+)\s*,")


_TOO_LARGE: dict[str, Callable[[int], tuple[str, str]]] = {
    "length": lambda most: (f"表达式最长{most}个字符", f"an expression has at most {most} characters"),
    "nesting": lambda most: (f"表达式的括号最多{most}层", f"brackets of an expression nest at most {most} deep"),
    "loops": lambda most: (
        f"一个表达式最多用{most}次all、exists、map、filter",
        f"an expression uses all, exists, map or filter at most {most} times",
    ),
}


def _expression_faults(expression: str, facts: dict[str, Fact], path: RawPath) -> Iterator[Fault]:
    try:
        names = facts_used(expression)
    except ExpressionTooLargeError as error:
        yield _expression(path, *_TOO_LARGE[error.about](error.most))
        return
    except ValueError as error:
        place = re.search(r"<input>:1:(\d+)", str(error))
        column = place[1] if place else "?"
        yield _expression(
            path, f"表达式在第 {column} 个字符处无法解析", f"the expression cannot be parsed at its character {column}"
        )
        return
    unknown = [name for name in names if name not in facts and name not in _BOUND.findall(expression)]
    if unknown:
        yield _expression(
            path, f"表达式用到未定义的事实“{unknown[0]}”", f"the expression uses the undefined fact “{unknown[0]}”"
        )
        return
    for side in (0, 1):
        sample = {name: _SAMPLES[facts[name].type][side] for name in names if name in facts}
        try:
            result = computed(expression, sample)
        except (RuntimeError, TypeError, ValueError) as error:
            yield _expression(path, f"表达式无法计算（{error}）", f"the expression cannot be computed ({error})")
            return
        if not isinstance(result, bool):
            yield _expression(path, "表达式的结果不是“是/否”", "the expression does not give true or false")
            return


def _expression(path: RawPath, zh: str, en: str) -> Fault:
    return Fault(
        "expression",
        path,
        f"{zh}。",
        f"{en[0].upper()}{en[1:]}.",
        "请改正 expression，并在 facts 中定义所用的事实及其类型。",
        "Correct the expression, and define its facts with their types.",
    )
