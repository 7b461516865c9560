"""Doors: who gets in, and what the others are told."""

import re
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import translation

from factories import person
from zhuoyue.kernel import access, pages, typed
from zhuoyue.kernel.idempotency import FIELD, MOST_KEPT, new_key
from zhuoyue.kernel.idempotency.models import Answer

pytestmark = pytest.mark.django_db
NAMED = access.permission(
    "test.named", (lambda _by, obj: obj != "closed", "关着"), (lambda _by, obj: obj != "hidden", "")
)
OPEN = access.permission("test.open", (lambda _by, obj: obj == "shown", ""), for_visitors=True)


@pytest.fixture(autouse=True)
def _chinese():
    """A page served in English before leaves its language in the thread."""
    with translation.override("zh-hans"):
        yield


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
        answer = door(request("POST", person(), **{FIELD: key}))
        assert (answer.status_code, "甲的" in answer.content.decode()) == (409, False)

    @pytest.mark.parametrize("other", [{"text": "乙"}, {"text": "甲", "more": ""}, {"text": ["甲", "甲"]}])
    def test_other_content_under_a_used_key_is_asked_about_and_kept(self, other):
        by, key = person(), new_key()
        door = self.door([HttpResponse("甲的"), HttpResponse("乙的")])
        door(request("POST", by, text="甲", **{FIELD: key}))
        answer = door(request("POST", by, **other, **{FIELD: key}))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "甲的" not in page
        assert all(f'<textarea name="{name}" hidden>\n' in page for name in other)
        assert key not in page
        fresh = re.search(r'name="once" hidden>\n([0-9a-f-]{36})<', page)[1]
        assert door(request("POST", by, **other, **{FIELD: fresh})).content.decode() == "乙的"

    def test_the_order_of_values_and_their_names_count(self):
        by, key = person(), new_key()
        door = self.door([HttpResponse("1"), HttpResponse("2")])
        door(request("POST", by, a=["b", "c"], d="e", **{FIELD: key}))
        assert door(request("POST", by, a="b", c=["d", "e"], **{FIELD: key})).status_code == 409

    @pytest.mark.parametrize(
        ("name", "content", "status"), [("a.txt", b"one", 200), ("a.txt", b"two", 409), ("b.txt", b"one", 409)]
    )
    def test_a_file_counts_by_its_name_and_content(self, name, content, status):
        by, key = person(), new_key()
        door = self.door([HttpResponse("收到"), HttpResponse("又一份")])
        door(request("POST", by, file=SimpleUploadedFile("a.txt", b"one"), **{FIELD: key}))
        answer = door(request("POST", by, file=SimpleUploadedFile(name, content), **{FIELD: key}))
        assert answer.status_code == status
        assert ("收到" in answer.content.decode()) == (status == 200)

    def test_another_address_and_another_question_are_other_forms(self):
        by, key = person(), new_key()
        door = self.door([HttpResponse("1"), HttpResponse("2")])
        door(request("POST", by, **{FIELD: key}))
        for path in ("/y/", "/x/?part=2"):
            elsewhere = RequestFactory().post(path, {FIELD: key})
            elsewhere.user = by
            assert door(elsewhere).status_code == 409

    def test_visitors_are_told_apart_by_their_browser(self):
        key = new_key()
        door = pages.page(pages.PUBLIC, methods=("POST",))(lambda _request, left=["1", "2"]: HttpResponse(left.pop(0)))
        answers = []
        for token in ("a" * 32, "a" * 32, "b" * 32):
            asked = request("POST", **{FIELD: key})
            asked.COOKIES["csrftoken"] = token
            answers.append(door(asked).status_code)
        assert answers == [200, 200, 409]

    def test_a_secret_is_never_written_into_the_page(self):
        by, key = person(), new_key()
        door = self.door([HttpResponse("1")])
        door(request("POST", by, password="correct horse", **{FIELD: key}))
        page = door(request("POST", by, password="battery staple", **{FIELD: key})).content.decode()
        assert "staple" not in page
        assert "重新打开" in page

    def test_what_is_stored_says_neither_who_nor_what(self):
        by, key = person(), new_key()
        asked = request("POST", by, choice="yes", **{FIELD: key})
        asked.COOKIES["csrftoken"] = "t" * 32
        self.door([HttpResponseRedirect("/")])(asked)
        row = Answer.objects.values().get()
        assert set(row) == {"key", "digest", "status", "location", "body", "at"}
        assert str(by.pk) not in str(row)

    @pytest.mark.parametrize("key", ["", "nonsense"])
    def test_a_form_without_a_key_is_carried_out_each_time(self, key):
        door = self.door([HttpResponse("1"), HttpResponse("2")])
        by = person()
        found = [door(request("POST", by, **{FIELD: key})).content for _ in range(2)]
        assert found == [b"1", b"2"]

    def test_keys_are_random(self):
        assert uuid.UUID(new_key()) != uuid.UUID(new_key())


class TestWhatIsSent:
    def test_marks_that_nothing_can_hold_are_left_out_whoever_reads_them(self):
        door = pages.page(NAMED, methods=("GET", "POST"))(
            lambda asked: HttpResponse(repr((dict(asked.GET.lists()), dict(asked.POST.lists()))))
        )
        asked = RequestFactory().post("/x/?q=a%00b&q=c", {"text": "甲\x00\ufffe乙\n丙", "more": "\ufdd0"})
        asked.user = person()
        assert door(asked).content.decode() == repr(({"q": ["ab", "c"]}, {"text": ["甲乙\n丙"], "more": [""]}))

    def test_secrets_are_taken_as_they_are(self):
        door = pages.page(NAMED, methods=("POST",))(lambda asked: HttpResponse(repr(asked.POST["password"])))
        assert door(request("POST", person(), password="a\x00b")).content.decode() == repr("a\x00b")

    def test_a_name_that_no_form_has_refused_is_refused_in_words_with_all_that_was_typed(self):
        def view(_request):
            typed.line("甲\u202e乙")

        answer = pages.page(NAMED, methods=("POST",))(view)(request("POST", person(), name="甲", reason="很长的理由"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "改变文字方向的隐藏字符" in page
        assert "很长的理由" in page
