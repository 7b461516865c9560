"""The list of an expert's scorebooks: 240 rows or three, the same statements."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhuoyue.domain.judging.enums import ScorebookState
from zhuoyue.domain.review.enums import StageState, TeamRole
from zhuoyue.domain.review.queries.tasks import VIEWS, Load, books_of, called_in_row, loads_of, sorted_books
from zhuoyue.domain.review.rules import BE_EXPERT
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import page
from zhuoyue.web.expert.navigation import frame
from zhuoyue.web.shared.templatetags.zy import state_badge

PER_PAGE = 50


class StageForm(forms.Form):
    stage = forms.ChoiceField(label="", required=False)

    def __init__(self, data: Any, loads: list[Load]) -> None:
        super().__init__(data)
        field = self.fields["stage"]
        field.label = _("阶段")
        field.choices = [("", _("全部阶段"))] + [  # type: ignore[attr-defined] # a choice field has choices
            (str(load.run), f"{load.cycle}　{load.category}　{load.stage}") for load in loads
        ]


@page(BE_EXPERT)
def books(request: HttpRequest) -> HttpResponse:
    loads = loads_of(request.user, english=in_english())
    form = StageForm(request.GET, loads)
    stage = form.cleaned_data["stage"] if form.is_valid() else ""
    view = request.GET.get("view", "open")
    shown = [load for load in loads if not stage or str(load.run) == stage]
    rows = books_of(request.user, english=in_english())
    if stage:
        rows = rows.filter(run=stage)
    if view in VIEWS:
        rows = rows.filter(VIEWS[view])
    order = request.GET.get("sort", "due")
    paginator = Paginator(sorted_books(rows, order), PER_PAGE)
    paginator.count = sum(getattr(load, view if view in VIEWS else "total") for load in shown)
    listed = paginator.get_page(request.GET.get("page"))
    listed.object_list = [_shown(row) for row in listed.object_list]
    context = frame(
        page=listed,
        views=_views(request, shown, view),
        form=form if len(loads) > 1 else None,
        view=view,
        open_books=sum(load.open for load in shown),
        total=sum(load.total for load in shown),
    )
    return render(request, "expert/books.html", context)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row with what its state means for the person: the badge, and whether there is something left to score."""
    submitted = row["book_state"] == ScorebookState.SUBMITTED
    begun = ("open", _("评分中")) if row["finished"] else ("draft", _("未开始"))
    running = row["stage_state"] == StageState.OPEN
    badge = ("done", _("已提交")) if submitted else begun if running else ("shut", _("已截止"))
    role = {TeamRole.LEADER: _("组长"), TeamRole.TRAINEE: _("见习")}.get(row["role"], "")
    return row | {
        "waits": running and not submitted,
        "badge": state_badge(*badge),
        "role": role,
        "shown": called_in_row(row),
    }


def _views(request: HttpRequest, loads: list[Load], current: str) -> list[dict[str, Any]]:
    words = {"open": _("待评"), "submitted": _("已提交"), "closed": _("已截止未提交"), "all": _("全部")}
    found = []
    for key, label in words.items():
        count = sum(getattr(load, "total" if key == "all" else key) for load in loads)
        parameters = request.GET.copy()
        parameters["view"] = key
        parameters.pop("page", None)
        found.append({"label": label, "url": f"?{parameters.urlencode()}", "current": key == current, "count": count})
    return found
