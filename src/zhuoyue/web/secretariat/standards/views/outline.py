"""The outline of a draft, put right by a person: move, merge, split, remove, place; and take the last change back."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zhuoyue.domain.criteria import actions
from zhuoyue.domain.criteria.enums import NodeKind
from zhuoyue.domain.criteria.errors import OutlineError
from zhuoyue.domain.criteria.models import Edition, Node
from zhuoyue.domain.criteria.queries import branch_of, edition_by_id, free_lines, node_by_id, nodes_of, reading_of
from zhuoyue.domain.criteria.rules import EDIT_NODE
from zhuoyue.kernel.pages import page
from zhuoyue.web.secretariat.frame import chosen_cycle, words_of
from zhuoyue.web.secretariat.pages import edit_page
from zhuoyue.web.secretariat.settings.views.start import PLACE, settings_page
from zhuoyue.web.secretariat.standards.forms import (
    MergeForm,
    MoveForm,
    PlaceForm,
    SplitForm,
    chosen_lines,
)
from zhuoyue.web.secretariat.standards.views.reading import home_of
from zhuoyue.web.secretariat.standards.views.standards import address
from zhuoyue.web.shared.steps import Asked


def _forms(node: Node, nodes: Sequence[Node], name: str = "", data: Any = None) -> dict[str, forms.Form]:
    """The forms of a node's page; the one that was sent carries what was typed."""
    below = {found.pk for found in branch_of(nodes, node)}
    others = [found for found in nodes if found.pk not in below]
    reading = reading_of(node.edition)
    texts = {entry["number"]: entry["text"] for entry in reading.lines} if reading else {}
    lines = [(number, texts[number]) for number in node.lines] if len(node.lines) > 1 else []
    before = [found for found in others if found.position < node.position]
    near = str(before[-1].pk) if before else ""

    def given(which: str) -> Any:
        return data if which == name else None

    start = {"stays": node.text, "kind": node.kind, "code": f"{node.code}+"[:30]}
    return {
        "move": MoveForm(others, given("move"), initial={"target": near}, prefix="move"),
        "merge": MergeForm(others, given("merge"), initial={"target": near}, prefix="merge"),
        "split": SplitForm(lines, given("split"), initial=start, prefix="split"),
    }


def _shown(request: HttpRequest, node: Node, shown: dict[str, forms.Form], *, status: int = 200) -> HttpResponse:
    below = len(branch_of(nodes_of(node.edition), node)) - 1
    back = f"{home_of(node)}#n-{node.position}"
    content = {"node": node, "edition": node.edition, "below": below, "back": back, **shown}
    return settings_page(request, "secretariat/standards/arrange.html", status=status, **content)


@page(EDIT_NODE, find=node_by_id)
def arrange_node(request: HttpRequest, found: Node) -> HttpResponse:
    return _shown(request, found, _forms(found, nodes_of(found.edition)))


def _carried_out(request: HttpRequest, node: Node, name: str, act: Callable[[Any], Any], done: str) -> HttpResponse:
    """Do it and go back to the outline; what stands against it is said where it was typed."""
    shown = _forms(node, nodes_of(node.edition), name, request.POST)
    form = shown[name]
    if not form.is_valid():
        return _shown(request, node, shown, status=422)
    try:
        act(form)
    except OutlineError as error:
        form.add_error(None, str(error))
        return _shown(request, node, shown, status=409)
    messages.success(request, done % {"code": node.code})
    still = node_by_id(node.pk)
    return redirect(f"{home_of(node)}#n-{still.position}" if still else f"{home_of(node)}#h-outline")


@page(EDIT_NODE, find=node_by_id, methods=("POST",))
def move_node(request: HttpRequest, found: Node) -> HttpResponse:
    act = lambda form: actions.move_node(by=request.user, node=found, **form.cleaned_data)  # noqa: E731 - one line, used once
    return _carried_out(request, found, "move", act, _("“%(code)s”已移动。"))


@page(EDIT_NODE, find=node_by_id, methods=("POST",))
def merge_node(request: HttpRequest, found: Node) -> HttpResponse:
    act = lambda form: actions.merge_node(by=request.user, node=found, **form.cleaned_data)  # noqa: E731 - one line, used once
    return _carried_out(request, found, "merge", act, _("“%(code)s”已并入。"))


@page(EDIT_NODE, find=node_by_id, methods=("POST",))
def split_node(request: HttpRequest, found: Node) -> HttpResponse:
    def act(form: SplitForm) -> None:
        stays, lines = form.cleaned_data["stays"], chosen_lines(form)
        actions.split_node(by=request.user, node=found, stays=stays, lines=lines, new=form.new_node())

    return _carried_out(request, found, "split", act, _("“%(code)s”已拆成两个条目。"))


@page(EDIT_NODE, find=node_by_id, methods=("POST",))
def remove_node(request: HttpRequest, found: Node) -> HttpResponse:
    try:
        actions.remove_node(by=request.user, node=found)
    except OutlineError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(code)s”已删除，可以撤销；它的原文行回到未归位。") % {"code": found.code})
    return redirect(f"{home_of(found)}#h-outline")


@page(EDIT_NODE, find=edition_by_id, methods=("GET", "POST"))
def place_lines(request: HttpRequest, found: Edition) -> HttpResponse:
    """Lines that stand nowhere get their place; `?line=` marks those that the person came from."""
    posted = request.method == "POST"
    reading = reading_of(found)
    start = {"lines": request.GET.getlist("line"), "kind": NodeKind.ASPECT}
    lines = free_lines(reading) if reading else []
    form = PlaceForm(nodes_of(found), lines, request.POST if posted else None, initial=start)
    back = address(found, "review_edition" if reading else "edition")
    if posted and form.is_valid():
        given = form.cleaned_data
        new = None if given["where"] == form.INTO else form.new_node()
        where, target = given["where"], form.target_node
        try:
            node = actions.place_lines(
                by=request.user, edition=found, lines=chosen_lines(form), where=where, target=target, new=new
            )
        except OutlineError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已归入“%(code)s”。") % {"code": node.code})
            return redirect(f"{back}#n-{node.position}")
    asked = Asked(_("归位原文行"), _("归位"), f"{back}#h-unplaced", PLACE, lead=words_of(found))
    return edit_page(request, chosen_cycle(request), form, asked)


@page(EDIT_NODE, find=edition_by_id, methods=("POST",))
def undo_change(request: HttpRequest, found: Edition) -> HttpResponse:
    try:
        change = actions.undo(by=request.user, edition=found, change=_named_change(request))
    except OutlineError as error:
        messages.error(request, str(error))
    else:
        words = {"kind": change.get_kind_display(), "words": change.words}
        messages.success(request, _("已撤销：%(kind)s“%(words)s”。") % words)
    back = address(found, "review_edition" if reading_of(found) else "edition")
    return redirect(f"{back}#h-outline")


def _named_change(request: HttpRequest) -> UUID:
    """Nonsense names no change."""
    try:
        return UUID(request.POST.get("change", ""))
    except ValueError:
        return UUID(int=0)
