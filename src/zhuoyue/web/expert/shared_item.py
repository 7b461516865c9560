"""The form by which a team's item is agreed, in consensus and after a visit."""

from typing import Any, cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhuoyue.domain.judging.judgements import Judgement, ScoreRefusedError
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.shared.scoring import item_form
from zhuoyue.web.shared.scoring.scale import Scale

WORDED = ("percent", "strength", "gap")


def judgement_of(post: QueryDict, scale: Scale, stored: ItemScore | None) -> tuple[Judgement, int]:
    """What was sent, and the version it started from. Dimensions stay as they are: a team agrees on the whole.

    Raises ScoreRefusedError where the value is no number, or none is chosen.
    """
    typed = item_form.from_post(post, scale)
    value = typed.judgement(scale).value
    if value is None:
        raise ScoreRefusedError(_("请先选择分值。"))
    kept: dict[str, Any] = stored.dimensions if stored is not None else {}
    reason = post.get("reason", "").strip()
    judged = Judgement(value, kept, typed.strengths, typed.gaps, reason=reason, done=True)
    return judged, typed.version


def both_texts(error: StaleError, post: QueryDict, scale: Scale) -> dict[str, Any]:
    """What the page that shows two texts is given."""
    stored = cast("ItemScore", error.current)
    ours = item_form.shown(item_form.from_post(post, scale), scale)
    theirs = item_form.shown(item_form.from_item(stored, scale), scale)
    pairs = {name: (ours[name][0], ours[name][1], theirs[name][1]) for name in WORDED}
    pairs["reason"] = (_("理由"), post.get("reason", "").strip(), stored.reason)
    rows = [
        {"label": label, "name": name, "stored": other, "yours": own}
        for name, (label, own, other) in pairs.items()
        if own != other
    ]
    hidden = [(name, own) for name, (_label, own, other) in pairs.items() if own == other]
    return {"rows": rows, "hidden": [*hidden, ("version", stored.version)], "stored_at": stored.changed_at}
