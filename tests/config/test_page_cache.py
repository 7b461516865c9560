"""What visitors see may be kept for a moment; what a person sees never is."""

import gzip
import os

import brotli
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, close_old_connections, connection
from django.test import Client, RequestFactory

from factories import body, member, opened_cycle, person
from zhuoyue.config import page_cache
from zhuoyue.config.page_cache import LOOK_AGAIN, SECONDS, PageCache, encoding_of
from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.programmes.actions import draft_notice, publish_notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_the_connection(monkeypatch):
    """The end of a request would close the connection that the test's own transaction stands on."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class House:
    """The cache in front of the real application, with a clock of its own and a count of what got through."""

    def __init__(self, application=None):
        self.seconds = 0.0
        self.passed = 0
        self.inner = application or get_wsgi_application()
        self.cache = PageCache(self._counted, now=lambda: self.seconds)

    def _counted(self, environ, start_response):
        self.passed += 1
        return self.inner(environ, start_response)

    def ask(self, path="/", method="GET", **environ):
        made = RequestFactory()._base_environ(PATH_INFO=path, REQUEST_METHOD=method, HTTP_HOST="localhost", **environ)
        made.pop("HTTP_COOKIE", None)
        if "cookie" in environ:
            made["HTTP_COOKIE"] = environ["cookie"]
        begun = []
        answer = self.cache(made, lambda status, headers, _exc=None: begun.append((status, dict(headers))))
        text = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        return begun[0][0], begun[0][1], text


@pytest.fixture
def house():
    return House()


@pytest.fixture
def signed_in():
    client = Client()
    someone = person(name="张三丰独名")
    client.force_login(someone)
    return f"sessionid={client.cookies['sessionid'].value}"


def test_second_visitor_gets_the_page_of_the_first(house):
    first, second = house.ask(), house.ask()
    assert first == second
    assert first[0] == "200 OK"
    assert house.passed == 1


def test_page_of_a_person_is_neither_kept_nor_given_to_visitors(house, signed_in):
    _, _, own = house.ask(cookie=signed_in)
    _, headers, public = house.ask()
    assert "张三丰独名" in own.decode()
    assert "张三丰独名" not in public.decode()
    assert house.passed == 2
    assert headers["Cache-Control"] == "no-cache"
    assert headers["Vary"] == "Accept-Encoding, Cookie"


def test_person_is_not_given_the_page_of_visitors(house, signed_in):
    house.ask()
    _, headers, own = house.ask(cookie=signed_in)
    assert "张三丰独名" in own.decode()
    assert headers.get("Cache-Control") != "no-cache"


def test_session_that_means_nothing_any_more_still_passes(house):
    house.ask()
    house.ask(cookie="sessionid=longgone")
    assert house.passed == 2


def test_message_waiting_for_a_visitor_passes(house):
    house.ask()
    house.ask(cookie="messages=anything")
    assert house.passed == 2


def test_language_and_theme_have_pages_of_their_own(house):
    _, _, chinese = house.ask()
    _, headers, english = house.ask(cookie="language=en")
    _, _, dark = house.ask(cookie="theme=dark")
    assert b'lang="zh-Hans"' in chinese
    assert b'lang="en"' in english
    assert headers["Content-Language"] == "en"
    assert b'data-bs-theme="dark"' in dark
    assert house.ask()[2] == chinese
    assert house.passed == 3


def test_choices_that_do_not_exist_make_no_pages(house):
    house.ask()
    house.ask(cookie="language=xx; theme=purple")
    assert house.passed == 1


def test_visitor_with_a_form_cookie_reads_the_kept_page_and_leaves_none(house):
    house.ask(cookie="csrftoken=" + "a" * 32)
    house.ask()
    assert house.passed == 2
    house.ask(cookie="csrftoken=" + "a" * 32)
    assert house.passed == 2


def test_page_with_a_form_is_not_kept(house):
    for _ in range(2):
        status, headers, _ = house.ask("/account/sign-in/")
        assert status == "200 OK"
        assert "Set-Cookie" in headers
    assert house.passed == 2


@pytest.mark.parametrize("path", ["/no-such-page/", "/apply/", "/signed-in/"])
def test_what_is_no_page_for_visitors_is_not_kept(house, path):
    house.ask(path)
    house.ask(path)
    assert house.passed == 2


def test_query_and_host_have_pages_of_their_own(house):
    house.ask("/roll/")
    house.ask("/roll/", QUERY_STRING="q=x")
    house.ask("/roll/", SERVER_NAME="127.0.0.1", HTTP_X="1")
    assert house.passed == 2
    environ = RequestFactory()._base_environ(PATH_INFO="/roll/", HTTP_HOST="127.0.0.1")
    b"".join(house.cache(environ, lambda *_: None))
    assert house.passed == 3


@pytest.mark.parametrize("header", ["HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE"])
def test_special_requests_pass(house, header):
    house.ask()
    house.ask(**{header: "x"})
    assert house.passed == 2


def test_head_passes(house):
    house.ask()
    house.ask(method="HEAD")
    assert house.passed == 2


def test_page_lives_for_seconds(house):
    house.ask()
    house.seconds = SECONDS - 0.01
    house.ask()
    assert house.passed == 1
    house.seconds = SECONDS
    house.ask()
    assert house.passed == 2


@pytest.fixture
def notice():
    stage = opened_cycle()
    return stage.secretary, draft_notice(
        by=stage.secretary,
        programme=stage.cycle.programme,
        issuer=stage.organiser,
        cycle=stage.cycle,
        title="关于申报的通知",
        body="正文",
    )


def test_published_notice_shows_within_a_quarter_of_a_second(house, notice):
    assert "关于申报的通知" not in house.ask("/notices/")[2].decode()
    publish_notice(by=notice[0], notice=notice[1])
    house.seconds = LOOK_AGAIN
    assert "关于申报的通知" in house.ask("/notices/")[2].decode()


def test_published_notice_shows_at_once_after_a_form(house, notice):
    house.ask("/notices/")
    publish_notice(by=notice[0], notice=notice[1])
    house.ask("/language/", method="POST")
    assert "关于申报的通知" in house.ask("/notices/")[2].decode()


def test_page_begun_before_a_change_is_not_given_after_it(notice):
    house = House()
    inner = house.inner

    def slow(environ, start_response):
        answer = inner(environ, start_response)
        if house.passed == 1:
            publish_notice(by=notice[0], notice=notice[1])
        return answer

    house.inner = slow
    house.ask("/notices/")
    house.seconds = LOOK_AGAIN
    assert "关于申报的通知" in house.ask("/notices/")[2].decode()


def test_moved_clock_drops_pages(house, settings):
    house.ask()
    settings.CLOCK_FILE.write_text('{"offset_seconds": 86400}')
    os.utime(settings.CLOCK_FILE, ns=(1, 1))
    house.seconds = LOOK_AGAIN
    house.ask()
    assert house.passed == 2


def test_without_an_answer_of_the_database_nothing_is_kept():
    house = House()
    calls = []

    def broken():
        calls.append(1)
        raise DatabaseError

    house.cache = PageCache(house._counted, stamp=broken, now=lambda: 0.0)
    house.ask()
    house.ask()
    assert (house.passed, len(calls)) == (2, 2)


@pytest.mark.parametrize(
    ("accepted", "unpack"),
    [("gzip, deflate, br", brotli.decompress), ("gzip", gzip.decompress), ("br;q=0, gzip;q=0", bytes)],
)
def test_kept_page_is_compressed_as_asked(house, accepted, unpack):
    plain = house.ask("/privacy/")[2]
    for _ in range(2):
        _, headers, packed = house.ask("/privacy/", HTTP_ACCEPT_ENCODING=accepted)
        assert unpack(packed) == plain
        assert headers["Content-Length"] == str(len(packed))
        assert headers.get("Content-Encoding", "") == encoding_of(accepted)
    assert house.passed <= 2


def test_room_is_bounded(monkeypatch):
    def large(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"x" * 1000]

    monkeypatch.setattr(page_cache, "MOST_BYTES", 3500)
    house = House(large)
    for number in range(5):
        house.ask("/roll/", QUERY_STRING=f"q={number}")
    assert len(house.cache._pages) == 3
    assert house.cache._bytes == 3000
    house.ask("/roll/", QUERY_STRING="q=4")
    assert house.passed == 5
    monkeypatch.setattr(page_cache, "LARGEST", 999)
    house.ask("/roll/", QUERY_STRING="q=9")
    house.ask("/roll/", QUERY_STRING="q=9")
    assert house.passed == 7


@pytest.mark.parametrize(
    "headers",
    [
        [("Content-Type", "application/pdf")],
        [("Content-Type", "text/html"), ("Set-Cookie", "a=b")],
        [("Content-Type", "text/html"), ("Cache-Control", "max-age=0, no-store")],
        [("Content-Type", "text/html"), ("Cache-Control", "private")],
    ],
)
def test_answers_that_say_no_are_not_kept(headers):
    def answer(_environ, start_response):
        start_response("200 OK", headers)
        return [b"x"]

    house = House(answer)
    house.ask()
    house.ask()
    assert house.passed == 2


def test_signed_in_secretary_never_fills_the_roll(house):
    """Every public address, asked by a person first and a visitor then."""
    secretary = member(body().organisation, Duty.SECRETARY, name="秘书独名")
    client = Client()
    client.force_login(secretary)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    for path in ("/", "/programmes/", "/notices/", "/public-notices/", "/roll/", "/verify/", "/privacy/"):
        assert "秘书独名" in house.ask(path, cookie=cookie)[2].decode()
        assert "秘书独名" not in house.ask(path)[2].decode()
