"""What the outbox and the record are filtered by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.kernel import audit
from zhuoyue.kernel.mail import MailState
from zhuoyue.web.shared.typed_fields import DayField, LineField


class LetterFilter(forms.Form):
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *MailState.choices])
    to = LineField(label=_("收件人"), required=False, max_length=254)


class RecordFilter(forms.Form):
    """`verbs`: what has happened in the record that is filtered; `kinds`: kind of thing -> words."""

    verb = forms.ChoiceField(label=_("事项"), required=False)
    about = forms.ChoiceField(label=_("对象"), required=False)
    since = DayField(label=_("从"), required=False, widget=forms.DateInput)
    until = DayField(label=_("到"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, verbs: Iterable[str], kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = sorted(kinds.items(), key=lambda pair: pair[1])
        self.fields["about"].choices = [("", _("全部")), *about]  # type: ignore[attr-defined] - a field of choices
        known = sorted(((verb, audit.words_of(verb)) for verb in verbs), key=lambda pair: pair[1])
        self.fields["verb"].choices = [("", _("全部")), *known]  # type: ignore[attr-defined] - a field of choices

    def asked(self) -> dict[str, str | date]:
        """What is filtered for; a value that cannot be read filters nothing."""
        given = self.cleaned_data if self.is_bound and not self.errors else {}
        return {name: value for name, value in given.items() if value}
