"""From a file or a text to a checked scoring model; models that combine others are filled from them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from zhuoyue.packs.scoring_models.checks import faults_of
from zhuoyue.packs.scoring_models.schema import ScoringModelData
from zhuoyue.packs.source import Message, Source, SourceError, decode, load_yaml
from zhuoyue.packs.standards.faults import label, messages_of

_NONE: Mapping[str, ScoringModelData] = MappingProxyType({})


def load_scoring_model(
    origin: Path | str, *, name: str | None = None, known: Mapping[str, ScoringModelData] = _NONE
) -> ScoringModelData:
    """A model from a path, or from a text (`name` then stands for the file in messages).

    `known` are the models that `combines` may name.

    Raises:
        SourceError: with every fault found, each with file, line and remedy.
    """
    if isinstance(origin, Path):
        name = name or origin.name
        origin = decode(origin.read_bytes(), name)
    source = load_yaml(origin, name or "scoring-model.yaml")
    try:
        model = ScoringModelData.model_validate(source.data)
    except ValidationError as error:
        raise SourceError(sorted(messages_of(error.errors(), source, ScoringModelData))) from error
    model = _combined(model, known, source)
    messages = [
        Message(source.name, source.line_of(path), label(source.data, path), code, *words)
        for code, path, *words in faults_of(model)
    ]
    if messages:
        raise SourceError(sorted(messages))
    return model


@cache
def shipped_scoring_models() -> Mapping[str, ScoringModelData]:
    """The models that come with the software, by key."""
    folder = files("zhuoyue.packs.scoring_models") / "data"
    texts = {
        entry.name: decode(entry.read_bytes(), entry.name) for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }
    models: dict[str, ScoringModelData] = {}
    # A model that combines others is read after them.
    for name in sorted(texts, key=lambda name: ("\ncombines:" in texts[name], name)):
        model = load_scoring_model(texts[name], name=name, known=models)
        models[model.key] = model
    return MappingProxyType(models)


def _combined(model: ScoringModelData, known: Mapping[str, ScoringModelData], source: Source) -> ScoringModelData:
    unknown = [key for key in model.combines if key not in known]
    parts = [known[key] for key in model.combines if key in known]
    if unknown or any(part.bands != parts[0].bands or part.step != parts[0].step for part in parts):
        raise SourceError([_combines_fault(unknown, known, source)])
    if not parts:
        return model
    dimensions = tuple(
        dimension.model_copy(update={"applies_to": part.applies_to}) for part in parts for dimension in part.dimensions
    )
    return model.model_copy(update={"bands": parts[0].bands, "step": parts[0].step, "dimensions": dimensions})


def _combines_fault(unknown: list[str], known: Mapping[str, ScoringModelData], source: Source) -> Message:
    names = "、".join(sorted(known))
    if unknown:
        zh, en = f"没有名为“{unknown[0]}”的评分模型。", f"There is no scoring model “{unknown[0]}”."
    else:
        zh, en = "所合并的模型分档不同。", "The combined models have different bands."
    return Message(
        source.name,
        source.line_of(("combines",)),
        "combines",
        "combines",
        zh,
        en,
        f"请合并分档相同的已有模型：{names or '无'}。",
        f"Combine existing models with equal bands: {names or 'none'}.",
    )
