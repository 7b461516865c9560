"""What a type of form part can do stands with its class. Nobody else asks of which type a part is."""

import ast
import re
from pathlib import Path
from typing import get_args

import pytest
from tests.house.test_source import MODULES, SOURCE, TEMPLATES

from zhuoyue.config.demo.content import INVENTED
from zhuoyue.domain.dossiers.parts import TYPES, type_of
from zhuoyue.packs.programmes.schema import forms
from zhuoyue.web.shared.dossier.parts import FACES, face_of

CLASSES = {get_args(member)[0] for member in get_args(get_args(forms.Part)[0])}
KINDS = {get_args(part.model_fields["kind"].annotation)[0] for part in CLASSES}
ROOMS = (
    "packs/programmes/schema/forms.py",
    "domain/dossiers/parts/",
    "web/shared/dossier/parts/",
    "config/demo/content.py",
)
COMPARED = re.compile(r"(?:section|part)\.kind\s*(?:==|!=|in)\s")


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def names_in(node: ast.AST) -> set[str]:
    return {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}


def asks_for_a_type(node: ast.AST) -> bool:
    """`isinstance(x, ProfilePart)`, or a `.kind` compared with the name of a type of part."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        return bool(names_in(node.args[1]) & {part.__name__ for part in CLASSES})
    if not isinstance(node, ast.Compare):
        return False
    of_kind = any(isinstance(side, ast.Attribute) and side.attr == "kind" for side in (node.left, *node.comparators))
    texts = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
    return of_kind and bool(texts & KINDS)


def test_the_schema_has_part_types_to_look_for():
    assert len(CLASSES) == len(KINDS) >= 7


@pytest.mark.parametrize("registry", [TYPES, FACES, INVENTED], ids=["domain", "face", "demonstration"])
def test_every_type_has_its_class_in_every_room(registry):
    assert set(registry) == CLASSES


def test_a_part_without_a_class_is_an_error_and_never_taken_for_another():
    stranger = forms.PartBase(key="p", title={"zh": "甲", "en": "A"})
    for look_up in (type_of, face_of):
        with pytest.raises(KeyError):
            look_up(stranger)


def test_every_face_names_templates_that_exist():
    folder = SOURCE / "web/shared/templates/shared/dossier"
    for face in FACES.values():
        for setting in ("page", "sheet", "short"):
            assert (folder / setting / f"{getattr(face, setting)}.html").is_file()


def test_nobody_else_compares_types_of_parts():
    found = [
        f"{room_of(path)}:{node.lineno}"
        for path in MODULES
        if not room_of(path).startswith(ROOMS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if asks_for_a_type(node)
    ]
    assert found == []
    assert [room_of(path) for path in TEMPLATES if COMPARED.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("isinstance(part, forms.X)", False),
        ("isinstance(part, (TablePart, int))", True),
        ("section.kind == 'profile'", True),
        ("section.part.kind in {'evidence'}", True),
        ("node.kind == 'category'", False),
    ],
)
def test_the_rule_sees_what_it_looks_for(text, asks):
    assert asks_for_a_type(ast.parse(text, mode="eval").body) is asks


def test_frozen_dossiers_are_read_through_their_format():
    """`Snapshot.content` is read in `domain/dossiers` alone; everybody else asks for `frozen`, which checks."""
    wrong = re.compile(r"snapshot\.content\b")
    found = [room_of(path) for path in MODULES if wrong.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_examiners_and_jurors_never_read_without_asking_who_is_hidden():
    """`mask=None` is for those who may know who applies; blind faces take what the stage says."""
    blind = [path for path in MODULES if room_of(path).startswith(("web/expert/", "web/jury/"))]
    assert [room_of(path) for path in blind if "mask=None" in path.read_text(encoding="utf-8")] == []
    assert any("mask_of(" in path.read_text(encoding="utf-8") for path in blind)
