"""The proof of an address after the password, and the page where the digits of the letter are typed."""

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import EmailVerificationStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import forget_sign_up
from zhuoyue.domain.accounts.queries import letter_with
from zhuoyue.kernel import demonstration
from zhuoyue.kernel.pages import PUBLIC, page

LIBRARY_STAGE = "allauth.account.stages.EmailVerificationStage"
STAGE = f"{__name__}.AskForProof"
TYPED = "account_sign_up_typed"


class AskForProof(EmailVerificationStage):
    """Asks whose address is not proved. Links in our letters prove one too, so the library's own mark is not enough."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user is not None and self.login.user.is_authenticated:
            return None, True
        handled: tuple[HttpResponse | None, bool] = super().handle()
        return handled


def _is_gone(request: HttpRequest) -> bool:
    """Whether the sign-up of this session has been thrown away since, by another one or by an office."""
    process = EmailVerificationProcess.resume(request)
    return process is not None and "user_id" in process.state and process.user is None


class _Page(account.ConfirmEmailVerificationCodeView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content: dict[str, Any] = super().get_context_data(**kwargs)
        process = self._process
        if demonstration.shows_letters() and process.user is not None:
            content["letter"] = letter_with(process.email, process.code)
        return content


def proof(request: HttpRequest) -> HttpResponse:
    if _is_gone(request):
        EmailVerificationProcess.resume(request).abort()
        messages.warning(request, _("这次注册已失效，请重新注册。"))
        return redirect("account_signup")
    answer: HttpResponse = _Page.as_view()(request)
    return answer


@page(PUBLIC, methods=("POST",))
def start_again(request: HttpRequest) -> HttpResponse:
    """The address was mistyped: the form again, with what was typed, and nothing left of the attempt.

    It looks the same whether or not the address has an account, which the library's own change would tell.
    """
    process = EmailVerificationProcess.resume(request)
    if process is not None:
        if process.user is not None:
            forget_sign_up(email=process.user.email)
        process.abort()
    clear_login(request)
    return redirect("account_signup")


def keep_typed(request: HttpRequest, **typed: Any) -> None:
    request.session[TYPED] = typed


def typed_before(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(TYPED, {})
    return kept
