"""What a total gives chapter by chapter, against the others of its stage."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from zhuoyue.engine.scoring import Total, chapter_shares
from zhuoyue.web.shared.charts import Spoke

ENOUGH = 3  # of fewer others a cohort would say who they are


def spokes_of(
    own: Total, others: Iterable[Total], titles: Mapping[str, str], *, last: Total | None = None
) -> list[Spoke]:
    """A spoke for each chapter of an agreed total; none where a chapter is unfinished or the total is a mean.

    `last`: the total of the time before, by the same standard.
    """
    before = chapter_shares(last) if last is not None else {}
    shares = chapter_shares(own)
    if not own.items or any(share is None for share in shares.values()):
        return []
    cohort = [found for total in others if total.items and None not in (found := chapter_shares(total)).values()]
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


def _decimal(share: Fraction | None) -> Decimal:
    found = share or Fraction(0)
    return (Decimal(found.numerator) / Decimal(found.denominator)).quantize(Decimal("0.1"))
