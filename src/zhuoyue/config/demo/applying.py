"""Sign-ups, and dossiers at different distances from the end."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from zhuoyue.config.demo import content
from zhuoyue.config.demo.cast import APPLICANTS
from zhuoyue.config.demo.play import Play, at
from zhuoyue.domain.applications import actions as applications
from zhuoyue.domain.applications.models import Application
from zhuoyue.domain.dossiers import actions as dossiers
from zhuoyue.domain.dossiers.queries import contents_of, files_asked, form_of

COMPLETENESS = {10: 0.5, 11: 0.1}  # place of the applicant -> share of the form that is filled in


def register(play: Play) -> None:
    for number, (organisation, speaker) in enumerate(zip(play.cast.applicants, play.cast.speakers, strict=True)):
        at(f"2021-05-{10 + number:02d}T10:{number * 3:02d}")
        registration = applications.register(
            by=speaker,
            category=play.category,
            organisation=organisation,
            contact=applications.Contact(speaker.name, "021-60000000", speaker.email),
            recommender=play.cast.recommender,
        )
        if number < len(APPLICANTS) - 2:
            at(f"2021-05-{11 + number:02d}T15:00")
            applications.confirm_registration(by=play.cast.secretary, registration=registration)
    at("2021-06-10T09:30")


def write(play: Play) -> None:
    """Dossiers at different distances from the end: most complete, some half written, one hardly begun."""
    for number, speaker in enumerate(play.cast.speakers[:12]):
        at(f"2021-08-{11 + number % 2:02d}T09:{number * 4:02d}")
        registration = (
            play.cast.applicants[number]
            .registrations.select_related("category__cycle__rules", "category__edition", "cycle__rules", "organisation")
            .get()
        )
        application = applications.open_application(by=speaker, registration=registration)
        fill(play, application, speaker, share=COMPLETENESS.get(number, 1.0))
    for application, speaker in zip(play.applications()[:4], play.cast.speakers, strict=False):
        at("2021-08-12T16:20")
        applications.submit(by=speaker, application=application)
    at("2021-08-13T10:00")


def fill(play: Play, application: Application, by: Any, *, share: float) -> None:
    """Answer the first `share` of the sections."""
    found = contents_of(application.dossier)
    product = APPLICANTS[play.cast.applicants.index(application.organisation)][3]
    filled = list(content.answers(found.sections, application.organisation, product, play.random))
    for answer in filled[: int(len(filled) * share)]:
        dossiers.save_answer(by=by, dossier=application.dossier, section=answer.section, value=answer.value, expected=0)
    if share < 1:
        return
    form = form_of(application.dossier)
    for part in form.parts:
        for node in getattr(part, "nodes", ()):
            row = content.series(node, (2018, 2019, 2020), play.random)
            dossiers.add_indicator(by=by, dossier=application.dossier, **row)
    for holder, asked in files_asked(form):
        if asked.required:
            pdf = content.small_pdf(asked.key)
            upload = SimpleUploadedFile(f"{asked.title.zh}.pdf", pdf, "application/pdf")
            dossiers.add_evidence(by=by, dossier=application.dossier, part=holder.key, slot=asked.key, upload=upload)
