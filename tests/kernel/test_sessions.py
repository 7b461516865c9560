from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.models import Session
from tests.factories import person

from zhuoyue.kernel.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(**values):
    store = SessionStore()
    store.update(values)
    store.save()
    return store.session_key


def test_the_site_keeps_its_sessions_here(settings):
    assert import_module(settings.SESSION_ENGINE).SessionStore is SessionStore


def test_what_was_kept_is_read_back_under_its_key_in_one_statement(django_assert_num_queries):
    first, second = kept(name="甲"), kept(name="乙")
    for key, name in ((first, "甲"), (second, "乙"), (first, "甲")):
        store = SessionStore(key)
        with django_assert_num_queries(1):
            assert store["name"] == name
        assert store.session_key == key


def test_sessions_that_djangos_own_store_kept_are_read_and_the_other_way_round():
    theirs = InDatabase()
    theirs["name"] = "甲"
    theirs.save()
    assert SessionStore(theirs.session_key).load() == {"name": "甲"}
    assert InDatabase(kept(name="乙")).load() == {"name": "乙"}


def test_a_key_that_nobody_gave_out_is_empty_and_not_taken_over():
    store = SessionStore("a" * 32)
    assert store.load() == {}
    assert store.session_key is None
    store["name"] = "甲"
    store.save()
    assert store.session_key != "a" * 32
    assert not Session.objects.filter(session_key="a" * 32).exists()


def test_a_session_holds_until_its_last_moment_and_not_at_it():
    key = kept(name="甲")
    end = Session.objects.get(session_key=key).expire_date
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert SessionStore(key).load() == {"name": "甲"}
    with time_machine.travel(end, tick=False):
        late = SessionStore(key)
        assert late.load() == {}
        assert late.session_key is None


def test_a_person_is_known_until_they_sign_out(client):
    someone = person()
    client.force_login(someone)
    key = client.session.session_key
    assert get_user(client) == someone
    client.logout()
    assert SessionStore(key).load() == {}
