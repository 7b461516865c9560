"""The first page of a cycle whose rules name no phases: its letters and the year before are told all the same."""

import pytest
from tests.factories import body, member, organisation
from tests.small_award import small_pack
from tests.small_cycle import announce, at, prepare, sign_up

from zhuoyue.domain.office.queries.overview import overview_of
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes.queries import failed_letters
from zhuoyue.kernel import mail
from zhuoyue.kernel.mail import MailState, OutboxMail
from zhuoyue.kernel.records import subject_of

pytestmark = pytest.mark.django_db


def test_letters_and_the_year_before_are_told_without_phases():
    at("2021-04-26T09:00")
    organiser = body()
    secretary = member(organiser.organisation, Duty.SECRETARY)
    before, play, apart = (
        prepare(organiser, secretary, secretary, slug=slug, text=text)
        for slug, text in (
            ("first", small_pack(label="2021")),
            ("second", small_pack(label="2022")),
            ("apart", small_pack("apart-award", "另一个奖")),
        )
    )
    announce(before)
    at("2021-06-10T10:00")
    owner = organisation()
    sign_up(before, member(owner), owner)
    play.cycle.phases.all().delete()
    OutboxMail.objects.all().delete()
    for number, about in enumerate((play, play, apart)):
        mail.queue(to="a@b.cn", subject="信", text="文", dedupe=str(number), scope=subject_of(about.cycle))
    OutboxMail.objects.update(state=MailState.FAILED)
    facts = overview_of(play.cycle, failed_letters(play.cycle, secretary))
    assert (facts.phases, facts.undelivered) == ([], 2)
    assert facts.before is not None
    assert (facts.before.label, facts.before.registered) == ("2021", 1)
    assert overview_of(play.cycle).undelivered == 0
