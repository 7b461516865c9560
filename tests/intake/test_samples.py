"""Small documents of every kind that was once read wrongly, kept outside with what each must give."""

import json

import pytest

from intake.conftest import shared_folder
from zhuoyue.intake import counts, outline, read

NAMES = (
    "word-field.docx",
    "word-footnote.docx",
    "word-equation.docx",
    "word-smartart.docx",
    "word-chapter-list.docx",
    "word-deleted-numbered.docx",
    "word-strict.docx",
    "text-begins-BM.txt",
    "text-ctrl-z.txt",
    "text-zero-width-before-number.txt",
    "text-word-joiner-before-letter.txt",
    "pdf-letterspaced.pdf",
    "text-spaced-terms.txt",
    "pdf-watermark.pdf",
    "text-ideographic-stop.txt",
)


def closed(text):
    return "".join(text.split())


def test_every_sample_is_tried():
    assert set(json.loads((shared_folder("data/documents") / "expected.json").read_text())) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_read_as_expected(name):
    folder = shared_folder("data/documents")
    expected = json.loads((folder / "expected.json").read_text())[name]
    draft = outline(read(folder / name))
    nodes = list(draft.walk())
    codes = {node.code for node in nodes}
    assert set(expected.get("codes", ())) <= codes
    assert not set(expected.get("not_codes", ())) & codes
    lines = [closed(line.text) for line in draft.document.lines]
    assert any(closed(expected.get("text", "")) in line for line in lines)
    hidden = expected.get("not_node_text")
    assert not hidden or not any(hidden in node.title + node.text for node in nodes)
    assert counts(draft) | expected.get("count", {}) == counts(draft)
