from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuoyue.domain.criteria.actions.outline import NewNode
from zhuoyue.domain.criteria.enums import NodeKind, Where
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.criteria.queries import depths_of
from zhuoyue.web.shared.typed_fields import LineField, NumberField


class DocumentForm(forms.Form):
    document = forms.FileField(
        label=_("标准文本"),
        help_text=_(".txt、.docx或.pdf（带文字，不是扫描件），最大20MB。读入后成为草稿，由人逐条核对。"),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        allow_empty_file=True,  # an empty file is named as such by the store of files
    )


class EditionForm(forms.Form):
    widths = {"code": "m", "label": "m", "verified_by": "l"}

    title = LineField(label=_("名称"), max_length=200)
    title_en = LineField(label=_("英文名称"), max_length=200, required=False)
    code = LineField(label=_("标准号"), max_length=60, required=False, help_text=_("如：GB/T 19580"))
    label = LineField(label=_("版本"), max_length=60, required=False, help_text=_("如：2012"))
    issuer = LineField(label=_("发布机构"), max_length=200, required=False)
    source = LineField(label=_("出处"), max_length=300, required=False, help_text=_("这些内容取自哪里。"))
    verified_by = LineField(
        label=_("核对人"), max_length=120, required=False, help_text=_("与印行的标准逐条对照过的人；没有对照过就留空。")
    )

    @classmethod
    def of(cls, edition: Edition, data: Any = None) -> "EditionForm":
        return cls(data, initial={name: getattr(edition, name) for name in cls.base_fields})


class NodeForm(forms.Form):
    widths = {"code": "m", "kind": "m", "points": "s"}

    code = LineField(label=_("编号"), max_length=30, help_text=_("在这个标准里不能重复。"))
    title = LineField(label=_("标题"), max_length=200, required=False)
    title_en = LineField(label=_("英文"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=NodeKind.choices)
    points = NumberField(
        label=_("分值"),
        max_digits=8,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("没有给分就留空。"),
    )
    text = forms.CharField(label=_("原文"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    prompt = forms.CharField(
        label=_("提示"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用自己的话写给申报者：这一条要回答什么。"),
    )
    prompt_en = forms.CharField(label=_("英文提示"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    @classmethod
    def of(cls, node: Node, data: Any = None) -> "NodeForm":
        return cls(data, initial={name: getattr(node, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not (given.get("title") or given.get("text")):
            self.add_error("title", _("标题和原文至少填写一项。"))
        return given


def _named(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    """Elements to choose from, indented as they stand."""
    return [(str(node.pk), f"{'　' * depth}{node.code} {node.title}"[:60]) for node, depth in depths_of(nodes)]


class TargetForm(forms.Form):
    """`nodes` may be chosen as the target; the one that is chosen comes back as such."""

    target = forms.ChoiceField(label=_("条目"))

    def __init__(self, nodes: Sequence[Node], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes = {str(node.pk): node for node in nodes}
        self.fields["target"].choices = _named(nodes)  # type: ignore[attr-defined]

    def clean_target(self) -> Node:
        return self.nodes[self.cleaned_data["target"]]


class MoveForm(TargetForm):
    widths = {"target": "l"}

    where = forms.ChoiceField(label=_("移到"), choices=Where.choices, widget=forms.RadioSelect, initial=Where.AFTER)
    target = forms.ChoiceField(label=_("哪个条目"))
    field_order = ["target", "where"]


class MergeForm(TargetForm):
    widths = {"target": "l"}

    target = forms.ChoiceField(label=_("并入"), help_text=_("文字接在它的后面，对应的原文行和下级一并归它。"))


def _line_field(required: bool) -> forms.MultipleChoiceField:  # noqa: FBT001 - the field's own word
    return forms.MultipleChoiceField(
        label=_("原文行"), choices=(), required=required, widget=forms.CheckboxSelectMultiple
    )


class NewNodeForm(forms.Form):
    """An element that is to stand on its own; `lines` are (number, text)."""

    widths = {"kind": "m", "code": "m"}

    kind = forms.ChoiceField(label=_("类型"), choices=NodeKind.choices)
    code = LineField(label=_("编号"), max_length=30, help_text=_("在这个标准里不能重复。"))
    title = LineField(label=_("标题"), max_length=200, required=False)
    text = forms.CharField(label=_("原文"), required=False, widget=forms.Textarea(attrs={"rows": 5}))

    def new_node(self) -> NewNode:
        given = self.cleaned_data
        return NewNode(given["kind"], given["code"], given["title"], given["text"])


def _with_lines(form: forms.Form, lines: Sequence[tuple[int, str]]) -> None:
    rows = [(str(number), f"{number}　{text}") for number, text in lines]
    form.fields["lines"].choices = rows  # type: ignore[attr-defined]
    if not rows:
        del form.fields["lines"]


def chosen_lines(form: forms.Form) -> list[int]:
    return [int(number) for number in form.cleaned_data.get("lines", [])]


class SplitForm(NewNodeForm):
    stays = forms.CharField(label=_("留在原条目的文字"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    text = forms.CharField(label=_("新条目的文字"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    lines = _line_field(required=False)
    field_order = ["stays", "text", "lines", "code", "kind", "title"]

    def __init__(self, lines: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].help_text = _("归新条目的行；都不选时，两个条目都对应全部的行。")
        _with_lines(self, lines)


class PlaceForm(NewNodeForm):
    """Lines that stand nowhere: into an element, or an element of their own."""

    widths = {"target": "l", "kind": "m", "code": "m"}
    INTO = "into"

    lines = _line_field(required=False)
    where = forms.ChoiceField(
        label=_("放到"),
        choices=[
            (INTO, _("补进它的文字")),
            (Where.INSIDE, _("另立条目：它的下级（排在最后）")),
            (Where.AFTER, _("另立条目：它的后面（同级）")),
            (Where.BEFORE, _("另立条目：它的前面（同级）")),
        ],
        widget=forms.RadioSelect,
        initial=INTO,
    )
    target = forms.ChoiceField(label=_("哪个条目"))
    code = LineField(label=_("编号"), max_length=30, required=False, help_text=_("另立条目时填写，不能重复。"))
    kind = forms.ChoiceField(label=_("类型"), choices=NodeKind.choices, help_text=_("另立条目时选择。"))
    field_order = ["lines", "target", "where", "code", "kind", "title", "text"]

    def __init__(self, nodes: Sequence[Node], lines: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes = {str(node.pk): node for node in nodes}
        self.fields["target"].choices = _named(nodes)  # type: ignore[attr-defined]
        self.fields["text"].help_text = _("留空时就用所选原文行的文字。")
        _with_lines(self, lines)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("where") == self.INTO and not given.get("lines"):
            self.add_error("lines" if "lines" in self.fields else "where", _("请选择要补进去的原文行。"))
        elif given.get("where") != self.INTO and not given.get("code"):
            self.add_error("code", _("另立条目要有编号。"))
        return given

    @property
    def target_node(self) -> Node:
        return self.nodes[self.cleaned_data["target"]]
