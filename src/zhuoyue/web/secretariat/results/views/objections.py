from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuoyue.domain.outcomes.actions import rule_objection
from zhuoyue.domain.outcomes.models import Objection
from zhuoyue.domain.outcomes.queries import objection_by_id
from zhuoyue.domain.outcomes.rules import RULE
from zhuoyue.kernel.flow import MoveError
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.results.forms import RulingForm


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
                rule_objection(by=request.user, objection=objection, upheld=upheld, ruling=form.cleaned_data["ruling"])
            except MoveError as error:
                messages.error(request, str(error))
                status = 409
            else:
                words = _("异议成立，请更正名单并重新公示。") if upheld else _("已裁定，提出异议的人可以看到处理意见。")
                messages.success(request, words)
                return redirect("secretariat:category_results", category_id=category.pk)
    rows = [
        {"label": _("针对"), "value": objection.against},
        {"label": _("事实与依据"), "value": objection.text},
        {"label": _("姓名"), "value": objection.name},
        {"label": _("工作单位"), "value": objection.employer or _("没有填写")},
        {"label": _("联系方式"), "value": objection.contact},
    ]
    context = {"objection": objection, "rows": rows, "form": form, "category": category}
    return office(
        request, "secretariat/results/objection.html", category.cycle, place="results", status=status, **context
    )
