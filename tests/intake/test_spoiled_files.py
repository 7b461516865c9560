"""A spoiled file gives a draft or a refusal in words, soon and in little memory; never anything else.

ZHUOYUE_SPOILED says how many files are tried; 2,000 take some minutes.
"""

import os
import time
import tracemalloc

import pytest

from intake.conftest import write_pdf
from intake.mutations import spoiled
from intake.test_word_content import NOTE, drawing, field, m, t
from intake.test_word_numbers import OUTLINE, PLAIN
from intake.word import STANDARD, listed, p, part, run, write_word
from zhuoyue.intake import IntakeError, outline, read

COUNT = int(os.environ.get("ZHUOYUE_SPOILED", "240"))
SECONDS = 2
BYTES = 200_000_000


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound")
    body = "".join(listed(*row) for row in OUTLINE) + p(
        run("注")
        + field(r"eq \o\ac(○,3)")
        + f"<m:oMath>{m('f', num=t('a'), den=t('b'))}</m:oMath>"
        + drawing('<a:blip r:embed="x"/>')
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    notes = {"word/footnotes.xml": part("footnotes", NOTE.format(kind="footnote", id=2, content=p("脚注。")))}
    text = folder / "a.txt"
    text.write_text("\n".join(STANDARD), encoding="utf-8")
    return [
        write_word(folder / "a.docx", p("示例准则") + body, PLAIN | notes),
        write_pdf("\n".join(STANDARD), folder / "a.pdf"),
        text,
    ]


def outcome(path):
    """How many clauses were found, or the code of a refusal that has its words in both languages."""
    try:
        return len(outline(read(path)).nodes)
    except IntakeError as refused:
        words = [refused.sentence(), refused.remedy(), refused.sentence("en"), refused.remedy("en")]
        return refused.code if all(words) else "without words"


def test_spoiled_files_are_read_or_refused(sound, tmp_path):
    outcomes = set()
    for seed in range(COUNT):
        source = sound[seed % len(sound)]
        path = tmp_path / f"spoiled{source.suffix}"
        path.write_bytes(spoiled(source.read_bytes(), seed))
        began = time.process_time()
        outcomes.add(outcome(path))
        assert time.process_time() - began < SECONDS, seed
    assert {"damaged", "wrong_type"} < outcomes
    assert "without words" not in outcomes
    assert any(isinstance(each, int) for each in outcomes)


def test_spoiled_files_take_little_memory(sound, tmp_path):
    tracemalloc.start()
    try:
        for seed in range(min(COUNT, 60)):
            source = sound[seed % len(sound)]
            path = tmp_path / f"spoiled{source.suffix}"
            path.write_bytes(spoiled(source.read_bytes(), seed))
            outcome(path)
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()
