"""Each kind of stage is one row that says what it can do; nobody else asks which kind it is."""

import re
from pathlib import Path
from typing import get_args

import pytest
from django.urls import reverse
from tests.review_cast import make_review

import zhuoyue
from zhuoyue.domain.office.queries.overview import overview_of
from zhuoyue.domain.review.actions import stages
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.kinds import KINDS, Kind, keys_of
from zhuoyue.domain.review.models import StageRun
from zhuoyue.domain.review.queries.stages import run_by_id
from zhuoyue.domain.review.queries.totals import totals_of_stage
from zhuoyue.packs.programmes.schema import stages as schema

SOURCE = Path(zhuoyue.__file__).parent
OWN_ROOMS = {"domain/review/kinds.py", "domain/review/enums.py"}


def test_the_kinds_of_the_schema_are_the_rows():
    assert set(get_args(schema.StageKind)) == set(KINDS) == set(StageKind)
    assert keys_of(lambda kind: kind.votes) == ["jury"]
    assert keys_of(lambda kind: kind.has_scores) == ["document_review", "consensus", "site_visit"]


def test_nobody_else_compares_kinds():
    """The demonstration and the checks of packs name kinds; what a stage can do is asked of its row."""
    named = re.compile(r"StageKind\.[A-Z_]+|\b(run|stage)\.kind (==|!=|in|not in)")
    places = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for path in [*SOURCE.rglob("domain/**/*.py"), *SOURCE.rglob("web/**/*.py"), *SOURCE.rglob("web/**/*.html")]
        if str(path.relative_to(SOURCE)) not in OWN_ROOMS
        for line in path.read_text(encoding="utf-8").splitlines()
        if named.search(line)
    ]
    assert places == []


TOY = Kind("tasting", "品鉴", step=Step.VISIT)


@pytest.mark.django_db
def test_a_kind_that_is_only_a_row_is_played_and_shown(client, monkeypatch):
    monkeypatch.setitem(KINDS, TOY.key, TOY)
    review = make_review()
    StageRun.objects.filter(category__cycle=review.stage.cycle, kind=StageKind.SITE_VISIT).update(kind=TOY.key)
    review.move_on(StageKind.CONSENSUS)
    consensus = review.run(StageKind.CONSENSUS)
    reasons = {entry.application_id: "达到要求" for entry in consensus.entries.all()}
    stages.set_outcomes(by=review.by, run=consensus, through=reasons, stopped={})
    stages.decide_stage(by=review.by, run=review.run(StageKind.CONSENSUS))
    toy = run_by_id(StageRun.objects.get(category=review.stage.category, kind=TOY.key).pk)
    stages.open_stage(by=review.by, run=toy)
    assert [standing.entry.application for standing in totals_of_stage(toy)] == review.applications
    facts = overview_of(review.stage.cycle)
    assert [stage.entered for stage in facts.that(lambda kind: kind is TOY)] == [1]
    client.force_login(review.by)
    slug = review.stage.cycle.slug
    for address in (
        reverse("secretariat:stage", args=[toy.pk]),
        reverse("secretariat:stage_entry", args=[toy.entries.get().pk]),
        reverse("secretariat:review", args=[slug]),
        reverse("secretariat:cycle", args=[slug]),
    ):
        assert client.get(address).status_code == 200, address
    client.force_login(review.leader)
    assert client.get(reverse("expert:visit", args=[toy.entries.get().pk])).status_code == 200
    assert toy.title in client.get(reverse("expert:home")).content.decode()
