"""All faults of a pack at once, each with file, line and remedy."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from zhuoyue.packs.programmes.checks import calendar, dossiers, quantities, references, reviewing
from zhuoyue.packs.programmes.checks.fault import Fault, Known
from zhuoyue.packs.programmes.faults import messages_of
from zhuoyue.packs.programmes.loader import Pack, parse, read_source
from zhuoyue.packs.programmes.paths import label
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.source import Message, Source, SourceError

NOTHING_KNOWN = Known()


def check_pack(
    pack: Pack | Path | str, *, name: str | None = None, known: Known = NOTHING_KNOWN
) -> tuple[Message, ...]:
    """Faults of writing, of form, and between parts, in the order of lines; empty when the pack is good.

    Parts are compared only once every part has its right form.
    """
    try:
        source = pack.source if isinstance(pack, Pack) else read_source(pack, name)
        programme = parse(source.data)
    except SourceError as error:
        return error.messages
    except ValidationError as error:
        found = [*messages_of(error.errors(), source), *_messages(references.duplicate_names(source.data), source)]
        return tuple(sorted(found))
    return tuple(sorted(_messages(_faults(programme, source, known), source)))


def _faults(programme: Programme, source: Source, known: Known) -> Iterator[Fault]:
    yield from references.duplicate_names(source.data)
    yield from references.broken_references(programme)
    yield from references.unplaced_assumptions(programme, source.data)
    yield from references.unknown_outside(programme, known)
    yield from calendar.phase_faults(programme)
    yield from calendar.submission_faults(programme)
    yield from calendar.other_spans(programme)
    yield from calendar.cadence_faults(programme)
    yield from quantities.cap_faults(programme)
    yield from quantities.quota_faults(programme)
    yield from quantities.team_faults(programme)
    yield from quantities.tier_faults(programme)
    yield from quantities.promotion_faults(programme)
    yield from reviewing.stage_faults(programme)
    yield from dossiers.form_faults(programme, known)
    yield from dossiers.condition_faults(programme)


def _messages(faults: Iterator[Fault], source: Source) -> Iterator[Message]:
    for fault in faults:
        yield Message(
            source.name,
            source.line_of(fault.path),
            label(source.data, fault.path),
            fault.code,
            fault.zh,
            fault.en,
            fault.remedy_zh,
            fault.remedy_en,
        )
