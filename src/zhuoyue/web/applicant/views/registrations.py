from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.enums import RegistrationState
from zhuoyue.domain.applications.errors import AlreadyRegisteredError
from zhuoyue.domain.applications.models import Registration
from zhuoyue.domain.applications.queries import (
    recommendation_level,
    recommenders_of,
    registration_by_id,
    registration_of,
    registration_rules,
    scan_rules,
    takes_applications,
)
from zhuoyue.domain.dossiers.checks import Fault, SectionState
from zhuoyue.domain.dossiers.cleaning import value_of
from zhuoyue.domain.dossiers.desk import options_of
from zhuoyue.domain.dossiers.parts import section_state
from zhuoyue.domain.dossiers.queries import limits_of
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.orgs.queries import organisation_by_id, organisations_for_user
from zhuoyue.domain.programmes.enums import Opens
from zhuoyue.domain.programmes.models import Category
from zhuoyue.domain.programmes.queries import category_by_id, category_rules, cycles_shown, rules_of
from zhuoyue.domain.programmes.windows import by_other_media, window_in
from zhuoyue.kernel import access, clock
from zhuoyue.kernel.files import FileRefusedError, as_attachment
from zhuoyue.kernel.pages import SIGNED_IN, page
from zhuoyue.web.applicant.forms import ContactForm
from zhuoyue.web.applicant.navigation import frame, frame_of
from zhuoyue.web.shared.dossier.asking import asked_sections, posted_in, questions_of
from zhuoyue.web.shared.dossier.fields import Box
from zhuoyue.web.shared.dossier.shown import said
from zhuoyue.web.shared.pdf import pdf_response
from zhuoyue.web.shared.steps import Asked, framed_step
from zhuoyue.web.shared.titles import titled


@page(SIGNED_IN)
def open_programmes(request: HttpRequest) -> HttpResponse:
    """What can be registered for now, and what opens later."""
    rows = []
    for cycle in cycles_shown()[:20]:
        for category in cycle.categories.all():
            category.cycle = cycle
            window = window_in(category, Opens.REGISTRATION, clock.now())
            if takes_applications(category) and not window.is_late(clock.now()):
                rows.append({"cycle": cycle, "category": category, "window": window})
    return render(request, "applicant/open.html", frame_of(organisations_for_user(request.user), rows=rows))


def _asked(category: Category) -> tuple[Section, ...]:
    """The sections of the sign-up form that are typed."""
    form = registration_rules(category)
    return asked_sections(form) if form else ()


def _prefilled(section: Section, organisation: Organisation | None, person: Any) -> dict[str, str]:
    """What is known already of the organisation and the person, by the type of the field."""
    known = {"email": person.email, "telephone": person.phone}
    if organisation is not None:
        known |= {
            "credit_code": organisation.credit_code,
            "industry": organisation.industry,
            "region": organisation.region,
            "address": organisation.address,
        }
    fields = getattr(section.part, "fields", ())
    found = {entry.key: known.get(entry.type, "") for entry in fields}
    if organisation is not None and "name" in found:
        found["name"] = organisation.name
    return found


def _contact_form(request: HttpRequest, category: Category, organisations: list[Organisation]) -> ContactForm:
    rules = rules_of(category.cycle.rules)
    kinds = category_rules(category).applicant_kinds
    units = {kind.unit for kind in rules.applicant_kinds if kind.key in kinds}
    level = recommendation_level(category)
    person = request.user
    return ContactForm(
        request.POST or None,
        initial={"contact_name": person.name, "contact_phone": person.phone, "contact_email": person.email},
        organisations=organisations,
        recommenders=recommenders_of(category),
        alone=units <= {"organisation"},
        optional=level is None or level.optional,
    )


