"""The second factor after the password, without what the library brings for passkeys, of which none are offered here.

That part alone takes 9 MB of each server process. The pages of the second factor load it when somebody opens one.
"""

from typing import Any

from allauth.account.stages import LoginStage
from allauth.mfa.internal.constants import LoginStageKey
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string

from zhuoyue.kernel.pages import View

LIBRARY_STAGE = "allauth.mfa.stages.AuthenticateStage"
STAGE = f"{__name__}.AskForSecondFactor"


class AskForSecondFactor(LoginStage):
    """Stands where the library's stage would, under its key, by which its pages know it."""

    key = LoginStageKey.MFA_AUTHENTICATE.value
    urlname = "mfa_authenticate"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """(answer that asks, or None where there is no second factor; whether the sign-in may go on)."""
        if not is_mfa_enabled(self.login.user, [Authenticator.Type.TOTP]):
            return None, True
        self.state["authentication_required"] = True
        return redirect(self.urlname), True


def when_asked(name: str) -> View:
    """The view of that dotted name, loaded with its first request."""

    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        view: View = import_string(name)
        return view(request, **kwargs)

    return answer
