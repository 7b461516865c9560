"""What the administrator of the installation does: bodies and their first secretaries, the second factor, letters."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import KnownPersonError, demand_second_factor
from zhuoyue.domain.accounts.queries import faces_with_second_factor
from zhuoyue.domain.accounts.rules import ADMINISTER
from zhuoyue.domain.orgs.actions import OfficeStandsError, found_office
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.queries import bodies, named_in
from zhuoyue.domain.programmes.actions import LetterLeavesError, read_for_hands
from zhuoyue.domain.programmes.queries import letter_by_id, letters_for_hands
from zhuoyue.kernel.mail import OutboxMail
from zhuoyue.kernel.pages import page
from zhuoyue.web.account.forms_installation import BodyForm, SecondFactorForm

ROWS = 20


@page(ADMINISTER)
def installation(request: HttpRequest) -> HttpResponse:
    known = bodies()
    secretaries: dict[UUID, list[str]] = {}
    for member in named_in([body.organisation for body in known], Duty.SECRETARY):
        words = _("%(name)s（等待确认）") if member.waits else "%(name)s"
        secretaries.setdefault(member.organisation_id, []).append(words % {"name": member.person.name})
    to = request.GET.get("to", "")
    content = {
        "rows": [{"body": body, "secretaries": secretaries.get(body.organisation_id, [])} for body in known],
        "form": SecondFactorForm(initial={"faces": sorted(faces_with_second_factor())}),
        "to": to,
        "letters": Paginator(letters_for_hands(to).defer("text"), ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "account/installation.html", content)


@page(ADMINISTER, methods=("GET", "POST"))
def found_body(request: HttpRequest) -> HttpResponse:
    """A body that organises, where it stands, and who lets the others in."""
    form = BodyForm(request.POST if request.method == "POST" else None, bodies=bodies())
    if request.method == "POST" and form.is_valid():
        try:
            made = found_office(by=request.user, **form.facts())
        except KnownPersonError as error:
            form.ask(error)
        except OfficeStandsError as error:
            form.add_error("name", str(error))
        else:
            words = _("已设立%(body)s；写给%(name)s的信已放入发件箱。")
            messages.success(request, words % {"body": made.organisation.name, "name": made.person.name})
            return redirect("account:installation")
    status = 422 if request.method == "POST" else 200
    return render(request, "account/found_body.html", {"form": form}, status=status)


@page(ADMINISTER, methods=("POST",))
def second_factor(request: HttpRequest) -> HttpResponse:
    form = SecondFactorForm(request.POST)
    if form.is_valid():
        demand_second_factor(by=request.user, faces=form.cleaned_data["faces"])
        messages.success(request, _("已保存，从下一次打开页面起生效。"))
    else:
        messages.error(request, _("没有保存：请从列出的身份中选择。"))
    return redirect("account:installation")


@page(ADMINISTER, find=letter_by_id, methods=("POST",))
def read_letter(request: HttpRequest, letter: OutboxMail) -> HttpResponse:
    """Show a letter once. The form carries no once key: an answer kept for repeats would keep its link."""
    try:
        read_for_hands(by=request.user, letter=letter)
    except LetterLeavesError as error:
        messages.error(request, str(error))
        return redirect("account:installation")
    response = render(request, "account/read_letter.html", {"letter": letter})
    response["Cache-Control"] = "no-store"
    return response
