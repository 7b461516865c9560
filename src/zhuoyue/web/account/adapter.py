"""Sign-in rules of this installation, and letters through the outbox."""

from typing import Any
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from zhuoyue.domain.accounts.actions import prove_address
from zhuoyue.domain.accounts.links import way_to
from zhuoyue.domain.accounts.queries import OWN_LETTERS, person_at
from zhuoyue.kernel import mail
from zhuoyue.web.account import proof, second_factor
from zhuoyue.web.shared.preferences import keep_those_of

DIGITS = 6


def public(name: str) -> str:
    """The address of a page as letters bear it: never from what the browser says the host is."""
    return f"{settings.PUBLIC_URL}{reverse(name)}"


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - the library's signature
        user.name = form.cleaned_data["name"]
        user.language = request.LANGUAGE_CODE  # the one they read the form in
        return super().save_user(request, user, form, commit)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People sign in by address; there is no other name."""

    def get_login_stages(self) -> list[str]:
        ours = {second_factor.LIBRARY_STAGE: second_factor.STAGE, proof.LIBRARY_STAGE: proof.STAGE}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def generate_email_verification_code(self) -> str:
        return get_random_string(DIGITS, "0123456789")

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            prove_address(person=email_address.user)
        return confirmed

    def login(self, request: HttpRequest, user: Any) -> None:
        """The last step of every way in: whose address is not proved stays outside, whatever led here."""
        user.refresh_from_db()
        if not user.is_authenticated:
            raise PermissionDenied
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        response = super().post_login(request, user, **details)
        keep_those_of(user, request, response)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002 - the library's signature
        """Counted for each account, whatever host the browser names."""
        return str(credentials.get("email", "")).lower()

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.PUBLIC_URL}{path.replace('UID-KEY', key)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Letters of the library leave through the outbox too, in words of our own."""
        subject, text = _letter(template_prefix.rpartition("/")[2], email, context)
        mail.queue(to=email, subject=subject, text=text, dedupe=f"{OWN_LETTERS}{uuid4()}")


def _letter(kind: str, email: str, context: dict[str, Any]) -> tuple[str, str]:
    if "code" in context:
        words = _(
            "您的验证码是：\n%(code)s\n请在注册的页面填写，30分钟内有效。"
            "不要告诉任何人；不是您本人注册的，不用理会这封信。"
        )
        return _("注册验证码"), words % {"code": context["code"]}
    if kind == "password_reset_key":
        words = _("请打开下面的链接重设密码：\n%(url)s\n不是您本人申请的，不用理会这封信。")
        return _("重设密码"), words % {"url": context["password_reset_url"]}
    if kind in ("account_already_exists", "unknown_account"):
        return _what_stands(email)
    return _("账号通知"), _("您的账号有一项安全设置发生了变化。如果不是您本人操作，请尽快修改密码。")


def _what_stands(email: str) -> tuple[str, str]:
    """To an address typed at the sign-up or for a new password: what stands there, told to its owner alone."""
    known = person_at(email)
    if known is None:
        words = _("有人用这个邮箱申请重设密码，但这个邮箱还没有账号。需要账号请先注册：\n%(url)s")
        return _("这个邮箱还没有账号"), words % {"url": public("account_signup")}
    if not known.is_authenticated:
        words = _("这个邮箱已由他人登记，等待您本人确认。请打开下面的链接设置密码：\n%(url)s")
        return _("请确认您的邮箱"), words % {"url": way_to(known, reverse("account:home"))}
    words = _(
        "有人用这个邮箱注册，但这个邮箱已有账号。请直接登录：\n%(sign_in)s\n忘记密码可以重设：\n%(reset)s\n"
        "不是您本人操作的，不用理会这封信。"
    )
    return _("这个邮箱已有账号"), words % {
        "sign_in": public("account_login"),
        "reset": public("account_reset_password"),
    }
