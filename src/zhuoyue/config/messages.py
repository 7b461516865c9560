"""Texts of the interface: Chinese in the source, English in one catalogue for each app.

GNU gettext is not needed: strings are found in the syntax tree of Python and in the tags of templates, and the
catalogues are read, merged and compiled by Babel.
"""

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

Text = tuple[str, ...]  # (message,) or (message, plural); a context stands before its message and a \x04
SEPARATOR = "\x04"
_ONE = {"_", "gettext", "gettext_lazy", "gettext_noop", "verb_words"}
_MANY = {"ngettext", "ngettext_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_TAG = re.compile(
    r"""\{%\s*trans(?:late)?\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?:\s+context\s+("[^"]*"|'[^']*'))?"""
)
_INLINE = re.compile(r"""(?:\{%|\{\{)[^%}]*?\b_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b(.*?)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
_PLURAL = re.compile(r"\{%\s*plural\s*%\}")
_NAME = re.compile(r"%\((\w+)\)")
_HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class App:
    """A folder with texts of its own, and where its English stands."""

    folder: Path

    @property
    def catalogue(self) -> Path:
        return self.folder / "locale" / "en" / "LC_MESSAGES" / "django.po"


def texts_of_python(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        wanted = 1 if name in _ONE else 2 if name in _MANY | _IN_CONTEXT else 0
        given = [part.value for part in node.args[:wanted] if isinstance(part, ast.Constant)]
        if wanted and len(given) == wanted and all(isinstance(part, str) for part in given):
            parts = [str(part) for part in given]
            yield (SEPARATOR.join(parts),) if name in _IN_CONTEXT else tuple(parts)


def texts_of_template(source: str) -> Iterator[Text]:
    for match in _TAG.finditer(source):
        message = str(ast.literal_eval(match[1]))
        yield (f"{ast.literal_eval(match[2])}{SEPARATOR}{message}" if match[2] else message,)
    for match in _INLINE.finditer(source):
        yield (str(ast.literal_eval(match[1])),)
    for match in _BLOCK.finditer(source):
        trimmed = "trimmed" in match[1].split()
        yield tuple(_block_text(part, trimmed=trimmed) for part in _PLURAL.split(match[2]))


def _block_text(text: str, *, trimmed: bool) -> str:
    if trimmed:
        text = " ".join(line.strip() for line in text.strip().splitlines())
    return _VARIABLE.sub(r"%(\1)s", text.replace("%", "%%"))


def texts_of(app: App, nested: set[Path]) -> dict[Text, str]:
    """Every text of an app -> a file that has it; folders of other apps inside are left to them."""
    found: dict[Text, str] = {}
    for path in sorted(app.folder.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        if any(other in path.parents for other in nested):
            continue
        read = texts_of_python if path.suffix == ".py" else texts_of_template
        for text in read(path.read_text(encoding="utf-8")):
            if any(part.strip() for part in text):
                found.setdefault(text, path.relative_to(app.folder).as_posix())
    return found


def read_catalogue(app: App) -> Catalog:
    if not app.catalogue.exists():
        return Catalog(locale="en")
    with app.catalogue.open("rb") as source:
        return read_po(source, locale="en", ignore_obsolete=True)


def merge(app: App, texts: dict[Text, str]) -> Catalog:
    """The catalogue with exactly `texts`, keeping what is translated."""
    old = read_catalogue(app)
    new = Catalog(locale="en", project="zhuoyue", header_comment="# English texts.", charset="utf-8")
    for text in sorted(texts):
        context, _, first = text[0].rpartition(SEPARATOR)
        known = old.get(first, context or None)
        given = known.string if known is not None else ""
        plural = len(text) > 1
        if plural and not isinstance(given, tuple | list):
            given = (given, given)
        new.add(
            (first, *text[1:]) if plural else first,
            given,
            locations=[(texts[text], 0)],
            flags=known.flags if known else (),
            context=context or None,
        )
    return new


def missing_in(catalogue: Catalog) -> list[str]:
    """Messages without English."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        given = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if not all(given):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def names_in(text: str) -> list[str]:
    """The variables of a message."""
    return _NAME.findall(text)


def as_text(catalogue: Catalog) -> bytes:
    """The .po file: without dates, so that the same texts give the same bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, omit_header=True, include_lineno=False, sort_output=True)
    return _HEADER.encode() + out.getvalue()


def compile_catalogue(app: App) -> None:
    with app.catalogue.with_suffix(".mo").open("wb") as out:
        write_mo(out, read_catalogue(app))
