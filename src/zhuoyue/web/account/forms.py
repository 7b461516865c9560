from typing import Any

from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.forms import ConfirmEmailVerificationCodeForm
from allauth.account.forms import ResetPasswordForm as LibraryResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as LibraryResetPasswordKeyForm
from allauth.account.forms import SignupForm as LibrarySignupForm
from allauth.core import context
from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.actions import forget_sign_up
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.accounts.queries import person_at
from zhuoyue.web.account.proof import keep_typed, typed_before
from zhuoyue.web.shared.typed_fields import LineField

GOOD_PASSWORD = _("至少8个字符，可以用任何文字、符号和空格；不要用常见的密码，也不要用自己的姓名或邮箱。")


class SignupForm(LibrarySignupForm):
    """Address, name and password: whoever applies makes an account first."""

    name = LineField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1", "password2"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD
        for name, value in typed_before(context.request).items():
            self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        """The name is one of the words that a password may not lie near; the library knows of none."""
        cleaned: dict[str, Any] = super().clean()
        password, who = cleaned.get("password1"), Person(name=cleaned.get("name", ""))
        if password and "password1" not in self.errors:
            try:
                password_validation.validate_password(password, who)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def validate_unique_email(self, value: str) -> str:
        """An unfinished sign-up is no account: it is thrown away for this one."""
        self.account_already_exists = person_at(value) is not None
        return value

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """(the new person, None); where the address has an account, (None, the same answer after the same work)."""
        typed = self.cleaned_data
        keep_typed(request, name=typed["name"], email=typed["email"])
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    forget_sign_up(email=typed["email"])
                    return super().try_save(request)
            except IntegrityError:  # the same address signed up in the same moment
                self.account_already_exists = True
        make_password(typed["password1"])
        return super().try_save(request)


class CodeForm(ConfirmEmailVerificationCodeForm):
    """The digits of the letter."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12"}
        self.fields["code"] = LineField(label=_("验证码"), widget=forms.TextInput(attrs=attrs))


class ResetPasswordForm(LibraryResetPasswordForm):
    def clean_email(self) -> str:
        """A link to set a password anew is for whose address is proved; the letter to others says what stands there."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.is_authenticated]
        return email


class ChangePasswordForm(LibraryChangePasswordForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD


class ResetPasswordKeyForm(LibraryResetPasswordKeyForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD


class FirstPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("设置密码"),
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(label=_("再输入一次"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: object, person: Person | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, str]:
        cleaned = super().clean() or {}
        password = cleaned.get("password", "")
        if password and cleaned.get("again") != password:
            self.add_error("again", _("两次输入的密码不一样，请重新输入。"))
        elif password:
            try:
                password_validation.validate_password(password, self.person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class SettingsForm(forms.Form):
    name = LineField(label=_("姓名"), max_length=60)
    phone = LineField(label=_("电话"), max_length=30, required=False)
