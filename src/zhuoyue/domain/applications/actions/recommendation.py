"""What a recommending body says of an application, and returning it for correction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.enums import Opinion
from zhuoyue.domain.applications.errors import QuotaFullError, RankTakenError
from zhuoyue.domain.applications.models import Application, Recommendation, Return
from zhuoyue.domain.applications.queries import quota_state, rank_is_taken, return_fault
from zhuoyue.domain.applications.rules import DECLINE, RECOMMEND, SEND_BACK, TAKE_BACK
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.orgs.models import Body
from zhuoyue.kernel import access, clock, flow, formats, mail
from zhuoyue.kernel.records import subject_of


@transaction.atomic
def give_opinion(
    *, by: Any, application: Application, outcome: str, opinion: str, rank: int | None = None
) -> Recommendation:
    """A recommending body's word on an application, inside its quota, which is counted under a lock of the body.

    Raises QuotaFullError, RankTakenError, RefusedError, MoveError (not waiting for an opinion; declined without words).
    """
    recommending = outcome == Opinion.RECOMMEND
    access.check(RECOMMEND if recommending else DECLINE, by, application)
    body = application.recommender
    assert body is not None  # noqa: S101 - the permission has looked
    if recommending:
        Body.objects.select_for_update().only("pk").get(pk=body.pk)
        quota = quota_state(body, application.category, without=application)
        if quota.is_full:
            raise QuotaFullError(quota)
        if rank is not None and rank_is_taken(application, rank):
            raise RankTakenError(rank)
    flow.move(application, "recommend" if recommending else "decline", by=by, scope=application.cycle, reason=opinion)
    moment = clock.now()
    application.recommendations.filter(taken_back_at=None).update(taken_back_at=moment)
    return Recommendation.objects.create(
        application=application,
        body=body,
        outcome=outcome,
        opinion=opinion,
        rank=rank if recommending else None,
        by=by,
        at=moment,
    )


@transaction.atomic
def take_back_opinion(*, by: Any, application: Application) -> None:
    """Undo the last opinion; it stays readable, marked as taken back."""
    access.check(TAKE_BACK, by, application)
    flow.move(application, "take_back", by=by, scope=application.cycle)
    application.recommendations.filter(taken_back_at=None).update(taken_back_at=clock.now())


@transaction.atomic
def send_back(
    *, by: Any, application: Application, items: Sequence[Mapping[str, str]], until: datetime, article: str = ""
) -> Return:
    """Return for correction: what, until when, under which article. Opens the dossier again.

    Raises ReturnRuleError when nothing is named, or the rules of the programme do not allow it.
    """
    access.check(SEND_BACK, by, application)
    moment = clock.now()
    fault = return_fault(application, items=items, until=until, at=moment)
    if fault is not None:
        raise fault
    flow.move(application, "send_back", by=by, scope=application.cycle, data={"items": [dict(item) for item in items]})
    dossiers.set_open(application.dossier, is_open=True)
    returned = Return.objects.create(
        application=application,
        items=[dict(item) for item in items],
        article=article,
        until=until,
        by=by,
        at=moment,
    )
    mail.queue(
        to=application.registration.contact_email,
        subject=str(_("申报退回补正：%(number)s")) % {"number": application.number},
        text=str(_("%(title)s的申报有%(count)s处需要补正，请在%(until)s前修改并重新提交。"))
        % {
            "title": application.title,
            "count": len(items),
            "until": formats.moment(until),
        },
        dedupe=f"return:{returned.pk}",
        scope=subject_of(application.cycle),
    )
    return returned
