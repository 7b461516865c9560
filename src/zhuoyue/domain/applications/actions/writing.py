"""Beginning an application, and taking it up again. What is written into it goes through `dossiers.actions`."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.desk import OWNER
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.numbers import next_application_number
from zhuoyue.domain.applications.rules import OPEN_APPLICATION
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.programmes.queries import form_rules
from zhuoyue.kernel import access, audit, clock, flow

OPENED = audit.verb("applications.opened", _("开始填写申报"))


@transaction.atomic
def open_application(*, by: Any, registration: Registration) -> Application:
    """The application of a registration; made on first opening, with the form and rules of that day."""
    access.check(OPEN_APPLICATION, by, registration)
    Registration.objects.select_for_update().only("pk").get(pk=registration.pk)
    known = Application.objects.filter(registration=registration).first()
    if known is not None:
        return known
    category = registration.category
    form = form_rules(category)
    if form is None:
        raise LookupError(f"category {category.key} takes no applications")
    application = Application.objects.create(
        registration=registration,
        cycle=registration.cycle,
        category=category,
        organisation=registration.organisation,
        subject=registration.subject,
        rules=registration.cycle.rules,
        dossier=dossiers.open_dossier(form=form, owner=OWNER.key, edition=category.edition),
        recommender=registration.recommender,
        number=next_application_number(category),
        opened_at=clock.now(),
    )
    audit.record(OPENED, by=by, subject=application, scope=application.cycle, data={"number": application.number})
    return application


@transaction.atomic
def reopen(*, by: Any, application: Application) -> None:
    """Go on with a withdrawn application while there is time."""
    flow.move(application, "reopen", by=by, scope=application.cycle)
    dossiers.set_open(application.dossier, is_open=True)
