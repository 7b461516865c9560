"""Categories that share a standard, and rules that one programme holds beside another's."""

import pytest
from tests.factories import body, member
from tests.small_cycle import announce, prepare
from tests.twin_award import twin_pack

from zhuoyue.domain.criteria.actions import freeze
from zhuoyue.domain.criteria.enums import EditionState
from zhuoyue.domain.criteria.models import Edition
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes.enums import CycleState
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.records import subject_of

pytestmark = pytest.mark.django_db


def played(key):
    organiser = body()
    secretary = member(organiser.organisation, Duty.SECRETARY)
    return prepare(organiser, secretary, secretary, slug=key, text=twin_pack(key, f"奖{key}"))


def test_two_categories_on_one_standard_freeze_it_once():
    first, second = played("first-2021"), played("second-2021")
    announce(first)
    assert first.cycle.state == CycleState.OPEN
    editions = {category.key: category.edition for category in first.cycle.categories.select_related("edition")}
    assert editions["large"] == editions["large-service"] != editions["craft"]
    assert {edition.state for edition in editions.values()} == {EditionState.FROZEN}
    announce(second)
    assert second.cycle.state == CycleState.OPEN
    for edition in set(editions.values()):
        frozen = AuditEvent.objects.filter(subject=subject_of(edition), verb="edition.freeze")
        assert frozen.count() == 1


def test_an_old_copy_of_a_frozen_edition_changes_nothing():
    play = played("first-2021")
    stale = Edition.objects.get(key="short-2021")
    freeze(by=None, edition=Edition.objects.get(key="short-2021"))
    digest = Edition.objects.get(key="short-2021").digest
    freeze(by=None, edition=stale)
    assert stale.state == EditionState.FROZEN
    assert Edition.objects.get(key="short-2021").digest == digest
    announce(play)