@page("applications.register", find=category_by_id, methods=("GET", "POST"))
def register(request: HttpRequest, category: Category) -> HttpResponse:
    organisations = organisations_for_user(request.user)
    form = _contact_form(request, category, organisations)
    sections = _asked(category)
    values: dict[str, dict[str, Any]]
    if request.method == "POST":
        values = {section.key: value_of(section, posted_in(section, request.POST)) for section in sections}
        states = [section_state(section, values[section.key], [], []) for section in sections]
        if form.is_valid() and all(state.is_complete for state in states):
            return _registered(request, category, form, values)
        return _sign_up_page(request, category, form, (sections, values, states))
    first = organisations[0] if organisations else None
    values = {section.key: _prefilled(section, first, request.user) for section in sections}
    return _sign_up_page(request, category, form, (sections, values, []))


def _sign_up_page(
    request: HttpRequest,
    category: Category,
    form: ContactForm,
    asked: tuple[tuple[Section, ...], dict[str, dict[str, Any]], list[SectionState]],
) -> HttpResponse:
    sections, values, states = asked
    faults: list[Fault] = [fault for state in states for fault in state.faults]
    options = options_of(rules_of(category.cycle.rules))
    boxes = [box for section in sections for box in questions_of(section, values[section.key], faults, options)]
    errors = [{"text": f"{box.label}：{box.error}", "url": f"#{box.id}"} for box in boxes if box.error]
    window = window_in(category, Opens.REGISTRATION, clock.now())
    context = frame(category=category, form=form, boxes=boxes, errors=errors, window=window)
    return render(request, "applicant/register.html", context, status=422 if states else 200)


def _registered(
    request: HttpRequest, category: Category, form: ContactForm, values: dict[str, dict[str, Any]]
) -> HttpResponse:
    given = form.cleaned_data
    organisation = organisation_by_id(UUID(given["organisation"]))
    chosen = given.get("recommender", "")
    recommender = next((body for body in recommenders_of(category) if str(body.pk) == chosen), None)
    subject = given.get("subject", "")
    if organisation is None:
        raise Http404
    try:
        registration = actions.register(
            by=request.user,
            category=category,
            organisation=organisation,
            contact=actions.Contact(given["contact_name"], given["contact_phone"], given["contact_email"]),
            subject=subject,
            recommender=recommender,
            details=values,
        )
    except AlreadyRegisteredError:
        messages.info(request, _("贵单位已经报过名，这是当时的报名。"))
        known = registration_of(category, organisation, subject)
        return redirect("applicant:registration", known.pk)
    messages.success(request, _("报名已提交。请打印报名表，盖章后上传扫描件。"))
    return redirect("applicant:registration", registration.pk)


def _details(registration: Registration) -> list[Box]:
    sections = _asked(registration.category)
    options = options_of(rules_of(registration.cycle.rules))
    return [
        box
        for section in sections
        for box in questions_of(section, registration.details.get(section.key, {}), (), options)
    ]


def _shown(box: Box) -> str:
    chosen = [choice.label for choice in box.choices if choice.checked]
    return _("、").join(chosen) if box.choices else f"{box.value}{box.suffix if box.value else ''}"


