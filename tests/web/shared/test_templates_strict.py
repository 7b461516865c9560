"""What the content security policy would refuse, found before a browser does."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).resolve().parents[3] / "src/zhuoyue/web/shared/templates"
FILES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
FORBIDDEN = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:")


@pytest.mark.parametrize("name", FILES)
def test_no_inline_style_or_script(name):
    assert not FORBIDDEN.search((TEMPLATES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_every_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", FILES)
def test_templates_stay_short(name):
    assert len((TEMPLATES / name).read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("cotton/")])
def test_every_component_declares_what_it_takes(name):
    """Without a default a value of the page around it would leak in."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    bare = {"seal_mark", "chevron", "language_switch", "theme_switch", "page_foot", "task_list", "mini_legend"}
    assert "<c-vars" in text or Path(name).stem in bare
