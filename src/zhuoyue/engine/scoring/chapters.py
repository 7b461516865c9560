"""What a total gives chapter by chapter."""

from fractions import Fraction

from zhuoyue.engine.scoring.explanations import Explanation
from zhuoyue.engine.scoring.totals import Total


def chapter_shares(total: Total) -> dict[str, Fraction | None]:
    """Code of the chapter -> its percent: of its points where items have points, else the mean itself."""
    return {node.node: _share(node) for node in total.explanation.children}


def _share(node: Explanation) -> Fraction | None:
    if node.exact is None:
        return None
    worth = _worth(node)
    return node.exact * 100 / worth if worth else node.exact


def _worth(node: Explanation) -> Fraction:
    """The points of the items below; nothing where the tree goes by weights."""
    own = dict(node.inputs).get("worth")
    return own if own is not None else sum((_worth(child) for child in node.children), Fraction(0))
