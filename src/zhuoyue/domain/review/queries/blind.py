"""What examiners and jurors are told of an applicant where the rules hide who applies: a code name, in every door."""

from base64 import b32encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.dossiers.blindness import Mask
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.enums import AssignmentState
from zhuoyue.domain.review.kinds import keys_of
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.packs.programmes.schema.stages import Stage

_HIDING = ("applicant_hidden", "double_blind")
_LENGTH = 6


def hides_applicants(stage: Stage) -> bool:
    return stage.visibility in _HIDING


@dataclass(frozen=True, slots=True)
class Called:
    """How an application is called in a stage. `number` is empty where the code name stands alone."""

    pk: UUID
    title: str
    number: str


def code_of(application_id: UUID) -> str:
    """The same for everybody who judges the application, told by nothing that is known of it."""
    drawn = salted_hmac("review.blind", str(application_id), algorithm="sha256").digest()
    return b32encode(drawn).decode()[:_LENGTH]


def code_name(application_id: UUID) -> str:
    return _("申报%(code)s") % {"code": code_of(application_id)}


def called(run: StageRun, application: Application) -> Called:
    if run.hides_applicants:
        return Called(application.pk, code_name(application.pk), "")
    return Called(application.pk, application.title, application.number)


def hidden_from(person: Any, cycle: Cycle) -> set[UUID]:
    """The applications that a person judges in a stage that hides applicants, as an examiner or on the jury."""
    judged = Q(application__assignments__expert__person=person) & Q(
        application__assignments__state=AssignmentState.ACTIVE
    )
    voted_on = Q(run__kind__in=keys_of(lambda kind: kind.votes)) & Q(
        run__category__cycle__seats__person=person, run__category__cycle__seats__is_active=True
    )
    found = Entry.objects.filter(judged | voted_on, run__hides_applicants=True, run__category__cycle=cycle)
    return set(found.values_list("application_id", flat=True))


def mask_of(run: StageRun, application: Application) -> Mask | None:
    """What stands before an applicant in a stage that hides them: the code in place of name, number, credit code."""
    if not run.hides_applicants:
        return None
    organisation = application.organisation
    known = (organisation.name, *organisation.former_names, application.subject, application.number)
    return Mask((*known, organisation.credit_code), code_of(application.pk))
