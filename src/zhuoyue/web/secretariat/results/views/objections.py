from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.outcomes import actions
from zhuoyue.domain.outcomes.models import Objection, ResultList
from zhuoyue.domain.outcomes.queries import equal_to, list_by_id, list_put_on_notice, objection_by_id
from zhuoyue.domain.outcomes.rules import ENTER_OBJECTION, RULE
from zhuoyue.kernel import clock
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.pages import edit_page
from zhuoyue.web.secretariat.results.forms import EnteredObjectionForm, RulingForm
from zhuoyue.web.shared.objections import against_words
from zhuoyue.web.shared.steps import Asked


@page(ENTER_OBJECTION, find=list_by_id, methods=("GET", "POST"))
def enter(request: HttpRequest, result_list: ResultList) -> HttpResponse:
    """What came by letter, by telephone or in person."""
    notice = list_put_on_notice(result_list)
    category = result_list.category
    back = reverse("secretariat:category_results", args=[category.pk])
    names = [entry["name"] for entry in result_list.entries]
    form = EnteredObjectionForm(request.POST or None, names=names, initial={"received_on": clock.today().date()})
    if request.method == "POST" and form.is_valid():
        try:
            objection = actions.enter_objection(by=request.user, notice=notice, **form.cleaned_data)
        except actions.OutcomeError as error:
            form.add_error("received_on", str(error))
        else:
            messages.success(request, _("异议已登记，编号%(number)s。") % {"number": objection.number})
            return redirect("secretariat:office_objection", objection_id=objection.pk)
    asked = Asked(
        _("登记异议"), _("登记异议"), back, "results", lead=_("来信、来电、来访提出的，登记后与网上提出的同样处理。")
    )
    return edit_page(request, category.cycle, form, asked)


@page(RULE, find=objection_by_id, methods=("GET", "POST"))
def objection(request: HttpRequest, objection: Objection) -> HttpResponse:
    """Who objects to what, and the ruling with its reason, once."""
    category = objection.notice.result_list.category
    form = RulingForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            upheld = form.cleaned_data["upheld"] == "yes"
            try:
                actions.rule_objection(
                    by=request.user, objection=objection, upheld=upheld, ruling=form.cleaned_data["ruling"]
                )
            except MoveError as error:
                messages.error(request, str(error))
                status = 409
            else:
                words = _("异议成立，请更正名单并重新公示。") if upheld else _("已裁定，提出异议的人可以看到处理意见。")
                messages.success(request, words)
                return redirect("secretariat:category_results", category_id=category.pk)
    rows = [
        {"label": _("针对"), "value": against_words(objection.against)},
        {"label": _("事实与依据"), "value": objection.text},
    ]
    equal = list(equal_to(objection))
    context = {"objection": objection, "rows": rows, "equal": equal, "form": form, "category": category}
    return office(
        request, "secretariat/results/objection.html", category.cycle, place="results", status=status, **context
    )
