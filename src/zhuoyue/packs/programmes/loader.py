"""From a file or a text to a typed pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zhuoyue.packs.programmes.faults import messages_of
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.source import Source, SourceError, decode, load_yaml


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    programme: Programme
    source: Source

    @property
    def key(self) -> str:
        return self.programme.key


def load_pack(pack: Path | str, *, name: str | None = None) -> Pack:
    """A typed pack from a path, or from a text (`name` then stands for the file in messages).

    Raises:
        SourceError: with every fault of form at once. Faults between parts are found by `check_pack`.
    """
    return _load(*_text_of(pack, name))


@lru_cache(maxsize=32)
def _load(text: str, name: str) -> Pack:
    source = load_yaml(text, name)
    try:
        programme = parse(source.data)
    except ValidationError as error:
        raise SourceError(sorted(messages_of(error.errors(), source))) from error
    return Pack(programme, source)


def read_source(pack: Path | str, name: str | None = None) -> Source:
    return load_yaml(*_text_of(pack, name))


def _text_of(pack: Path | str, name: str | None) -> tuple[str, str]:
    if isinstance(pack, Path):
        return decode(pack.read_bytes(), name or pack.name), name or pack.name
    return pack, name or "pack.yaml"


def parse(data: Mapping[str, Any]) -> Programme:
    return Programme.model_validate(data)


def shipped_packs() -> tuple[Pack, ...]:
    """The packs that come with the software, in the order of their file names."""
    folder = files("zhuoyue.packs.programmes") / "data"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    return tuple(load_pack(decode(entry.read_bytes(), entry.name), name=entry.name) for entry in found)
