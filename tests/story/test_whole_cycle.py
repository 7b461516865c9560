"""The whole of a cycle in the browser, from the notice to the verified certificate, each step by the right person."""

import pytest
from tests.story import act_applying as applying
from tests.story import act_checking as checking
from tests.story import act_deciding as deciding
from tests.story import act_judging as judging

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("story")]


def test_from_notice_to_certificate(house, windows, tmp_path):
    applying.notice(house, windows)
    page = applying.organisation(windows)
    applying.registration(house, windows, page)
    applying.application(windows, page)
    applying.submission(windows, page, tmp_path)
    other = applying.another_applicant(house)
    applying.recommendation(house, windows)
    checking.returned(house, windows)
    checking.checked(house, windows, other)
    checking.invited(house, windows)
    checking.sworn_in(windows)
    checking.assigned(house, windows)
    judging.scored(house, windows)
    judging.agreed(house, windows, other)
    judging.visited(house, windows, other)
    deciding.seated(house, windows)
    deciding.voted(house, windows)
    deciding.decided(house, windows)
    deciding.on_notice(house, windows)
    deciding.ruled(house, windows)
    deciding.announced(house, windows)
    deciding.verified(windows, tmp_path)
    assert windows.complaints == []
