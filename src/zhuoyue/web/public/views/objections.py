"""Objections of visitors: made, proved by a letter, followed by their number."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from zhuoyue.domain.outcomes import actions
from zhuoyue.domain.outcomes.models import Objection, PublicNotice
from zhuoyue.domain.outcomes.queries import (
    letter_to_objector,
    notice_by_id,
    objection_by_number,
    objection_of_letter,
    objection_to_prove,
)
from zhuoyue.domain.outcomes.rules import OBJECT, PROVE
from zhuoyue.kernel import demonstration
from zhuoyue.kernel.pages import PUBLIC, page
from zhuoyue.web.public.contacts import contacts_of
from zhuoyue.web.public.forms import AddressForm, DigitsForm, ObjectionForm
from zhuoyue.web.public.navigation import nav
from zhuoyue.web.public.views.results import asked, running_words
from zhuoyue.web.shared.limits import within_limit

TOO_OFTEN = 429


@page(OBJECT, find=notice_by_id, methods=("GET", "POST"))
def object_to(request: HttpRequest, notice: PublicNotice) -> HttpResponse:
    """A real-name objection. It counts when its address is proved; its number is the way to follow it."""
    names = [entry["name"] for entry in notice.result_list.entries]
    form = ObjectionForm(request.POST or None, names=names)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        if within_limit(request, "objection", key=form.cleaned_data["email"]):
            objection = actions.make_objection(by=request.user, notice=notice, **form.cleaned_data)
            return redirect("public:prove_objection", objection_id=objection.pk)
        form.add_error(None, _("这里提出得太频繁，请过一小时再提交；也可以按本页的联系方式告诉秘书处。"))
        status = TOO_OFTEN
    context = {
        "nav": nav(),
        "form": form,
        "contacts": contacts_of(notice.result_list.category.cycle),
        "days": actions.PROOF_DAYS,
        **running_words(notice),
    }
    return render(request, "public/object.html", context, status=status)


def _is_received(objection: Objection) -> HttpResponse:
    return redirect(f"{reverse('public:objection')}?number={objection.number}&new=1")


@never_cache
@page(PROVE, find=objection_to_prove, methods=("GET", "POST"))
def prove(request: HttpRequest, objection: Objection) -> HttpResponse:
    """The six digits of the letter."""
    form = DigitsForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            left = actions.prove_objection_by_digits(by=request.user, objection=objection, **form.cleaned_data)
            if left is None:
                return _is_received(objection)
            form.add_error("digits", _wrong(left))
    return _ask(request, objection, form=form, status=status)


def _wrong(left: int) -> str:
    if not left:
        return _("数字不对，已试过多次。请点击“再寄一封”，填写新信里的数字。")
    words = ngettext(
        "数字不对，请核对最近一封信，还可以试%(n)s次。", "数字不对，请核对最近一封信，还可以试%(n)s次。", left
    )
    return words % {"n": left}


def _ask(
    request: HttpRequest,
    objection: Objection,
    *,
    form: DigitsForm | None = None,
    address: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "nav": nav(),
        "objection": objection,
        "masked": _masked(objection.email),
        "form": form or DigitsForm(),
        "address": address or AddressForm(),
        "contacts": contacts_of(objection.notice.result_list.category.cycle),
        "letter": letter_to_objector(objection) if demonstration.shows_letters() else None,
    }
    return render(request, "public/prove_objection.html", context, status=status)


def _masked(email: str) -> str:
    """Enough to see a slip, and nothing for whoever finds the page open."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}***@{domain}"


@never_cache
@page(PROVE, find=objection_to_prove, methods=("POST",))
def write_once_more(request: HttpRequest, objection: Objection) -> HttpResponse:
    """Another letter, to a corrected address where one is typed."""
    address = AddressForm(request.POST)
    if not address.is_valid():
        return _ask(request, objection, address=address, status=422)
    email = address.cleaned_data["email"]
    if not within_limit(request, "objection_letter", key=email or objection.email):
        address.add_error(None, _("已经寄过多次。请查看垃圾邮件，或者过一小时再试。"))
        return _ask(request, objection, address=address, status=TOO_OFTEN)
    actions.write_again(by=request.user, objection=objection, email=email)
    messages.success(request, _("信已寄出，以最近一封为准。"))
    return redirect("public:prove_objection", objection_id=objection.pk)


@never_cache
@page(PROVE, find=objection_of_letter, methods=("GET", "POST"))
def letter(request: HttpRequest, objection: Objection) -> HttpResponse:
    """Opened from the letter. A button, since programmes that read mail open every link too."""
    if request.method == "POST":
        actions.prove_objection(by=request.user, objection=objection)
        return _is_received(objection)
    return render(request, "public/objection_letter.html", {"nav": nav(), "objection": objection})


@page(PUBLIC)
def objection(request: HttpRequest) -> HttpResponse:
    """Follow an objection by its number. The text and the name stay with the secretariat."""
    number = asked(request, "number").upper()
    found = objection_by_number(number) if number else None
    context = {"nav": nav(), "number": number, "objection": found, "is_new": "new" in request.GET}
    return render(request, "public/objection.html", context)
