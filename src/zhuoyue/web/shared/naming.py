"""Naming somebody by name and address. Where the address has an account, whoever names looks first who it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.accounts.actions import KnownPersonError


class NamingForm(forms.Form):
    """`known` is asked only when an account stands, and holds for the address it was asked about."""

    known = forms.BooleanField(label=_("已核对，就是这个人"), required=False, widget=forms.HiddenInput)
    known_email = forms.CharField(required=False, widget=forms.HiddenInput)

    def is_known(self) -> bool:
        given = self.cleaned_data
        return bool(given["known"]) and given["known_email"].lower() == given["email"].lower()

    def facts(self) -> dict[str, Any]:
        """What was typed, with `known`."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("known", "known_email")}
        return {**given, "known": self.is_known()}

    def ask(self, error: KnownPersonError) -> None:
        """Say who stands there, and ask; nothing has been done yet."""
        self.data = self.data.copy()
        self.data.pop("known", None)
        self.data["known_email"] = error.person.email
        self.fields["known"].widget = forms.CheckboxInput()
        self.order_fields([*(name for name in self.fields if name != "known"), "known"])
        self.add_error("known", str(error))
