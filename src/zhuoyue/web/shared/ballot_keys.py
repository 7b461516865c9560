"""Forms of the sealed ballot that the jury and the office share: one's code, who holds the key, the codes at the count.

Codes travel in the body of one request and stand in no session, message or kept answer.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.review.models import Meeting
from zhuoyue.domain.review.queries.ballots import Custody, key_of, shares_of
from zhuoyue.kernel import sealed
from zhuoyue.web.shared.typed_fields import LineField

_FIELD = "code-"
_SECRET = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(forms.Form):
    """The code that was shown, typed again: whoever can type it has it on paper."""

    widths = {"again": "l"}

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)
    again = LineField(
        label=gettext_lazy("照抄下来的再输入一遍"),
        help_text=gettext_lazy("大小写和短横线都不要紧。"),
        max_length=60,
        widget=forms.TextInput(attrs=_SECRET),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "again" not in cleaned:
            return cleaned
        try:
            same = sealed.read_code(cleaned.get("code", "")) == sealed.read_code(cleaned["again"])
        except sealed.CodeError:
            same = False
        if not same:
            self.add_error("again", _("与上面的计票码不一致，请对照修改。"))
        return cleaned


def code_shown(form: CodeForm) -> str:
    """The code that the page shows: the one that came back with the form, else a new one."""
    try:
        return sealed.read_code(form.data.get("code", ""))
    except sealed.CodeError:
        return sealed.new_code()


def custody_form(custodies: Sequence[Custody]) -> type[forms.Form]:
    """Who is to hold the key of the round that opens."""
    ways = [(way.key, way.words) for way in custodies]
    custody = forms.ChoiceField(
        label=_("由谁保管计票钥匙"),
        help_text=_("结束投票时，保管人当场输入各自的计票码才能计票；少一位都打不开选票。"),
        choices=ways,
        initial=ways[0][0] if ways else None,
        widget=forms.RadioSelect,
    )
    return type("CustodyForm", (forms.Form,), {"custody": custody})


class _CodesForm(forms.Form):
    needed = 0

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, text in list(cleaned.items()):  # what is refused leaves `cleaned`
            if text:
                self._check(name, text)
        given = sum(bool(self.data.get(name, "").strip()) for name in self.fields)
        if given < self.needed:
            words = _("需要%(needed)s位保管人的计票码，现在填了%(given)s位。") % {"needed": self.needed, "given": given}
            self.add_error(None, words)
        return cleaned

    def _check(self, name: str, text: str) -> None:
        try:
            sealed.read_code(text)
        except sealed.CodeError:
            self.add_error(name, _("计票码不完整或有误，请对照抄下来的核对。"))


def codes_form(meeting: Meeting) -> type[forms.Form]:
    """A field for the code of each holder; as many as the key needs are to be filled in."""
    key = key_of(meeting)
    needed = key.needed if key is not None else 0
    shares = shares_of(meeting)
    fields: dict[str, Any] = {
        f"{_FIELD}{share.person_id}": forms.CharField(
            label=_("%(name)s的计票码") % {"name": share.person.name},
            required=needed == len(shares),
            max_length=60,
            widget=forms.PasswordInput(attrs=_SECRET, render_value=True),
        )
        for share in shares
    }
    widths = dict.fromkeys(fields, "l")
    return type("CodesForm", (_CodesForm,), {**fields, "needed": needed, "widths": widths})


def codes_in(cleaned: dict[str, Any]) -> dict[UUID, str]:
    """Person id of a holder -> their code."""
    return {UUID(name.removeprefix(_FIELD)): text for name, text in cleaned.items() if text}


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("宣布无效的理由"),
        help_text=gettext_lazy("全体委员都会看到，并写入操作记录。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )
