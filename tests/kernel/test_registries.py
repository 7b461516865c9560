"""What apps declare for the common rooms: kinds of things, sources of findings, links; each once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from zhuoyue.kernel import links, mail, search, subjects
from zhuoyue.kernel.mail import OutboxMail
from zhuoyue.kernel.paging import page_with_total
from zhuoyue.kernel.records import subject_of
from zhuoyue.kernel.search import Hit, Source
from zhuoyue.kernel.subjects import Kind, Thing, joined


@pytest.fixture(autouse=True)
def own_registries(monkeypatch):
    """What a test declares is forgotten after it."""
    monkeypatch.setattr(links, "_pages", dict(links.declared()))
    monkeypatch.setattr(search, "_sources", {source.key: source for source in search.sources()})
    monkeypatch.setattr(subjects, "_kinds", subjects.kinds())


def letters(count):
    for place in range(count):
        mail.queue(to=f"a{place}@b.cn", subject="通知", text="内容", dedupe=f"letter-{place}")
    return list(OutboxMail.objects.order_by("to"))


def letter_kind(**more):
    facts = {"word": "信件", "reads": ("to",), "words": lambda it: it["to"], **more}
    return Kind(OutboxMail, **facts)


def test_a_link_is_declared_once_and_asked_for_by_name():
    links.declare("tests.page", "shared:find")
    assert links.to("tests.page").startswith("/")
    with pytest.raises(ValueError, match="declared twice"):
        links.declare("tests.page", "shared:find")
    with pytest.raises(links.UnknownLinkError):
        links.to("tests.nowhere")


def test_sources_answer_in_order_and_not_for_a_single_letter():
    def found(_person, text):
        return [Hit(1, text)]

    search.declare(Source("last", "", 10**6, "x", found), Source("first", "", -1, "x", found))
    keys = [source.key for source in search.sources()]
    assert (keys[0], keys[-1]) == ("first", "last")
    asked = {key: search._sources[key] for key in ("first", "last")}
    search._sources.clear()
    search._sources.update(asked)
    assert search.found_for(None, " ab ") == {"first": [Hit(1, "ab")], "last": [Hit(1, "ab")]}
    assert search.found_for(None, " a ") == {"first": [], "last": []}
    with pytest.raises(ValueError, match="searched twice"):
        search.declare(Source("first", "", 1, "x", found))


def test_a_kind_is_declared_once_and_reads_few_columns():
    with pytest.raises(ValueError, match="declared twice"):
        subjects.declare(letter_kind())
    subjects._kinds.clear()
    with pytest.raises(ValueError, match="more than"):
        subjects.declare(letter_kind(reads=("to",) * (subjects.WIDTH + 1)))
    subjects.declare(letter_kind())
    assert subjects.kind_of("kernel.outboxmail:1") is subjects.kinds()["kernel.outboxmail"]
    assert subjects.kind_of("kernel.nothing:1") is None


@pytest.mark.django_db
def test_things_of_any_number_are_read_in_one_statement():
    first, second = letters(2)
    with CaptureQueriesContext(connection) as seen:
        found = subjects.things_named([subject_of(first), subject_of(second), "kernel.nothing:1", ""])
    assert len(seen) == 1
    assert {subject: thing.words for subject, thing in found.items()} == {
        subject_of(first): "a0@b.cn",
        subject_of(second): "a1@b.cn",
    }
    assert found[subject_of(first)].key() == first.pk


@pytest.mark.django_db
def test_every_kind_of_the_house_is_read_by_the_same_statement():
    (letter,) = letters(1)
    asked = [f"{name}:{letter.pk}" for name in subjects.kinds()]
    with CaptureQueriesContext(connection) as seen:
        found = subjects.things_named(asked)
    assert (len(seen), len(asked) > 20, list(found)) == (1, True, [subject_of(letter)])
    assert subjects.things_named([]) == {}


def test_a_thing_speaks_the_language_of_the_page_and_says_whom_it_tells_of():
    kind = letter_kind(tells_of="whose")
    key = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
    thing = Thing(kind, {"to": "甲", "title": "名单", "title_en": "List", "whose": key})
    bare = Thing(kind, {"to": "甲", "title": "名单", "title_en": "", "whose": ""})
    with translation.override("en"):
        assert (thing.titled("title"), bare.titled("title")) == ("List", "名单")
    assert thing.titled("title") == "名单"
    assert (str(thing.behind), bare.behind) == (key, None)
    assert Thing(letter_kind(), {"to": "甲"}).behind is None
    assert joined("甲", "", "乙") == "甲　乙"


@pytest.mark.django_db
def test_a_page_of_a_list_comes_with_the_number_of_all():
    letters(5)
    found = OutboxMail.objects.order_by("to")
    rows, total = page_with_total(found, 2, 2)
    assert ([row.to for row in rows], total) == (["a2@b.cn", "a3@b.cn"], 5)
    rows, total = page_with_total(found, 99, 2)
    assert ([row.to for row in rows], total) == (["a4@b.cn"], 5)
    assert page_with_total(found.filter(to="nobody"), 1, 2) == ([], 0)
    assert page_with_total(found.filter(to="nobody"), 3, 2) == ([], 0)


def test_only_what_the_page_behind_it_would_open_is_found(monkeypatch):
    monkeypatch.setattr(search.access, "allowed", lambda permission, person, thing: thing == (permission, person))
    assert search.opened_by("see", "who", [("see", "who"), ("see", "other")]) == [("see", "who")]
