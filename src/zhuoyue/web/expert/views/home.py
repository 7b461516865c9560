"""The first page: what an expert must answer, declare and judge next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuoyue.domain.review.enums import InvitationState, Step
from zhuoyue.domain.review.models import Invitation
from zhuoyue.domain.review.queries.blind import called
from zhuoyue.domain.review.queries.tasks import (
    OPEN,
    TeamTask,
    books_of,
    called_in_row,
    loads_of,
    sorted_books,
    team_tasks,
)
from zhuoyue.domain.review.queries.teams import invitations_for_user
from zhuoyue.domain.review.rules import BE_EXPERT
from zhuoyue.kernel import clock
from zhuoyue.kernel.language import in_english
from zhuoyue.kernel.pages import page
from zhuoyue.web.expert.navigation import frame
from zhuoyue.web.shared.titles import titled

MOST_SHOWN = 8


@page(BE_EXPERT)
def home(request: HttpRequest) -> HttpResponse:
    invitations = list(invitations_for_user(request.user))
    loads = loads_of(request.user, english=in_english())
    books = list(sorted_books(books_of(request.user).filter(OPEN), "due")[:MOST_SHOWN])
    tasks = [task for task in team_tasks(request.user, *Step) if task.is_open]
    due = [*_owed(invitations), *(_team_row(task) for task in tasks[:MOST_SHOWN])]
    rows = [_book_row(book) for book in books]
    for place, row in enumerate([*due, *rows]):
        row["first"] = place == 0
    context = frame(
        due=due,
        books=rows,
        open_books=sum(load.open for load in loads),
        loads=loads,
        answered=[
            {"invitation": invitation, "cycle": titled(invitation.cycle)}
            for invitation in invitations
            if invitation.state == InvitationState.ACCEPTED
        ],
        late=sum(1 for book in books if book["due_at"] and book["due_at"] < clock.now()),
        waiting=len(due),
    )
    return render(request, "expert/home.html", context)


@page(BE_EXPERT)
def next_book(request: HttpRequest) -> HttpResponse:
    """The open scorebook that is least finished; the list when there is none."""
    book = sorted_books(books_of(request.user).filter(OPEN), "least").first()
    return redirect("expert:next_item", book["id"]) if book else redirect("expert:books")


def _owed(invitations: list[Invitation]) -> list[dict[str, Any]]:
    """Invitations to answer, and what still has to be declared before anything opens."""
    rows = []
    for invitation in invitations:
        cycle = titled(invitation.cycle)
        row = {"url": reverse("expert:invitation", args=[invitation.pk]), "due": invitation.answer_by}
        if invitation.state == InvitationState.INVITED:
            rows.append({**row, "title": _("评审邀请：%(cycle)s") % {"cycle": cycle}, "action": _("答复")})
        elif invitation.state == InvitationState.ACCEPTED and not invitation.conflicts_declared_at:
            rows.append(
                {
                    "url": reverse("expert:conflicts", args=[invitation.pk]),
                    "title": _("声明利益冲突：%(cycle)s") % {"cycle": cycle},
                    "note": _("没有冲突也要明确声明，声明以后才能打开申报材料。"),
                    "action": pgettext("button", "声明"),
                }
            )
    return rows


def _team_row(task: TeamTask) -> dict[str, Any]:
    entry = task.entry
    visit = entry.run.nature.step == Step.VISIT
    place = "expert:visit" if visit else "expert:consensus"
    facts = {"name": called(entry.run, entry.application).title, "stage": titled(entry.run)}
    return {
        "url": reverse(place, args=[entry.pk]),
        "title": _("%(name)s：%(stage)s") % facts,
        "note": _team_words(task, visit=visit),
        "due": task.due_at,
        "action": _("进入"),
    }


def _team_words(task: TeamTask, *, visit: bool) -> str:
    if visit:
        return _("由您带队") if task.leads else _("由组长带队，您可以列问题、写发现")
    if task.leads:
        return _("由您主持，已议定%(done)s／%(asked)s条") % {"done": task.done, "asked": task.asked}
    return _("由组长议定，您可以查看并保留意见")


def _book_row(book: dict[str, Any]) -> dict[str, Any]:
    shown = called_in_row(book)
    facts = {"done": book["finished"], "asked": book["asked"], "number": shown.number}
    return {
        "url": reverse("expert:next_item", args=[book["id"]]),
        "title": shown.title,
        "note": (_("%(number)s　已完成%(done)s／%(asked)s条") % facts).strip("　"),
        "due": book["due_at"],
        "due_at": book["due_at"],
        "action": _("继续评分") if book["finished"] else _("开始评分"),
    }
