"""What a total gives chapter by chapter, against the others of its stage."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from zhuoyue.engine.scoring import Total, chapter_shares
from zhuoyue.web.shared.charts import Spoke

Shares = Mapping[str, Decimal | None] | Mapping[str, Fraction | None]

ENOUGH = 3  # of fewer others a cohort would say who they are


def spokes_of(
    own: Total, others: Iterable[Shares], titles: Mapping[str, str], *, last: Total | None = None
) -> list[Spoke]:
    """A spoke for each chapter of an agreed total; none where a chapter is unfinished or the total is a mean.

    `others`: their chapters in percent; whoever lacks one is left out.
    `last`: the total of the time before, by the same standard.
    """
    before = chapter_shares(last) if last is not None else {}
    shares = chapter_shares(own)
    if not own.items or any(share is None for share in shares.values()):
        return []
    cohort = [one for one in others if one and None not in one.values()]
    known = cohort if len(cohort) >= ENOUGH else []
    return [
        Spoke(
            code,
            titles.get(code, code),
            _decimal(share),
            tuple(_decimal(one[code]) for one in known if one.get(code) is not None),
            _decimal(before[code]) if before.get(code) is not None else None,
        )
        for code, share in shares.items()
    ]


def _decimal(share: Decimal | Fraction | None) -> Decimal:
    found = Fraction(share or 0)
    return (Decimal(found.numerator) / Decimal(found.denominator)).quantize(Decimal("0.1"))
