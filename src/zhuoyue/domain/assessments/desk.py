"""An assessment as the owner of its dossier: its own people write it, without a term."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from zhuoyue.domain.assessments.models import Assessment
from zhuoyue.domain.assessments.rules import FINISH, OWN, WRITE
from zhuoyue.domain.dossiers.desk import Desk
from zhuoyue.domain.dossiers.models import Dossier
from zhuoyue.domain.dossiers.owners import Owner
from zhuoyue.kernel import access


def assessment_written(dossier: Dossier) -> Assessment | None:
    try:
        return dossier.assessment
    except ObjectDoesNotExist:
        return None


def desk_of(assessment: Assessment, by: Any) -> Desk:
    refused = access.refusal(WRITE, by, assessment)
    words = "" if refused is None else str(refused.reason)
    return Desk(
        dossier=assessment.dossier,
        refused=words,
        waiting=words,
        until=None,
        last_year=assessment.year - 1,
    )


OWNER = Owner("assessment", see=OWN, edit=WRITE, go_on=FINISH, thing_of=assessment_written, desk=desk_of)
