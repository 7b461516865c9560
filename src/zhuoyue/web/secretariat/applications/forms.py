from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.applications.enums import ApplicationState, RegistrationState
from zhuoyue.domain.orgs.models import Body
from zhuoyue.domain.programmes.models import Cycle
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.kernel import clock
from zhuoyue.web.shared.typed_fields import LineField, MomentField

SENT = [choice for choice in ApplicationState.choices if choice[0] != ApplicationState.DRAFT]
MOST_POINTS = 12


class ApplicationFilter(forms.Form):
    """What the list shows, in its address. Anything that is no choice is left out of the question."""

    text = LineField(label=_("编号或名称"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *SENT])
    category = forms.ChoiceField(label=_("类别"), required=False)
    body = forms.ChoiceField(label=_("推荐单位"), required=False)

    def __init__(self, data: Any, *, cycle: Cycle, bodies: list[Body]) -> None:
        super().__init__(data, auto_id="f_%s")
        language = get_language() or "zh"
        titles = [(entry.key, entry.title.in_language(language)) for entry in rules_of(cycle.rules).categories]
        self.fields["category"].choices = [("", _("全部")), *titles]  # type: ignore[attr-defined]  # a choice field
        named = [(str(body.pk), body.organisation.name) for body in bodies]
        self.fields["body"].choices = [("", _("全部")), *named]  # type: ignore[attr-defined]  # a choice field

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class RegistrationFilter(forms.Form):
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *RegistrationState.choices])


class PaperForm(forms.Form):
    at = MomentField(label=_("收到时间"), widget=forms.DateTimeInput, initial=clock.today)


class CorrectionForm(forms.Form):
    """Points to correct, each with its place in the application; empty rows are left out."""

    article = LineField(label=_("依据条款"), max_length=200, required=False, help_text=_("如：管理办法第十二条。"))
    until = MomentField(label=_("补正截止时间"), widget=forms.DateTimeInput, required=False)

    def __init__(self, data: Any, *, parts: list[tuple[str, str]], by_rule: bool, rows: int = 3) -> None:
        super().__init__(data)
        self.rows = min(max(rows, 1), MOST_POINTS)
        for number in range(1, self.rows + 1):
            self.fields[f"part_{number}"] = forms.ChoiceField(
                label=_("第%(number)s处：位置") % {"number": number}, choices=[("", _("选择")), *parts], required=False
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("第%(number)s处：需要补正什么") % {"number": number},
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=500,
                required=False,
            )
        if by_rule:
            del self.fields["until"]
        self.order_fields([*[name for name in self.fields if "_" in name], "article", "until"])

    def items(self) -> list[dict[str, str]]:
        found = []
        for number in range(1, self.rows + 1):
            text = self.cleaned_data[f"text_{number}"].strip()
            if text:
                found.append({"part": self.cleaned_data[f"part_{number}"], "text": text})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, self.rows + 1):
            text, part = cleaned.get(f"text_{number}", ""), cleaned.get(f"part_{number}", "")
            if text and not part:
                self.add_error(f"part_{number}", _("请选择这处在申报材料的什么位置。"))
            if part and not text:
                self.add_error(f"text_{number}", _("请写明需要补正什么。"))
        if not self.errors and not any(cleaned.get(f"text_{number}") for number in range(1, self.rows + 1)):
            self.add_error("text_1", _("请至少写明一处需要补正的内容。"))
        return cleaned
