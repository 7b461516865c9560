from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.orgs.models import Body
from zhuoyue.web.shared.naming import NamingForm
from zhuoyue.web.shared.typed_fields import LineField


class ColleagueForm(NamingForm):
    """Somebody for an office. `bodies` are those of the person who lets them in."""

    widths = {"name": "m"}

    body = forms.ChoiceField(label=_("机构"))
    name = LineField(label=_("姓名"), max_length=60)
    email = forms.EmailField(label=_("电子邮箱"), max_length=254)
    duty = forms.ChoiceField(
        label=_("职责"),
        choices=[(duty.value, duty.label) for duty in (Duty.SECRETARY, Duty.AUDITOR)],
        widget=forms.RadioSelect,
        initial=Duty.SECRETARY.value,
        help_text=_("秘书处工作人员办理各项事务；监督人员只能查看。"),
    )

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {str(body.pk): body for body in bodies}
        choices = [(key, body.organisation.name) for key, body in self._bodies.items()]
        self.fields["body"].choices = choices  # type: ignore[attr-defined] - a field of choices
        if len(choices) == 1:
            self.fields["body"].initial = choices[0][0]

    def clean_body(self) -> Body:
        return self._bodies[self.cleaned_data["body"]]
