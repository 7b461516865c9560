from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.orgs.actions import TakenError, edit_organisation, register_organisation
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.domain.orgs.queries import organisation_by_id
from zhuoyue.domain.orgs.rules import speaks_for
from zhuoyue.kernel import typed
from zhuoyue.kernel.pages import page
from zhuoyue.kernel.versions import StaleError
from zhuoyue.web.applicant.forms import OrganisationFactsForm, OrganisationForm
from zhuoyue.web.applicant.navigation import frame

FACTS = ("name", "kind", "region", "industry", "size", "founded_on", "address")


@page("orgs.register_organisation", methods=("GET", "POST"))
def sign_up(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    taken = None
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            organisation = register_organisation(by=request.user, code=facts.pop("credit_code"), **facts)
        except TakenError as error:
            taken = error.holder
            form.add_error("credit_code", _("这个信用代码已经登记过。"))
        else:
            messages.success(request, _("%(name)s已登记，您是申报负责人。") % {"name": organisation.name})
            return redirect("applicant:home")
    context = frame(form=form, taken=taken, taken_is_own=taken is not None and speaks_for(request.user, taken))
    return render(request, "applicant/organisation.html", context, status=422 if form.errors else 200)


@page("orgs.edit_organisation", find=organisation_by_id, methods=("GET", "POST"))
def organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    stored = {name: getattr(organisation, name) for name in FACTS}
    form = OrganisationFactsForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        expected = typed.version(request.POST.get("version"))
        try:
            edit_organisation(by=request.user, organisation=organisation, expected=expected, **form.cleaned_data)
        except StaleError as error:
            return _both(request, form, error)
        messages.success(request, _("已保存。"))
        return redirect("applicant:home")
    context = frame(organisation, form=form, known=organisation)
    return render(request, "applicant/organisation.html", context, status=422 if form.errors else 200)


def _both(request: HttpRequest, form: OrganisationFactsForm, error: StaleError) -> HttpResponse:
    differing = error.differences
    rows = [
        {"label": form.fields[name].label, "name": name, "stored": str(stored or ""), "yours": str(yours or "")}
        for name, (stored, yours) in differing.items()
    ]
    same = [(name, str(form.cleaned_data[name] or "")) for name in form.cleaned_data if name not in differing]
    context = {
        "rows": rows,
        "hidden": [("version", error.current.version), *same],
        "again": request.path,
        "back_url": reverse("applicant:organisation", args=[error.current.pk]),
    }
    return render(request, "shared/conflict.html", frame(**context), status=409)
