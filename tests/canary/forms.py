"""Forms as pages show them: read, filled in, and filled in with ids of what is not the reader's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TYPED = {"number": "1", "date": "2021-12-01", "datetime-local": "2021-12-01T10:00", "email": "someone@example.org"}
WRITTEN = ("text", "search", "textarea", "url", "tel")
PRESSED = ("submit", "button", "image", "reset", "file")


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({entry.name for entry in self.fields}))

    def as_it_stands(self) -> dict[str, list[str]]:
        return self._with(lambda entry: entry.value)

    def filled_in(self) -> dict[str, list[str]]:
        """Something in every field that was empty, something else in what is written."""

        def value(entry: Field) -> str:
            if entry.kind in WRITTEN:
                return "写了几个字"
            return entry.value or TYPED.get(entry.kind, "") or next(filter(None, entry.options), "")

        return self._with(value)

    def ids(self) -> Iterator[tuple[str, str]]:
        """(field, id) for every field that takes an id."""
        for entry in self.fields:
            known = next((text for text in (entry.value, *entry.options) if UUID.fullmatch(text)), None)
            if known:
                yield entry.name, known

    def _with(self, value) -> dict[str, list[str]]:
        data: dict[str, list[str]] = {}
        for entry in self.fields:
            data.setdefault(entry.name, []).append(value(entry))
        return data


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.inside)
        elif self.inside is None:
            return
        elif tag == "option" and self.select is not None:
            self.select.options.append(given.get("value", ""))
            if "selected" in given or len(self.select.options) == 1:
                self.select.value = given.get("value", "")
        elif given.get("name") and tag in ("input", "textarea", "select"):
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if kind in PRESSED or given["name"] == "csrfmiddlewaretoken":
            return
        entry = Field(given["name"], kind, given.get("value", ""))
        if kind in ("checkbox", "radio") and "checked" not in given:
            entry = Field(given["name"], kind, "", [given.get("value", "on")])
        self.inside.fields.append(entry)
        self.select = entry if tag == "select" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = None


def forms_in(text: str) -> list[Form]:
    reader = _Reader()
    reader.feed(text)
    return reader.forms
