"""The frame of the office follows what each programme is made of."""

import re

import pytest
from django.urls import reverse

from zhuoyue.domain.applications import recommenders
from zhuoyue.domain.programmes import queries
from zhuoyue.domain.programmes.queries import rules_of
from zhuoyue.web.secretariat import places
from zhuoyue.web.secretariat.places import Place, places_for

pytestmark = pytest.mark.django_db
WHOLE = ["overview", "applications", "review", "bodies", "experts", "results", "notices", "settings"]


@pytest.fixture
def cycle(review):
    return review.stage.cycle


@pytest.fixture
def bare(monkeypatch, cycle):
    """Rules by which nobody recommends and nothing is judged."""

    def without_stages(version):
        rules = rules_of(version)
        categories = tuple(category.model_copy(update={"review": None}) for category in rules.categories)
        return rules.model_copy(update={"categories": categories, "recommendation": ()})

    monkeypatch.setattr(queries, "rules_of", without_stages)
    monkeypatch.setattr(recommenders, "rules_of", without_stages)


def keys(cycle, current=""):
    return [place.key for place in places_for(cycle, current)]


def test_a_whole_award_has_every_place_in_order(cycle):
    assert keys(cycle) == WHOLE
    assert keys(None) == ["settings"]


@pytest.mark.usefixtures("bare")
def test_a_place_without_substance_is_not_offered_but_where_the_reader_stands(cycle):
    assert keys(cycle) == ["overview", "applications", "notices", "settings"]
    assert "experts" in keys(cycle, "experts")


def test_the_frame_shows_the_places_with_their_pages(office, cycle):
    text = office.get(reverse("secretariat:notices", args=[cycle.slug])).content.decode()
    for place in places_for(cycle):
        assert re.search(rf'href="{places.address_of(place, cycle)}"', text), place.key


def test_a_place_and_a_page_are_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        places.declare((Place("overview", "", "cycle", 1),), {})
    with pytest.raises(ValueError, match="declared twice"):
        places.declare((), {"programmes.cycle": places.listed("cycle")})
