"""A member's counting code: shown once, kept by the member alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import cycle_by_slug
from zhuoyue.domain.review.actions.jury import BallotError, keep_code
from zhuoyue.domain.review.queries.ballots import code_of, holds_share
from zhuoyue.kernel.pages import page
from zhuoyue.web.jury.frame import framed
from zhuoyue.web.shared.ballot_keys import CodeForm, code_shown


@page("review.keep_code", find=cycle_by_slug, methods=("GET", "POST"))
def code(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    form = CodeForm(request.POST or None)
    back = reverse("jury:home")
    if request.method == "POST" and form.is_valid():
        try:
            keep_code(by=request.user, cycle=cycle, code=form.cleaned_data["code"])
        except BallotError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("计票码已登记。计票时请带上抄下来的计票码。"))
            return redirect(back)
    shown = code_shown(form)
    status = 422 if request.method == "POST" else 200
    form = form if form.is_bound else CodeForm(initial={"code": shown})
    known, held = code_of(cycle, request.user) is not None, holds_share(cycle, request.user)
    content = {"code": shown, "form": form, "back": back, "known": known, "held": held}
    return framed(request, "jury/code.html", status=status, **content)
