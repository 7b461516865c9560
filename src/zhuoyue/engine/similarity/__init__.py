"""Near copies among Chinese and English texts.

    index = build_index([Text("a", ...), Text("b", ...)], known=[the_standard])
    for pair in find_copies(index): ...

Winnowed shingles find the pairs by index, never by comparing all; the passages are then traced letter by letter.
"""

from zhuoyue.engine.similarity.copies import Pair, find_copies, find_copies_of
from zhuoyue.engine.similarity.index import Index, Settings, SimilarityError, Text, build_index
from zhuoyue.engine.similarity.passages import Passage

__all__ = [
    "Index",
    "Pair",
    "Passage",
    "Settings",
    "SimilarityError",
    "Text",
    "build_index",
    "find_copies",
    "find_copies_of",
]
