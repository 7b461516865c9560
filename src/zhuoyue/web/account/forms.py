from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.forms import ResetPasswordKeyForm as LibraryResetPasswordKeyForm
from allauth.account.forms import SignupForm as LibrarySignupForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.models import Person
from zhuoyue.web.shared.typed_fields import LineField

GOOD_PASSWORD = _("至少12个字符，不要用常见的词。")


class SignupForm(LibrarySignupForm):
    """Address, name and password: whoever applies makes an account first."""

    name = LineField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1", "password2"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD


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
