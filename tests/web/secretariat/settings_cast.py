import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories import member, moment, opened_cycle
from tests.small_award import short_standard
from tests.small_published_standard import TEXT

from zhuoyue.domain.criteria.actions import load_standard
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.kernel import clock


@pytest.fixture
def stage(db):
    """The Shanghai 2021 cycle, open, with its secretary."""
    clock.stand_at(moment("2021-06-10T09:00"))
    return opened_cycle()


@pytest.fixture
def office(client, stage):
    """A browser in which the secretary is signed in."""
    client.force_login(stage.secretary)
    return client


@pytest.fixture
def watcher(client, stage):
    """A browser in which the auditor is signed in."""
    client.force_login(member(stage.organiser.organisation, Duty.AUDITOR, name="监督"))
    return client


@pytest.fixture
def edition(stage):
    return load_standard(by=stage.secretary, data=short_standard())


class Pages:
    """The office's addresses, asked and read."""

    def __init__(self, client):
        self.client = client

    def get(self, name, status=200, **kwargs):
        query = kwargs.pop("query", "")
        response = self.client.get(reverse(f"secretariat:{name}", kwargs=kwargs) + query)
        assert response.status_code == status, response.content.decode()[:400]
        return response.content.decode()

    def post(self, name, data=None, *, status=302, follow=False, **kwargs):
        url = reverse(f"secretariat:{name}", kwargs=kwargs)
        response = self.client.post(url, data or {})
        assert response.status_code == status, response.content.decode()[:2000]
        if follow:
            response = self.client.get(response.url)
        self.url = response.headers.get("Location", "")
        return response.content.decode()


@pytest.fixture
def pages(office):
    return Pages(office)


@pytest.fixture
def watching(watcher):
    return Pages(watcher)


def upload(text=TEXT, name="准则.txt"):
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, content)


def plain(text):
    """A page's words, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
