"""The form of one item: what was typed, whatever it is, and the judgement it amounts to.

Points are typed one to a line or one to a field; a dimension is chosen by its place in the scale or, from the page that
shows two texts, by its word.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.judging.queries.marks import marked
from zhuoyue.kernel import formats, typed
from zhuoyue.web.shared.scoring.scale import Scale


@dataclass(frozen=True, slots=True)
class ItemFields:
    """`dimensions`: key -> (place of the band or None, note)."""

    value: str = ""
    dimensions: tuple[tuple[str, int | None, str], ...] = ()
    strengths: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    done: bool = False
    version: int = 0

    @property
    def number(self) -> Decimal | None:
        """The value where it is a number, for showing what is chosen."""
        return typed.number(self.value)

    def judgement(self, scale: Scale, *, done: bool = False) -> Judgement:
        """Raises ScoreRefusedError where the value is no number."""
        value = self.number
        if self.value and value is None:
            raise ScoreRefusedError(_("“%(value)s”不是数。") % {"value": self.value})
        dimensions = {
            key: {"band": scale.bands[place].key if place is not None else "", "note": note}
            for key, place, note in self.dimensions
            if place is not None or note
        }
        kept = self.done and value is not None and bool(self.strengths or self.gaps)
        return Judgement(value, dimensions, self.strengths, self.gaps, self.marks, done=done or kept)


def from_item(item: ItemScore | None, scale: Scale) -> ItemFields:
    if item is None:
        return ItemFields(dimensions=tuple((entry.key, None, "") for entry in scale.dimensions))
    held = item.dimensions
    return ItemFields(
        value=formats.plain(item.value) if item.value is not None else "",
        dimensions=tuple(
            (
                entry.key,
                scale.place_of(held.get(entry.key, {}).get("band", "")),
                held.get(entry.key, {}).get("note", ""),
            )
            for entry in scale.dimensions
        ),
        strengths=tuple(item.strengths),
        gaps=tuple(item.gaps),
        marks=tuple(item.marks),
        done=item.done,
        version=item.version,
    )


def from_post(post: QueryDict, scale: Scale) -> ItemFields:
    return ItemFields(
        value=post.get("percent", "").strip(),
        dimensions=tuple(
            (entry.key, _place(post.get(f"dim-{entry.key}", ""), scale), post.get(f"note-{entry.key}", "").strip())
            for entry in scale.dimensions
        ),
        strengths=_points(post, "strength"),
        gaps=_points(post, "gap"),
        marks=tuple(marked([line for text in post.getlist("mark") for line in text.split("\n")])),
        done=post.get("done") == "1",
        version=typed.version(post.get("version")),
    )


def _place(text: str, scale: Scale) -> int | None:
    if text in scale.words:
        return scale.words.index(text)
    place = typed.whole(text, otherwise=len(scale.bands))
    return place if place < len(scale.bands) else None


def _points(post: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for text in post.getlist(name) for line in text.splitlines() if line.strip())


def shown(fields: ItemFields, scale: Scale) -> dict[str, tuple[str, str]]:
    """Field name -> (label, text), for the page that shows two texts."""
    names = {entry.key: entry.name for entry in scale.dimensions}
    rows = {"percent": (_("分值"), fields.value)}
    for key, place, note in fields.dimensions:
        rows[f"dim-{key}"] = (names[key], scale.words[place] if place is not None else "")
        rows[f"note-{key}"] = (_("%(dimension)s的依据") % {"dimension": names[key]}, note)
    rows["strength"] = (_("优势"), "\n".join(fields.strengths))
    rows["gap"] = (_("改进机会"), "\n".join(fields.gaps))
    rows["mark"] = (_("摘录"), "\n".join(fields.marks))
    return rows


def conflict(stored: ItemFields, yours: ItemFields, scale: Scale) -> dict[str, Any]:
    """Rows where the two differ, and hidden fields for the rest."""
    ours, theirs = shown(yours, scale), shown(stored, scale)
    rows = [
        {"label": label, "name": name, "stored": theirs[name][1], "yours": text}
        for name, (label, text) in ours.items()
        if text != theirs[name][1]
    ]
    hidden = [(name, text) for name, (_label, text) in ours.items() if text == theirs[name][1]]
    return {"rows": rows, "hidden": [*hidden, ("version", stored.version), ("done", "1" if stored.done else "")]}
