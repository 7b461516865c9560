"""The page of one's own counting code, for members and for whoever serves the meeting: shown once, kept by oneself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.review.actions.jury import BallotError, keep_code
from zhuoyue.domain.review.queries.ballots import code_of, holds_share
from zhuoyue.web.shared.ballot_keys import CodeForm, code_shown

Shown = Callable[[dict[str, Any], int], HttpResponse]


def own_code(request: HttpRequest, cycle: Cycle, *, back: str, show: Shown) -> HttpResponse:
    """`show(content, status)` renders it with the frame of the face around it; no browser keeps it."""
    form = CodeForm(request.POST or None)
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
    response = show({"code": shown, "form": form, "back": back, "known": known, "held": held}, status)
    response["Cache-Control"] = "no-store"
    return response
