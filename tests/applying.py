"""An organisation on its way through the Shanghai 2021 cycle: signed up, writing, complete, sent."""

from dataclasses import dataclass
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from zhuoyue.config.demo import content
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.applications.queries import application_by_id, registration_by_id
from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.queries import sections_in
from zhuoyue.domain.orgs.models import Body, Organisation
from zhuoyue.kernel import clock
from zhuoyue.packs.standards import shipped_standards

SIGN_UP, WRITING, SENT = "2021-06-01T10:00", "2021-08-12T10:00", "2021-08-13T09:00"


def at(text: str) -> None:
    clock.stand_at(factories.moment(text))


def edition():
    shipped = next(entry for entry in shipped_standards() if entry.key == "gbt-19580-2012")
    return load_standard(by=None, data=shipped.standard)


def pdf(name: str = "执照.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.small_pdf("licence"), "application/pdf")


@dataclass
class Case:
    stage: factories.Stage
    organisation: Organisation
    person: Person
    body: Body
    officer: Person
    registration: Registration

    @property
    def application(self) -> Application:
        """Read afresh, as a request reads it."""
        found = application_by_id(Application.objects.get(registration=self.registration).pk)
        assert found is not None
        return found

    def fresh_registration(self) -> Registration:
        found = registration_by_id(self.registration.pk)
        assert found is not None
        return found


def signed_up(stage: factories.Stage | None = None, body: Body | None = None, text: str | None = None) -> Case:
    at(SIGN_UP)
    stage = stage or factories.opened_cycle(edition(), text)
    organisation = factories.organisation()
    person = factories.member(organisation)
    body = body or factories.body()
    officer = factories.officer(stage.cycle, body)
    registration = actions.register(
        by=person,
        category=stage.category,
        organisation=organisation,
        contact=actions.Contact("张明", "021-60000000", person.email),
        recommender=body,
    )
    return Case(stage, organisation, person, body, officer, registration)


def writing(**given) -> Case:
    case = signed_up(**given)
    at(WRITING)
    actions.open_application(by=case.person, registration=case.fresh_registration())
    return case


def complete(**given) -> Case:
    """Everything that is asked is there; nothing is sent."""
    case = writing(**given)
    application = case.application
    for answer in content.answers(sections_in(application.dossier), case.organisation, "轴承", Random(1)):
        dossiers.save_answer(
            by=case.person, dossier=application.dossier, section=answer.section, value=answer.value, expected=0
        )
    for section in sections_in(application.dossier):
        if section.kind == "indicators":
            for node in section.part.nodes:
                row = content.series(node, (2018, 2019, 2020), Random(2))
                dossiers.add_indicator(by=case.person, dossier=application.dossier, **row)
        if section.kind == "evidence":
            for asked in section.part.files:
                if asked.required:
                    part, slot = section.part.key, asked.key
                    dossiers.add_evidence(
                        by=case.person, dossier=application.dossier, part=part, slot=slot, upload=pdf()
                    )
    return case


def sent(**given) -> Case:
    case = complete(**given)
    at(SENT)
    actions.submit(by=case.person, application=case.application)
    return case
