"""Every figure on the pages of `docs/methods` is worked again here.

Each fenced block marked python with `>>>` runs, the blocks of one page in one namespace, in their order.
"""

import doctest
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "methods"
PAGES = sorted(FOLDER.glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(text):
    """The page's examples with their line numbers on the page."""
    for block in BLOCK.finditer(text):
        above = text.count("\n", 0, block.start(1))
        for example in doctest.DocTestParser().get_examples(block.group(1)):
            example.lineno += above
            yield example


def report(text, name="page"):
    """What the runner has to say about a page, and how much it ran."""
    found = list(examples(text))
    said = []
    runner = doctest.DocTestRunner(verbose=False)
    failed, _ = runner.run(doctest.DocTest(found, {"__name__": "page"}, name, name, 0, text), out=said.append)
    return len(found), failed, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_worked_numbers_come_out_as_printed(page):
    ran, failed, said = report(page.read_text("utf-8"), str(page))
    assert ran, f"{page.name} has no worked example"
    assert not failed, said


def test_a_wrong_number_is_found_with_its_line():
    _, failed, said = report("# Sum\n\n```python\n>>> 1 + 1\n3\n\n```\n")
    assert failed == 1
    assert "line 4" in said


def test_blocks_of_one_page_follow_each_other():
    assert report("```python\n>>> a = 2\n```\n\ntext\n\n```python\n>>> a * 3\n6\n```\n")[:2] == (2, 0)
