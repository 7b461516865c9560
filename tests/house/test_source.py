"""Rules of the house that a reading of the source can hold."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "zhuoyue"
TESTS = SOURCE.parents[1] / "tests"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
WRITES = re.compile(
    r"\.objects\.(create|update|bulk_|get_or_create|update_or_create)|\.(save|bulk_create|bulk_update)\("
)
FILE_LIMIT, TEST_LIMIT, TEMPLATE_LIMIT, FUNCTION_LIMIT = 500, 600, 200, 60


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix() if SOURCE in path.parents else path.name


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


@pytest.mark.parametrize("path", [path for path in MODULES if "web" in path.parts], ids=named)
def test_a_face_writes_nothing_itself(path):
    found = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if WRITES.search(line)]
    assert not found


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_small_and_named_for_its_subject(path):
    assert lines_of(path) <= FILE_LIMIT
    assert path.stem not in {"utils", "helpers", "misc", "common"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if node.end_lineno - node.lineno + 1 > FUNCTION_LIMIT] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_way_around_the_import_order(path):
    text = path.read_text(encoding="utf-8")
    assert "apps.get_model(" not in text
    assert "import_module(" not in text or "zhuoyue" not in text.split("import_module(", 1)[1][:60]
    if path.name != "receivers.py" and path.parent.name != "kernel":
        assert not re.search(r"^@receiver\(", text, re.MULTILINE), "receivers stand in receivers.py"


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.html")), ids=named)
def test_a_template_is_small_and_carries_no_inline_code(path):
    text = path.read_text(encoding="utf-8")
    assert lines_of(path) <= TEMPLATE_LIMIT
    assert not re.search(r"""\sstyle=["']|<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=["']""", text), (
        "refused by the policy"
    )


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: path.relative_to(TESTS).as_posix())
def test_a_test_file_is_small(path):
    assert lines_of(path) <= TEST_LIMIT


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_the_project_speaks_of_itself_alone(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/work/|\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplementedError", text)
