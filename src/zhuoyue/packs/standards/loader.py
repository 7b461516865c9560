"""From a file or a text to a checked edition."""

from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from zhuoyue.packs.source import Message, Source, SourceError, decode, load_yaml
from zhuoyue.packs.standards.checks import faults_of
from zhuoyue.packs.standards.faults import label, messages_of
from zhuoyue.packs.standards.schema import Standard


@dataclass(frozen=True, slots=True, eq=False)
class LoadedStandard:
    standard: Standard
    source: Source

    @property
    def key(self) -> str:
        return self.standard.key


def load_standard(
    origin: Path | str, *, name: str | None = None, models: Collection[str] | None = None
) -> LoadedStandard:
    """An edition from a path, or from a text (`name` then stands for the file in messages).

    `models` are the keys of the scoring models that exist; None leaves the reference unchecked.

    Raises:
        SourceError: with every fault found, each with file, line and remedy.
    """
    if isinstance(origin, Path):
        name = name or origin.name
        origin = decode(origin.read_bytes(), name)
    source = load_yaml(origin, name or "standard.yaml")
    try:
        standard = Standard.model_validate(source.data)
    except ValidationError as error:
        raise SourceError(sorted(messages_of(error.errors(), source, Standard))) from error
    messages = [
        Message(source.name, source.line_of(path), label(source.data, path), code, *words)
        for code, path, *words in faults_of(standard, models)
    ]
    if messages:
        raise SourceError(sorted(messages))
    return LoadedStandard(standard, source)


def shipped_standards() -> tuple[LoadedStandard, ...]:
    """The editions that come with the software, in the order of their file names."""
    folder = files("zhuoyue.packs.standards") / "data"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    return tuple(load_standard(decode(entry.read_bytes(), entry.name), name=entry.name) for entry in found)
