"""Answers that are kept, to be given again, are given to nobody else."""

import uuid

import pytest
from django.conf import settings
from django.db import transaction
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse

from access.asking import Asker
from access.principals import PRINCIPALS
from zhuoyue.config.page_cache import PageCache
from zhuoyue.kernel.idempotency import FIELD, _digest_of
from zhuoyue.kernel.idempotency.models import Answer

pytestmark = pytest.mark.django_db
SECRET = b"QZX77777W"


@pytest.fixture(scope="module")
def asker(world):
    return Asker(world.people)


@pytest.mark.parametrize("sender", ["owner", "secretary"])
def test_the_answer_to_a_form_is_the_senders_alone(sender, world, asker):
    """Whoever sends the key of somebody else's form does not get its answer."""
    url = reverse("applicant:sign_up")
    key = uuid.uuid4()
    given = set()
    with transaction.atomic():
        sent = RequestFactory().post(url, {FIELD: str(key)})
        sent.user = world.people[sender]
        Answer.objects.create(key=key, digest=_digest_of(sent), status=200, body=SECRET)
        for principal in PRINCIPALS:
            if SECRET in asker.ask(principal, "POST", url, {FIELD: str(key)}).body:
                given.add(principal)
        transaction.set_rollback(True)
    assert given == {sender}


def test_a_page_of_somebody_is_kept_for_nobody(world, asker):
    """Through the cache that stands in front of the house, in either order."""
    handler = ClientHandler(enforce_csrf_checks=False)

    def house(environ, start_response):
        response = handler(environ)
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
        start_response(f"{response.status_code} OK", [*response.items(), *cookies])
        return [response.content]

    def ask(cache, principal, path):
        environ = RequestFactory()._base_environ(PATH_INFO=path)
        cookie = asker.clients[principal].cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None:
            environ["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={cookie.value}"
        return b"".join(cache(environ, lambda *_begun: None))

    name = world.people["secretary"].name.encode()
    for path in ("/", "/programmes/"):
        for order in (("secretary", "visitor"), ("visitor", "secretary")):
            cache = PageCache(house, stamp=lambda: (1, 1), now=lambda: 0.0)
            told = {principal: ask(cache, principal, path) for principal in order}
            assert name in told["secretary"]
            assert name not in told["visitor"]
