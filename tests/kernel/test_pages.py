"""Doors: who gets in, and what the others are told."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from factories import person
from zhuoyue.kernel import access, pages
from zhuoyue.kernel.idempotency import FIELD, MOST_KEPT, new_key
from zhuoyue.kernel.idempotency.models import Answer

pytestmark = pytest.mark.django_db
NAMED = access.permission(
    "test.named", (lambda _by, obj: obj != "closed", "关着"), (lambda _by, obj: obj != "hidden", "")
)
OPEN = access.permission("test.open", (lambda _by, obj: obj == "shown", ""), for_visitors=True)


def request(method="GET", by=None, **fields):
    made = getattr(RequestFactory(), method.lower())("/x/", fields)
    made.user = by or AnonymousUser()
    return made


def view(_request, *found, **rest):
    return HttpResponse(repr((found, rest)))


class TestDoors:
    def test_a_visitor_is_asked_to_sign_in_first(self):
        answer = pages.page(NAMED)(view)(request())
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/sign-in/?next=/x/")

    def test_a_visitor_passes_where_the_permission_is_for_visitors(self):
        door = pages.page(OPEN, find=lambda name: name)(view)
        assert door(request(), name="shown").status_code == 200
        with pytest.raises(Http404):
            door(request(), name="other")

    def test_what_is_found_is_handed_on_and_the_rest_of_the_address_too(self):
        answer = pages.page(NAMED, find=lambda name: name)(view)(request(by=person()), name="thing", part="p")
        assert answer.content.decode() == "(('thing',), {'part': 'p'})"

    def test_what_is_not_there_and_what_is_hidden_look_alike(self):
        door = pages.page(NAMED, find=lambda name: name or None)(view)
        for name in ("", "hidden"):
            with pytest.raises(Http404):
                door(request(by=person()), name=name)

    def test_a_refusal_in_words_says_them(self):
        with pytest.raises(PermissionDenied, match="关着"):
            pages.page(NAMED, find=lambda name: name)(view)(request(by=person()), name="closed")

    def test_other_methods_are_refused(self):
        assert pages.page(pages.PUBLIC)(view)(request("POST")).status_code == 405
        assert pages.page(pages.PUBLIC)(view)(request("HEAD")).status_code == 200

    def test_the_declaration_stays_readable(self):
        declared = pages.page(NAMED, methods=("GET", "POST"))(view).declared
        assert (declared.permission, declared.methods) == (NAMED, ("GET", "POST"))


class TestExpiredSession:
    def test_a_form_of_a_visitor_comes_back_with_everything_typed(self, rf):
        made = rf.post("/x/", {"text": "写了很久", "csrfmiddlewaretoken": "t"})
        made.user = AnonymousUser()
        made.COOKIES = {}
        answer = pages.page(NAMED, methods=("POST",))(view)(made)
        assert answer.status_code == 401
        assert "写了很久" in answer.content.decode()


class TestOutside:
    def test_a_library_view_is_declared_and_guarded(self):
        guarded = pages.outside(view, pages.SIGNED_IN)
        assert guarded(request()).status_code == 302
        assert guarded(request(by=person())).status_code == 200
        assert guarded.declared.permission == pages.SIGNED_IN

    def test_a_library_view_is_read_and_posted_to_and_nothing_else(self):
        guarded = pages.outside(view, pages.PUBLIC)
        assert [guarded(request(method)).status_code for method in ("GET", "HEAD", "POST")] == [200, 200, 200]
        assert [guarded(request(method)).status_code for method in ("PUT", "PATCH", "DELETE")] == [405, 405, 405]


class TestOnce:
    def door(self, answers):
        return pages.page(NAMED, methods=("POST",))(lambda _request: answers.pop(0))

    def test_the_second_arrival_gets_the_first_answer(self):
        answers = [HttpResponseRedirect("/receipt/"), HttpResponseRedirect("/other/")]
        by, key, door = person(), new_key(), self.door(answers)
        for _ in range(2):
            assert door(request("POST", by, **{FIELD: key}))["Location"] == "/receipt/"
        assert len(answers) == 1

    def test_a_page_answered_twice_has_the_same_words(self):
        by, key, door = person(), new_key(), self.door([HttpResponse("回执1"), HttpResponse("回执2")])
        contents = [door(request("POST", by, **{FIELD: key})).content.decode() for _ in range(2)]
        assert contents == ["回执1", "回执1"]

    def test_a_refused_form_frees_its_key(self):
        by, key = person(), new_key()
        door = self.door([HttpResponse("写错了", status=422), HttpResponse("好了")])
        assert door(request("POST", by, **{FIELD: key})).status_code == 422
        assert door(request("POST", by, **{FIELD: key})).content.decode() == "好了"

    def test_a_long_page_is_not_kept(self):
        by, key = person(), new_key()
        door = self.door([HttpResponse("x" * (MOST_KEPT + 1)), HttpResponse("再来")])
        door(request("POST", by, **{FIELD: key}))
        assert not Answer.objects.exists()

    def test_somebody_elses_key_answers_nothing(self):
        key = new_key()
        door = self.door([HttpResponse("甲的"), HttpResponse("乙的")])
        door(request("POST", person(), **{FIELD: key}))
        with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
            door(request("POST", person(), **{FIELD: key}))

    @pytest.mark.parametrize("key", ["", "nonsense"])
    def test_a_form_without_a_key_is_carried_out_each_time(self, key):
        door = self.door([HttpResponse("1"), HttpResponse("2")])
        by = person()
        found = [door(request("POST", by, **{FIELD: key})).content for _ in range(2)]
        assert found == [b"1", b"2"]

    def test_keys_are_random(self):
        assert uuid.UUID(new_key()) != uuid.UUID(new_key())
