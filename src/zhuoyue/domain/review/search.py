"""An examiner finds applications they work on, a member of the jury candidates they are not recused from.

Where a stage hides applicants, no name is searched at all.
"""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.search import called, hit_of
from zhuoyue.domain.orgs.queries import duties_of
from zhuoyue.domain.review.enums import StageState
from zhuoyue.domain.review.kinds import keys_of
from zhuoyue.domain.review.models import Entry, Recusal
from zhuoyue.domain.review.queries.jury import seats_held
from zhuoyue.domain.review.queries.teams import is_or_was_invited, working
from zhuoyue.kernel.search import MOST, Hit, Source


def _by_examiner(person: Any, text: str) -> list[Hit]:
    if not is_or_was_invited(person):
        return []
    found = working(person).filter(called(text, "application__"), run__hides_applicants=False)
    pairs = found.select_related("run", "application__organisation").order_by("application__number")[:MOST]
    return [hit_of(pair.pk, pair.application) for pair in pairs]


def _by_juror(person: Any, text: str) -> list[Hit]:
    seats = seats_held(person)
    if not seats:
        return []
    recused = Recusal.objects.filter(meeting__run=OuterRef("run"), application=OuterRef("application"))
    found = (
        Entry.objects.filter(called(text, "application__"), run__category__cycle__in=list(seats))
        .filter(run__kind__in=keys_of(lambda kind: kind.votes), run__hides_applicants=False, run__meeting__isnull=False)
        .exclude(run__state=StageState.WAITING)
        .exclude(Exists(recused.filter(seat__person=person)))
        .exclude(application__organisation__in=list(duties_of(person)))
    )
    entries = found.select_related("run", "application__organisation").order_by("application__number")[:MOST]
    return [hit_of(entry.pk, entry.application) for entry in entries]


SOURCES = (
    Source("pairs", _("评审的申报"), 50, "examiner.book", _by_examiner),
    Source("candidates", _("审定的申报"), 60, "juror.candidate", _by_juror),
)
