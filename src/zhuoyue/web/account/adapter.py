"""Sign-in rules of this installation, and letters through the outbox."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zhuoyue.kernel import mail
from zhuoyue.web.account import second_factor
from zhuoyue.web.shared.preferences import keep_those_of


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - the library's signature
        user.name = form.cleaned_data["name"]
        user.language = request.LANGUAGE_CODE  # the one they read the form in
        return super().save_user(request, user, form, commit)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People sign in by address; there is no other name."""

    def get_login_stages(self) -> list[str]:
        stages = super().get_login_stages()
        return [second_factor.STAGE if stage == second_factor.LIBRARY_STAGE else stage for stage in stages]

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        response = super().post_login(request, user, **details)
        keep_those_of(user, request, response)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002 - the library names its letter
        """Letters of the library leave through the outbox too, in words of our own."""
        if "password_reset_url" in context:
            subject, text = (
                _("重设密码"),
                _("请打开下面的链接重设密码：\n%(url)s") % {"url": context["password_reset_url"]},
            )
        else:
            subject, text = _("账号通知"), _("您的账号有一项安全设置发生了变化。如果不是您本人操作，请尽快修改密码。")
        mail.queue(to=email, subject=subject, text=text, dedupe=f"account:{uuid4()}")
