"""Dates: in order, declared where they overlap, inside the phase that they belong to."""

from collections.abc import Iterator
from datetime import datetime

from zhuoyue.packs.programmes.checks.fault import Fault
from zhuoyue.packs.programmes.schema import Programme
from zhuoyue.packs.programmes.schema.dates import Moment, Relative
from zhuoyue.packs.programmes.schema.phases import Phase
from zhuoyue.packs.source import RawPath


def phase_faults(programme: Programme) -> Iterator[Fault]:
    previous: Phase | None = None
    latest = datetime.min  # noqa: DTZ901 - wall time like every date of a pack
    for index, phase in enumerate(programme.phases):
        path: RawPath = ("phases", index)
        yield from _dating_faults(phase, path)
        first = _first(phase)
        if first is None:
            continue
        if previous and first < latest:
            yield Fault(
                "phase-order",
                (*path, "start"),
                f"阶段“{phase.title}”早于写在前面的“{previous.title}”。",
                f"The phase “{phase.title.en}” begins before “{previous.title.en}”, which stands above it.",
                "请按开始时间排列各阶段，或改正日期。",
                "List phases by their start, or correct the date.",
            )
        previous, latest = phase, first
    yield from _overlap_faults(programme.phases)
    yield from _relative_faults(programme)


def _dating_faults(phase: Phase, path: RawPath) -> Iterator[Fault]:
    if _reversed(phase.start, phase.end):
        yield _order_fault((*path, "end"))
    if phase.start is None and phase.end is None and not phase.undated:
        yield Fault(
            "phase-undated",
            path,
            f"阶段“{phase.title}”没有日期。",
            f"The phase “{phase.title.en}” has no date.",
            "请写 start 和 end；文件确未定日期的，写 undated: true。",
            "Write start and end; where the document sets no date, write undated: true.",
        )
    if phase.start is not None and phase.end is None and not phase.open_ended:
        yield Fault(
            "phase-without-end",
            path,
            f"阶段“{phase.title}”没有结束日期。",
            f"The phase “{phase.title.en}” has no end.",
            "请写 end；确无期限的，写 open_ended: true。",
            "Write end; where there is none, write open_ended: true.",
        )
    if (phase.undated and (phase.start or phase.end)) or (phase.open_ended and phase.end):
        yield Fault(
            "phase-contradiction",
            path,
            f"阶段“{phase.title}”既写了日期，又声明没有。",
            f"The phase “{phase.title.en}” has a date and says that it has none.",
            "请删去日期，或删去 undated / open_ended。",
            "Remove the date, or undated / open_ended.",
        )


def _overlap_faults(phases: tuple[Phase, ...]) -> Iterator[Fault]:
    """An overlap is a fact to be stated, so that a slip of the pen does not pass for one."""
    for index, phase in enumerate(phases):
        for other in phases[:index]:
            if other.key in phase.overlaps or phase.key in other.overlaps:
                continue
            if _meet(other, phase):
                yield Fault(
                    "phase-overlap",
                    ("phases", index),
                    f"阶段“{phase.title}”与“{other.title}”时间重叠，但没有声明。",
                    f"The phases “{phase.title.en}” and “{other.title.en}” overlap without saying so.",
                    f"若确实重叠，请在本阶段写 overlaps: [{other.key}]；否则改正日期。",
                    f"If they do, write overlaps: [{other.key}] here; if not, correct the dates.",
                )


def _meet(one: Phase, two: Phase) -> bool:
    starts = [start for start in (_first(one), _first(two)) if start]
    ends = [end for end in (_until(one), _until(two)) if end]
    return len(starts) == len(ends) == 2 and max(starts) < min(ends)  # noqa: PLR2004 - both phases are dated


def _first(phase: Phase) -> datetime | None:
    moment = phase.start or phase.end
    return moment.first if isinstance(moment, Moment) else None


def _until(phase: Phase) -> datetime | None:
    if phase.open_ended:
        return datetime.max  # noqa: DTZ901 - wall time like every date of a pack
    return phase.end.until if isinstance(phase.end, Moment) else None


def _reversed(start: object, end: object) -> bool:
    return isinstance(start, Moment) and isinstance(end, Moment) and end.until <= start.first and end.text != start.text


def _order_fault(path: RawPath) -> Fault:
    return Fault(
        "date-order",
        path,
        "结束早于开始。",
        "The end is before the start.",
        "请改正其中一个日期。",
        "Correct one of the dates.",
    )


def _relative_faults(programme: Programme) -> Iterator[Fault]:
    keys = {phase.key for phase in programme.phases}
    for index, phase in enumerate(programme.phases):
        for name in ("start", "end"):
            date = getattr(phase, name)
            if not isinstance(date, Relative):
                continue
            path: RawPath = ("phases", index, name)
            if (date.after is None) == (date.after_phase is None):
                yield Fault(
                    "relative-anchor",
                    path,
                    "相对日期须写明且只写一个起算点。",
                    "A relative date needs exactly one anchor.",
                    "请写 after 或 after_phase 其中之一。",
                    "Write either after or after_phase.",
                )
            elif date.after_phase is not None and date.after_phase not in keys - {phase.key}:
                yield Fault(
                    "unknown-reference",
                    (*path, "after_phase"),
                    f"引用的阶段“{date.after_phase}”不存在，或就是本阶段。",
                    f"No other phase is called “{date.after_phase}”.",
                    "请改为另一已有阶段的标识。",
                    "Name another phase that exists.",
                )


def submission_faults(programme: Programme) -> Iterator[Fault]:
    phases = {phase.key: phase for phase in programme.phases}
    for index, submission in enumerate(programme.submissions):
        path: RawPath = ("submissions", index)
        if _reversed(submission.opens_at, submission.deadline):
            yield _order_fault((*path, "deadline"))
        phase = phases.get(submission.phase or "")
        if phase and _outside(submission.deadline, phase):
            yield Fault(
                "deadline-outside-phase",
                (*path, "deadline"),
                f"截止日期“{submission.deadline}”不在阶段“{phase.title}”之内。",
                f"The deadline {submission.deadline} is not within the phase “{phase.title.en}”.",
                "请改正截止日期，或改为它所属的阶段。",
                "Correct the deadline, or name the phase that it belongs to.",
            )


def _outside(deadline: object, phase: Phase) -> bool:
    first, until = _first(phase), _until(phase)
    if not isinstance(deadline, Moment) or first is None or until is None:
        return False
    return not first <= deadline.first < until


def other_spans(programme: Programme) -> Iterator[Fault]:
    edition = programme.edition
    if _reversed(edition.start, edition.end):
        yield _order_fault(("edition", "end"))
    announcement = programme.recognition and programme.recognition.announcement
    if announcement and _reversed(announcement.start, announcement.end):
        yield _order_fault(("recognition", "announcement", "end"))
    for index, notice in enumerate(programme.notices):
        if _reversed(notice.signed_on, notice.published_on):
            yield Fault(
                "date-order",
                ("notices", index, "published_on"),
                "发布日期早于签发日期。",
                "The notice is published before it is signed.",
                "请改正其中一个日期。",
                "Correct one of the dates.",
            )


def cadence_faults(programme: Programme) -> Iterator[Fault]:
    cadence = programme.cadence
    if (cadence.kind == "every_n_years") != (cadence.every_years is not None):
        yield Fault(
            "cadence",
            ("cadence",),
            "周期与年数不一致。",
            "The cadence and its number of years do not agree.",
            "kind 为 every_n_years 时写 every_years，其余情形不写。",
            "Write every_years with kind every_n_years, and only there.",
        )
