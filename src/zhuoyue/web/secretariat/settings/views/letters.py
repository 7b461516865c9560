"""The outbox of a year: what was written to whom, whether it has left, and sending it again."""

import re
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuoyue.domain.programmes import actions
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import asked_first, cycle_by_slug, hand_over_of, letters_of
from zhuoyue.domain.programmes.rules import MANAGE_CYCLE, WATCH_CYCLE
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import office
from zhuoyue.web.secretariat.settings.forms import LetterFilter
from zhuoyue.web.secretariat.settings.views.start import PLACE, crumbs
from zhuoyue.web.shared.steps import attempt

ROWS = 50
_FIRST = re.compile(r"(/account/first/)[^/\s]+")
_RESET = re.compile(r"(/password/reset/)[^/\s]+")


@page(WATCH_CYCLE, find=cycle_by_slug)
def letters(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    filters = LetterFilter(request.GET or None)
    found = asked_first(letters_of(cycle, request.user), request.user).defer("text")
    if filters.is_bound and filters.is_valid():
        given = filters.cleaned_data
        if given["state"]:
            found = found.filter(state=given["state"])
        if given["to"]:
            found = found.filter(to__icontains=given["to"])
    shown = Paginator(found, ROWS).get_page(request.GET.get("page"))
    content = {"page": shown, "filters": filters, "leaves": bool(settings.EMAIL_HOST), "crumbs": crumbs()}
    content["asked"] = [row for row in shown if row.asked]
    content["failed"] = any(row.state == MailState.FAILED for row in shown)
    return office(request, "secretariat/settings/letters.html", cycle, place=PLACE, **content)


def _letter(request: HttpRequest, cycle: Cycle, letter_id: UUID) -> OutboxMail:
    found = letters_of(cycle, request.user).filter(pk=letter_id).first()
    if found is None:
        raise Http404
    return found


def _letter_page(
    request: HttpRequest, cycle: Cycle, letter: OutboxMail, *, handed_over: bool = False, status: int = 200
) -> HttpResponse:
    """A link that opens somebody's account is covered, whoever reads.

    That of a first sign-in is uncovered for handing it over when one asked and another confirms, which is recorded;
    one that sets a forgotten password never is.
    """
    text = _RESET.sub(r"\1…", letter.text)
    shown = text if handed_over else _FIRST.sub(r"\1…", text)
    trail = [*crumbs(), {"label": _("发件箱"), "url": reverse("secretariat:letters", kwargs={"slug": cycle.slug})}]
    content = {
        "letter": letter,
        "text": shown,
        "covered": shown != letter.text,
        "handed_over": handed_over,
        "may_hand_over": shown != text and actions.waits_for_hands(letter),
        "asked": hand_over_of(letter),
        "crumbs": trail,
    }
    response = office(request, "secretariat/settings/letter.html", cycle, place=PLACE, status=status, **content)
    response["Cache-Control"] = "no-store"
    return response


@page(WATCH_CYCLE, find=cycle_by_slug)
def letter(request: HttpRequest, cycle: Cycle, *, letter_id: UUID) -> HttpResponse:
    return _letter_page(request, cycle, _letter(request, cycle, letter_id))


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("POST",))
def ask_hand_over(request: HttpRequest, cycle: Cycle, *, letter_id: UUID) -> HttpResponse:
    found = _letter(request, cycle, letter_id)
    return attempt(
        request,
        lambda: actions.ask_hand_over(by=request.user, cycle=cycle, letter=found),
        done=_("已提出。请另一位同事打开这封信查看链接并转交。"),
        to=reverse("secretariat:letter", kwargs={"slug": cycle.slug, "letter_id": found.pk}),
        faults=(actions.LetterLeavesError,),
    )


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("POST",))
def hand_over(request: HttpRequest, cycle: Cycle, *, letter_id: UUID) -> HttpResponse:
    """Show the link of a first sign-in to a colleague of who asked, to be passed on by hand.

    The form carries no once key: an answer kept for repeats would keep the link with it.
    """
    found = _letter(request, cycle, letter_id)
    try:
        actions.hand_over_letter(by=request.user, cycle=cycle, letter=found)
    except (actions.LetterLeavesError, actions.SecondPersonError) as error:
        messages.error(request, str(error))
        return _letter_page(request, cycle, found, status=409)
    return _letter_page(request, cycle, found, handed_over=True)


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("POST",))
def send_again(request: HttpRequest, cycle: Cycle, *, letter_id: UUID) -> HttpResponse:
    found = _letter(request, cycle, letter_id)
    return attempt(
        request,
        lambda: actions.send_letter_again(by=request.user, cycle=cycle, letter=found),
        done=_("这封信已重新放入待发送。"),
        to=reverse("secretariat:letter", kwargs={"slug": cycle.slug, "letter_id": found.pk}),
        faults=(),
    )


@page(MANAGE_CYCLE, find=cycle_by_slug, methods=("POST",))
def send_failed_again(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    return attempt(
        request,
        lambda: actions.send_failed_again(by=request.user, cycle=cycle),
        done=_("没有发出的信件已重新放入待发送。"),
        to=reverse("secretariat:letters", kwargs={"slug": cycle.slug}),
        faults=(),
    )