def _facts(registration: Registration) -> list[dict[str, str]]:
    rows = [
        (_("报名单位"), registration.organisation.name),
        (_("项目或个人名称"), registration.subject),
        (_("类别"), titled(registration.category)),
        (
            _("推荐单位"),
            registration.recommender.organisation.name if registration.recommender else _("不经推荐，直接申报"),
        ),
        *((box.label, _shown(box)) for box in _details(registration)),
        (_("联系人"), f"{registration.contact_name}　{registration.contact_phone}　{registration.contact_email}"),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


@page("applications.see_registration", find=registration_by_id)
def registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _show(request, registration)


def _show(request: HttpRequest, registration: Registration, error: str = "") -> HttpResponse:
    asked = scan_rules(registration_rules(registration.category))
    attaching = access.refusal("applications.attach_scan", request.user, registration)
    writing = window_in(registration.category, Opens.APPLICATION, clock.now())
    context = frame(
        registration.organisation,
        registration=registration,
        facts=_facts(registration),
        asked=asked,
        asked_title=said(asked.title) if asked else "",
        limits=limits_of(asked) if asked else None,
        may_attach=asked is not None and attaching is None,
        not_attached=str(attaching.reason) if attaching else "",
        may_open=access.allowed("applications.open", request.user, registration),
        may_withdraw=access.allowed("applications.withdraw_registration", request.user, registration)
        and registration.state in (RegistrationState.SENT, RegistrationState.CONFIRMED),
        may_renew=registration.state in (RegistrationState.WITHDRAWN, RegistrationState.REFUSED)
        and access.allowed("applications.register", request.user, registration.category),
        window=window_in(registration.category, Opens.REGISTRATION, clock.now()),
        writing=writing,
        by_other_media=by_other_media(registration.category, Opens.APPLICATION),
        late=writing.is_late(clock.now()),
        error=error,
        scan_errors=[{"text": error, "url": "#id_file"}],
    )
    return render(request, "applicant/registration.html", context, status=422 if error else 200)


@page("applications.attach_scan", find=registration_by_id, methods=("POST",))
def attach_scan(request: HttpRequest, registration: Registration) -> HttpResponse:
    asked = scan_rules(registration_rules(registration.category))
    upload = request.FILES.get("file")
    if asked is None:
        raise Http404
    if upload is None:
        return _show(request, registration, _("请先选择文件，再上传。"))
    try:
        actions.attach_scan(by=request.user, registration=registration, upload=upload, limits=limits_of(asked))
    except FileRefusedError as error:
        return _show(request, registration, str(error))
    messages.success(request, _("盖章报名表已上传。"))
    return redirect("applicant:registration", registration.pk)


@page("applications.see_registration", find=registration_by_id)
def scan(_request: HttpRequest, registration: Registration) -> FileResponse:
    if registration.stamped_scan is None:
        raise Http404
    return as_attachment(registration.stamped_scan)


def _document(registration: Registration) -> dict[str, Any]:
    form = registration_rules(registration.category)
    return {
        "registration": registration,
        "facts": _facts(registration),
        "title": said(form.title) if form else "",
        "organiser": registration.cycle.programme.organiser.organisation.name,
        "code": str(registration.pk)[:8].upper(),
        "pdf_url": reverse("applicant:registration_pdf", args=[registration.pk]),
        "back_url": reverse("applicant:registration", args=[registration.pk]),
    }


@page("applications.see_registration", find=registration_by_id)
def document(request: HttpRequest, registration: Registration) -> HttpResponse:
    return render(request, "applicant/registration_document.html", _document(registration))


@page("applications.see_registration", find=registration_by_id)
def pdf(request: HttpRequest, registration: Registration) -> HttpResponse:
    name = _("报名表%(name)s.pdf") % {"name": registration.organisation.name}
    return pdf_response(request, "applicant/registration_document.html", _document(registration), name=name)


@page("applications.withdraw_registration", find=registration_by_id, methods=("GET", "POST"))
def withdraw(request: HttpRequest, registration: Registration) -> HttpResponse:
    asked = Asked(
        title=_("撤回报名"),
        verb=_("撤回报名"),
        back=reverse("applicant:registration", args=[registration.pk]),
        lead=_("撤回后不能再填写和提交申报；报名时间内可以重新报名。"),
        facts=[(fact["label"], fact["value"]) for fact in _facts(registration)[:3]],
        done=_("报名已撤回。报名时间内可以重新报名。"),
        leaves=True,
    )
    act = partial(actions.withdraw_registration, by=request.user, registration=registration)
    return framed_step(request, act, asked, partial(frame, registration.organisation))


@page("applications.open", find=registration_by_id, methods=("POST",))
def open_application(request: HttpRequest, registration: Registration) -> HttpResponse:
    application = actions.open_application(by=request.user, registration=registration)
    return redirect("applicant:application", application.pk)
