"""Published documents to outline to drafts. Pure Python, no Django.

Read are .txt, .docx and .pdf; .doc, .wps, .rtf and .odt where LibreOffice is installed.
"""

from zhuoyue.intake.document import LIMITS, Document, Limits, Line, LineRole
from zhuoyue.intake.draft import Furniture, Indicator, Node, NodeKind, StandardDraft, Unplaced, counts, to_json
from zhuoyue.intake.editions import Imprint, edition_of
from zhuoyue.intake.errors import IntakeError
from zhuoyue.intake.outlining import outline
from zhuoyue.intake.reading import read
from zhuoyue.intake.segments import Span

__all__ = [
    "LIMITS",
    "Document",
    "Furniture",
    "Imprint",
    "Indicator",
    "IntakeError",
    "Limits",
    "Line",
    "LineRole",
    "Node",
    "NodeKind",
    "Span",
    "StandardDraft",
    "Unplaced",
    "counts",
    "edition_of",
    "outline",
    "read",
    "to_json",
]
