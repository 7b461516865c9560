"""Rules of the house that a reading of the source can hold."""

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "zhuoyue"
TESTS = SOURCE.parents[1] / "tests"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
WRITES = re.compile(
    r"\.objects\.(create|update|bulk_|get_or_create|update_or_create)|\.(save|bulk_create|bulk_update)\("
)
RECEIVER = re.compile(r"^@receiver\(", re.MULTILINE)
INLINE = re.compile(r"""\sstyle=["']|<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=["']""")
UNFINISHED = re.compile(r"/work/|\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplementedError")
TEMPLATES = sorted(SOURCE.rglob("*.html"))
FILE_LIMIT, TEST_LIMIT, TEMPLATE_LIMIT, FUNCTION_LIMIT = 500, 600, 200, 60


def named(path: Path) -> str:
    return path.relative_to(SOURCE.parents[1]).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def lines_of(path: Path) -> int:
    return text_of(path).count("\n")


def those_that(offend, paths) -> list[str]:
    """Every offender at once, so that one run tells all there is to mend."""
    return [f"{named(path)}: {told}" for path in paths for told in [offend(path)] if told]


def test_a_face_writes_nothing_itself():
    def writes(path):
        return [line.strip() for line in text_of(path).splitlines() if WRITES.search(line)]

    assert those_that(writes, [path for path in MODULES if "web" in path.parts]) == []


def test_a_module_is_small():
    assert those_that(lambda path: max(lines_of(path) - FILE_LIMIT, 0), MODULES) == []


def test_a_module_is_named_for_its_subject():
    assert [named(path) for path in MODULES if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_a_function_is_small():
    def long_ones(path):
        functions = [node for node in ast.walk(ast.parse(text_of(path))) if isinstance(node, ast.FunctionDef)]
        return [node.name for node in functions if node.end_lineno - node.lineno + 1 > FUNCTION_LIMIT]

    assert those_that(long_ones, MODULES) == []


def test_no_way_around_the_import_order():
    def ways(path):
        text = text_of(path)
        found = [word for word in ("apps.get_model(",) if word in text]
        if "import_module(" in text and "zhuoyue" in text.split("import_module(", 1)[1][:60]:
            found.append("import_module")
        if path.name != "receivers.py" and path.parent.name != "kernel" and RECEIVER.search(text):
            found.append("receivers stand in receivers.py")
        return found

    assert those_that(ways, MODULES) == []


def test_a_template_is_small():
    assert those_that(lambda path: max(lines_of(path) - TEMPLATE_LIMIT, 0), TEMPLATES) == []


def test_a_template_carries_no_inline_code():
    """The policy refuses it."""
    assert those_that(lambda path: INLINE.findall(text_of(path)), TEMPLATES) == []


def test_a_test_file_is_small():
    assert those_that(lambda path: max(lines_of(path) - TEST_LIMIT, 0), TESTS.rglob("*.py")) == []


def test_the_project_speaks_of_itself_alone():
    assert those_that(lambda path: UNFINISHED.findall(text_of(path)), MODULES) == []
