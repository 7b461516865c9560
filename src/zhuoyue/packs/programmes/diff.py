"""What changed between two packs, by stable names, so that a reordered list is not a changed one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from zhuoyue.packs.programmes.loader import Pack
from zhuoyue.packs.programmes.paths import name_of

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Change:
    """`old` or `new` is None where the value was added or removed."""

    path: str
    kind: Literal["added", "removed", "changed", "reordered"]
    old: Any
    new: Any

    @property
    def text_zh(self) -> str:
        return {
            "added": f"新增 {self.path}：{brief(self.new)}",
            "removed": f"删除 {self.path}（原为 {brief(self.old)}）",
            "changed": f"{self.path} 由 {brief(self.old)} 改为 {brief(self.new)}",
            "reordered": f"{self.path} 顺序由 {brief(self.old)} 改为 {brief(self.new)}",
        }[self.kind]

    @property
    def text_en(self) -> str:
        return {
            "added": f"{self.path} added: {brief(self.new, 'en')}",
            "removed": f"{self.path} removed (was {brief(self.old, 'en')})",
            "changed": f"{self.path} changed from {brief(self.old, 'en')} to {brief(self.new, 'en')}",
            "reordered": f"{self.path} reordered from {brief(self.old, 'en')} to {brief(self.new, 'en')}",
        }[self.kind]


def diff_packs(old: Pack, new: Pack) -> tuple[Change, ...]:
    return tuple(_compare(old.source.data, new.source.data, ""))


def brief(value: Any, language: str = "zh") -> str:
    """A value in a few words: texts in the reader's language, groups by their title or size."""
    if isinstance(value, dict):
        if language in value:
            return str(value[language])
        if isinstance(value.get("title"), dict):
            return brief(value["title"], language)
        return name_of(value) or "、".join(value)
    if isinstance(value, tuple):
        return "、".join(brief(part, language) for part in value) or "[]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _compare(old: Any, new: Any, path: str) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _compare_named(old, new, path)
    elif _is_keyed(old) and _is_keyed(new):
        before, after = ({name_of(element): element for element in side} for side in (old, new))
        common = [name for name in before if name in after], [name for name in after if name in before]
        if common[0] != common[1]:
            yield Change(path, "reordered", tuple(common[0]), tuple(common[1]))
        yield from _compare_named(before, after, path)
    else:
        yield Change(path, "changed", old, new)


def _compare_named(old: dict[Any, Any], new: dict[Any, Any], path: str) -> Iterator[Change]:
    for name in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(name, _MISSING), new.get(name, _MISSING)
        place = f"{path}.{name}" if path else str(name)
        if before is _MISSING:
            yield Change(place, "added", None, after)
        elif after is _MISSING:
            yield Change(place, "removed", before, None)
        else:
            yield from _compare(before, after, place)


def _is_keyed(value: Any) -> bool:
    """Every element named, and no name twice."""
    if not isinstance(value, tuple):
        return False
    names = [name_of(element) for element in value]
    return None not in names and len(set(names)) == len(names)
