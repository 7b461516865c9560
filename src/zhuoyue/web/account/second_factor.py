"""The second factor after the password, without what the library brings for passkeys, of which none are offered here.

That part alone takes 9 MB of each server process. The pages of the second factor load it when somebody opens one.
"""

from typing import Any

from allauth.account.stages import LoginStage
from allauth.mfa.internal.constants import LoginStageKey
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string

from zhuoyue.domain.accounts.queries import faces_with_second_factor
from zhuoyue.kernel.pages import View
from zhuoyue.web.shared.faces import face_of, faces_of

LIBRARY_STAGE = "allauth.mfa.stages.AuthenticateStage"
FIND = "shared:find"  # finds things of every face
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


class Demanded:
    """Leads whoever needs a second factor behind a face to set it up, before any of its pages opens."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, _view: View, _args: Any, _kwargs: Any) -> HttpResponse | None:
        address = request.resolver_match.view_name if request.resolver_match else ""
        face = face_of(address)
        if face is None and address != FIND:
            return None
        person = request.user
        if not getattr(person, "meets_demands", False) or is_mfa_enabled(person, [Authenticator.Type.TOTP]):
            return None
        demanded = faces_with_second_factor()
        held = [each for each in faces_of(person) if each.key in demanded]
        if not held or (face is not None and face not in held):
            return None
        content = {"faces": [str(each.label) for each in held], "sent": request.method == "POST"}
        return render(request, "account/second_factor_first.html", content, status=403)


def when_asked(name: str) -> View:
    """The view of that dotted name, loaded with its first request."""

    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        view: View = import_string(name)
        return view(request, **kwargs)

    return answer
