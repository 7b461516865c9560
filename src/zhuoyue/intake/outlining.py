"""From a document to a draft standard: gather the clauses, name their roles, read each in the way of its role."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from zhuoyue.intake.clauses import Clause, Form, Gathered, gather, walk
from zhuoyue.intake.document import Document, Line
from zhuoyue.intake.draft import Furniture, Node, NodeKind, StandardDraft, Unplaced
from zhuoyue.intake.errors import IntakeError
from zhuoyue.intake.indicators import indicators_of
from zhuoyue.intake.markers import closed_up, is_title
from zhuoyue.intake.roles import FEWEST_CATEGORIES, Roles, categories_among, requirements_of, roles_of
from zhuoyue.intake.segments import Joined, Segment
from zhuoyue.intake.terms import term_of

_STANDARD = re.compile(r"标准|准则|规范|指南|要求|criteria|standard", re.IGNORECASE)
_ASPECT_TITLE = re.compile(r"\s*(?P<title>[^：:，,。；;]{1,24})[：:]\s*")
_POINTS = re.compile(r"\s*[(（]\s*(?P<points>\d{1,4}(?:\.\d{1,2})?)\s*分\s*[)）]$")
_BETWEEN_HAN = re.compile(r"(?<=[一-鿿()（）])\s+(?=[一-鿿()（）])")


def outline(document: Document) -> StandardDraft:
    """Every line of the document is in exactly one place: a node, `furniture` or `unplaced`.

    Raises IntakeError("not_a_standard") where no categories with items are found.
    """
    gathered = gather(document)
    _check(document, gathered)
    title = _place_front(gathered)
    roles = roles_of(gathered.roots)
    builder = _Builder(roles)
    return StandardDraft(
        document=document,
        title=title,
        nodes=tuple(builder.node(clause, "") for clause in gathered.roots),
        furniture=tuple(sorted(gathered.furniture.items())),
        unplaced=tuple(sorted(gathered.unplaced.items())),
    )


def _check(document: Document, gathered: Gathered) -> None:
    categories = len(categories_among(requirements_of(gathered.roots)))
    if categories < FEWEST_CATEGORIES:
        forms = Counter(clause.form for root in gathered.roots for clause in walk(root))
        raise IntakeError(
            "not_a_standard",
            name=document.name,
            clauses=forms[Form.NUMBERED],
            letters=forms[Form.LETTERED],
            categories=categories,
        )


def _place_front(gathered: Gathered) -> str:
    """The document's title among the lines before the first clause; the rest of them stays unplaced."""
    titles = [line for line in gathered.front if is_title(line.text)]
    named = next((line for line in titles if _STANDARD.search(_key(line))), None)
    key = "" if named is None else _key(named)
    for line in gathered.front:
        if named is not None and _key(line) == key:
            gathered.furniture[line.number] = Furniture.TITLE
        else:
            gathered.unplaced[line.number] = Unplaced.FRONT_MATTER
    return "" if named is None else _BETWEEN_HAN.sub("", named.text.strip())


def _key(line: Line) -> str:
    return re.sub(r"\s", "", line.text)


class _Builder:
    """Makes nodes of clauses; keeps the codes unique."""

    def __init__(self, roles: Roles) -> None:
        self._roles = roles
        self._codes: Counter[str] = Counter()

    def node(self, clause: Clause, parent: str) -> Node:
        code = self._code(clause, parent)
        kind = self._roles[clause]
        title, english, text = _read(clause, kind)
        points = _POINTS.search(title)
        return Node(
            code=code,
            kind=kind,
            title=title[: points.start()] if points else title,
            text=text,
            lines=tuple(clause.lines),
            english=english,
            points=Decimal(points["points"]) if points else clause.points,
            indicators=indicators_of(_body(clause)) if kind == NodeKind.RESULTS_ITEM else (),
            children=tuple(self.node(child, code) for child in clause.children),
        )

    def _code(self, clause: Clause, parent: str) -> str:
        if clause.form == Form.NUMBERED:
            code = clause.label
        else:
            code = f"{parent}{clause.label}" if clause.form == Form.LETTERED else f"{parent} 注{clause.label}"
        self._codes[code] += 1
        again = self._codes[code]
        return code if again == 1 else f"{code}~{again}"


def _read(clause: Clause, kind: NodeKind) -> tuple[str, str, str]:
    """(title, English, text) of a clause."""
    if kind == NodeKind.TERM:
        return term_of(clause.segments)
    if clause.form == Form.NUMBERED:
        return clause.title, "", Joined(_body(clause)).text
    text = Joined(clause.segments).text
    title = _ASPECT_TITLE.match(text) if clause.form == Form.LETTERED else None
    if title:
        return closed_up(title["title"].strip()), "", text[title.end() :]
    return "", "", text


def _body(clause: Clause) -> Sequence[Segment]:
    return clause.segments if clause.title_segment() is None else clause.segments[1:]
