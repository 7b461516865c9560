"""How a room writes down who may what.

A row belongs to a permission. Its clauses are tried in order: whoever stands in one of the relations to a thing that
bears one of the words gets the answer; whoever no clause names gets the answer of a thing that does not exist.
"""

from dataclasses import dataclass
from enum import Enum


class Answer(Enum):
    MAY = "may"
    TOLD = "told why not"
    HIDDEN = "as if it did not exist"
    SIGN_IN = "asked to sign in"


MAY, TOLD, HIDDEN, SIGN_IN = Answer

ANY = ""


@dataclass(frozen=True)
class Row:
    """`visitors`: put to people who have not signed in too; otherwise those are asked to first."""

    clauses: tuple[tuple[str, str, Answer], ...]
    visitors: bool = False


def row(*clauses: tuple[str, str, Answer], visitors: bool = False) -> Row:
    return Row(clauses, visitors)


# words of things that several rooms speak of
DRAFTS = "application+draft"
WORKS_IN = "entry+document_review entry+consensus entry+site_visit entry+jury book pair"
SENT = "sent returned review consensus visit voting noticed ended others"
LATER = "consensus visit voting noticed ended"
SEATED = "visit voting noticed ended"
