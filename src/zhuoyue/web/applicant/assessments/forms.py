from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.domain.assessments.actions import Plan
from zhuoyue.domain.assessments.models import Improvement
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.kernel import clock
from zhuoyue.web.shared.titles import titled
from zhuoyue.web.shared.typed_fields import DayField, LineField, WholeField

FIRST_YEAR = 1990


def edition_words(edition: Edition) -> str:
    return "　".join(part for part in (edition.code, f"{titled(edition)} {edition.label}".strip()) if part)


class BeginForm(forms.Form):
    widths = {"year": "s", "title": "l"}

    organisation = forms.ChoiceField(label=gettext_lazy("单位"))
    edition = forms.ChoiceField(
        label=gettext_lazy("标准"), help_text=gettext_lazy("按哪个标准评价自己，与是否申报奖项无关。")
    )
    year = WholeField(label=gettext_lazy("年度"))
    title = LineField(
        label=gettext_lazy("名称"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("不填时用年度作名称。"),
    )
    carry = forms.BooleanField(
        label=gettext_lazy("带过来最近一次自评的指标数据（同一标准）"), required=False, initial=True
    )

    def __init__(
        self, data: Any, *, organisations: list[Organisation], editions: list[Edition], **initial: Any
    ) -> None:
        super().__init__(data, initial={"year": clock.today().year, **initial})
        self.organisations = {str(entry.pk): entry for entry in organisations}
        self.editions = {str(entry.pk): entry for entry in editions}
        self.fields["organisation"].choices = [(key, entry.name) for key, entry in self.organisations.items()]  # type: ignore[attr-defined] # a choice field has choices
        self.fields["edition"].choices = [(key, edition_words(entry)) for key, entry in self.editions.items()]  # type: ignore[attr-defined] # as above

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        last = clock.today().year + 1
        if not FIRST_YEAR <= year <= last:
            raise forms.ValidationError(_("年度应在%(first)s到%(last)s之间。") % {"first": FIRST_YEAR, "last": last})
        return year


class ReopenForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class PlanForm(forms.Form):
    widths = {"due": "m", "progress": "s", "responsible": "l", "node": "l"}
    suffixes = {"progress": "%"}

    node = forms.ChoiceField(label=gettext_lazy("条目"))
    text = LineField(label=gettext_lazy("改进什么"), max_length=120)
    aim = LineField(
        label=gettext_lazy("目标"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("写到能判断是否做到，例如测评通过率90%，现为71%。"),
    )
    responsible = LineField(label=gettext_lazy("责任人"), max_length=80, required=False)
    due = DayField(label=gettext_lazy("完成日期"), required=False)
    progress = WholeField(
        label=gettext_lazy("进度"),
        min_value=0,
        max_value=100,
        initial=0,
        help_text=gettext_lazy("填100即为完成。"),
    )

    def __init__(self, data: Any, *, nodes: list[Node], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.nodes = {node.code: node for node in nodes}
        self.fields["node"].choices = [(code, f"{code} {titled(node)}") for code, node in self.nodes.items()]  # type: ignore[attr-defined] # a choice field has choices

    def plan(self) -> Plan:
        """Of a form that is valid."""
        cleaned = dict(self.cleaned_data)
        return Plan(node=self.nodes[cleaned.pop("node")], **cleaned)


def initial_of(improvement: Improvement) -> dict[str, Any]:
    names = ("text", "aim", "responsible", "due", "progress")
    return {name: getattr(improvement, name) for name in names} | {"node": improvement.node.code}


def shown(form: PlanForm, improvement: Improvement) -> list[dict[str, Any]]:
    """Rows of the page that shows two texts: what is stored beside what was typed."""
    stored = initial_of(improvement)
    return [
        {"label": bound.label, "name": bound.name, "stored": _text(stored[bound.name]), "yours": _text(bound.data)}
        for bound in form
    ]


def _text(value: Any) -> str:
    return "" if value is None else str(value)
