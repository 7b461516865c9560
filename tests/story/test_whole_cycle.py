"""The whole of a cycle in the browser, from the notice to the verified certificate, each step by the right person."""

import pytest

from tests.story import act_applying as applying

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("story")]


def test_from_notice_to_certificate(house, windows, tmp_path):
    applying.notice(house, windows)
    page = applying.organisation(windows)
    applying.registration(house, windows, page)
    applying.application(windows, page)
    applying.submission(windows, page, tmp_path)
    applying.recommendation(house, windows)
    assert windows.complaints == []
