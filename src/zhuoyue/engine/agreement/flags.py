"""Flags: a figure beyond its limit, with both numbers. No limit or no figure raises none."""

from collections.abc import Iterable

from zhuoyue.engine.verdict import Verdict


def above(code: str, figure: float | None, limit: float | None) -> Verdict | None:
    if figure is None or limit is None or figure <= limit:
        return None
    return Verdict.of(code, figure=figure, limit=limit)


def below(code: str, figure: float | None, limit: float | None) -> Verdict | None:
    if figure is None or limit is None or figure >= limit:
        return None
    return Verdict.of(code, figure=figure, limit=limit)


def raised(flags: Iterable[Verdict | None]) -> tuple[Verdict, ...]:
    return tuple(flag for flag in flags if flag is not None)
