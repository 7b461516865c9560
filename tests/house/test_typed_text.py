"""Text out of requests is read by the kernel's own readers, and names are stored by one field."""

import ast

import pytest

from house.test_source import MODULES, SOURCE, named

FACES = [path for path in MODULES if "web" in path.parts]
MODELS = [path for path in MODULES if "domain" in path.parts and "models" in path.relative_to(SOURCE).as_posix()]
REQUEST_WORDS = {"request", "post", "POST", "GET", "data", "query"}
READERS = {"int", "float", "Decimal"}
# forms.Field of Django -> ours in web/shared/typed_fields.py
OURS = {"CharField", "IntegerField", "DecimalField", "FloatField", "DateField", "DateTimeField"}
LONG = {"Textarea", "PasswordInput", "HiddenInput"}


def calls(path):
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def words_in(node):
    found = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return found | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.mark.parametrize("path", FACES, ids=named)
def test_no_number_or_day_is_read_by_hand(path):
    by_hand = [
        ast.unparse(node)
        for node in calls(path)
        if called(node) in {"isdecimal", "isdigit", "isnumeric", "fromisoformat", "strptime"}
        or (called(node) in READERS and any(words_in(argument) & REQUEST_WORDS for argument in node.args))
    ]
    assert by_hand == ([] if path.name != "shown.py" else ["unit[0].isdigit()"])


@pytest.mark.parametrize("path", [path for path in FACES if path.name != "typed_fields.py"], ids=named)
def test_fields_of_forms_are_ours(path):
    bare = [
        ast.unparse(node)[:80]
        for node in calls(path)
        if ast.unparse(node.func) in {f"forms.{name}" for name in OURS}
        and not any(keyword.arg == "widget" and LONG & words_in(keyword.value) for keyword in node.keywords)
    ]
    assert bare == []


@pytest.mark.parametrize("path", MODELS, ids=named)
def test_names_are_stored_as_one_visible_line(path):
    bare = [
        ast.unparse(node)[:80]
        for node in calls(path)
        if ast.unparse(node.func) == "models.CharField"
        and not any(keyword.arg == "choices" for keyword in node.keywords)
    ]
    assert bare == [], "LineField of kernel.records keeps hidden marks and line breaks out of names"


def test_no_text_of_a_pack_is_a_format_string():
    """str.format reads attributes and makes texts of any width: it is for texts of our own alone."""
    ours = {
        "config/demo/content.py",
        "domain/office/queries/overview/places.py",
        "intake/errors.py",
        "packs/programmes/faults.py",
        "packs/standards/faults.py",
        "web/secretariat/overview/views.py",
        "web/shared/templatetags/zy.py",
    }
    formatting = {
        named(path)
        for path in MODULES
        if any(getattr(node.func, "attr", "") in {"format", "format_map"} for node in calls(path))
    }
    assert formatting <= {f"src/zhuoyue/{path}" for path in ours}
