"""Application and receipt numbers where programmes and categories stand side by side."""

import pytest
from tests import applying
from tests.factories import opened_cycle, pack_text

from zhuoyue.domain.applications import actions
from zhuoyue.domain.applications.numbers import letters_of
from zhuoyue.kernel.numbers.models import Series

pytestmark = pytest.mark.django_db


def opened(case):
    return actions.open_application(by=case.person, registration=case.fresh_registration()).number


def test_no_two_of_many_categories_share_their_letters():
    named = [letters_of(position) for position in range(700)]
    assert len(set(named)) == 700
    assert (named[0], named[23], named[24], named[47], named[48]) == ("A", "Z", "AA", "AZ", "BA")


def test_two_programmes_of_one_year_count_apart():
    first = opened_cycle()
    second = opened_cycle(text=pack_text().replace("key: saq-award-2021", "key: other-award-2021", 1))
    assert first.cycle.label == second.cycle.label
    numbers = [opened(applying.signed_up(stage=stage)) for stage in (first, second, first, second)]
    assert numbers == ["2021-A-0001", "2021-A-0001", "2021-A-0002", "2021-A-0002"]


def test_receipts_of_two_programmes_count_apart():
    first = opened_cycle(applying.edition())
    second = opened_cycle(applying.edition(), pack_text().replace("key: saq-award-2021", "key: other-award-2021", 1))
    cases = [applying.sent(stage=stage) for stage in (first, second)]
    receipts = [case.application.receipts.get() for case in cases]
    assert [(receipt.number, receipt.cycle) for receipt in receipts] == [
        ("HZ-2021-00001", first.cycle),
        ("HZ-2021-00001", second.cycle),
    ]


def test_the_ten_thousandth_application_is_followed_by_another():
    stage = opened_cycle()
    assert opened(applying.signed_up(stage=stage)) == "2021-A-0001"
    Series.objects.filter(name="application").update(last=9_999)
    more = [opened(applying.signed_up(stage=stage)) for _applicant in range(3)]
    assert more == ["2021-A-10000", "2021-A-10001", "2021-A-10002"]
