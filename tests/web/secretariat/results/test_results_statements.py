"""What the office's pages of results and decisions ask of the database: bounded, and the same for few as for many."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import moment
from tests.jury_cast import make_jury
from tests.objections import objection_to

from zhuoyue.domain.outcomes.models import Award, Objection, ResultList
from zhuoyue.domain.review.models import Meeting, Seat
from zhuoyue.kernel import clock

pytestmark = pytest.mark.django_db
MOST = 12


def counted(cast):
    cast.vote_all()


def set_down(cast):
    cast.vote_all()
    cast.decide(*range(len(cast.applications)))


def decided(cast):
    cast.decided()


def on_notice(cast):
    notice = cast.on_notice()
    for name in ("王一", "王二"):
        objection_to(notice, name=name, text=name)


def announced(cast):
    cast.announced()


def arranged(_cast):
    """As `make_jury` leaves it."""


@dataclass(frozen=True)
class Page:
    """A page of the office by its name and what stands in its address."""

    name: str
    of: Callable[[Any], Any]

    def __call__(self, cast):
        return reverse(f"secretariat:{self.name}", args=[self.of(cast)])


def of_category(name):
    return Page(name, lambda cast: cast.stage.category.pk)


def of_stage(name):
    return Page(name, lambda cast: cast.run.pk)


def of_cycle(name):
    return Page(name, lambda cast: cast.stage.cycle.slug)


def of_first(name, model):
    return Page(name, lambda _cast: model.objects.first().pk)


PAGES = [
    (arranged, of_cycle("results")),
    (arranged, of_cycle("seats")),
    (arranged, of_category("category_results")),
    (arranged, of_stage("jury_meeting")),
    (arranged, of_first("jury_open", Meeting)),
    (arranged, of_first("unseat", Seat)),
    (counted, of_category("category_results")),
    (counted, of_first("jury_close", Meeting)),
    (counted, of_first("jury_open_round", Meeting)),
    (counted, of_stage("jury_decide")),
    (set_down, of_category("category_results")),
    (set_down, of_stage("jury_decide")),
    (set_down, of_stage("jury_end")),
    (decided, of_category("category_results")),
    (decided, of_category("propose_list")),
    (decided, of_first("result_list", ResultList)),
    (decided, of_first("publish_list", ResultList)),
    (on_notice, of_category("category_results")),
    (on_notice, of_first("result_list", ResultList)),
    (on_notice, of_first("office_objection", Objection)),
    (announced, of_cycle("results")),
    (announced, of_cycle("award_roll")),
    (announced, of_category("category_results")),
    (announced, of_category("propose_list")),
    (announced, of_category("release_feedback")),
    (announced, of_first("announce_list", ResultList)),
    (announced, of_first("revoke_award", Award)),
]


def asked(client, address, size, prepare):
    """How many statements the page takes with `size` candidates."""
    clock.stand_at(moment("2021-10-20T10:00"))
    cast = make_jury(applications=size)
    prepare(cast)
    client.force_login(cast.second)
    url = address(cast)
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize(("prepare", "address"), PAGES, ids=[f"{when.__name__}-{page.name}" for when, page in PAGES])
def test_a_page_of_results_stays_within_twelve_statements_whatever_the_size(client, prepare, address):
    with transaction.atomic():
        few = asked(client, address, 2, prepare)
        transaction.set_rollback(True)
    assert few <= MOST
    assert asked(client, address, 5, prepare) == few
