from types import SimpleNamespace

import pytest

from zhuoyue.kernel import access


def yes(_by, _obj):
    return True


def no(_by, _obj):
    return False


@pytest.fixture
def names(monkeypatch):
    monkeypatch.setattr(access, "_conditions", {})
    monkeypatch.setattr(access, "_for_visitors", set())


@pytest.mark.usefixtures("names")
class TestPermissions:
    def test_the_first_condition_that_fails_gives_the_reason(self):
        access.permission("a", (yes, "one"), (no, "two"), (no, "three"))
        refused = access.refusal("a", None)
        assert refused.reason == "two"
        assert not refused.hidden

    def test_a_hidden_refusal_says_nothing(self):
        access.permission("a", (no, access.HIDDEN))
        with pytest.raises(access.RefusedError) as caught:
            access.check("a", None)
        assert caught.value.hidden

    def test_whoever_meets_every_condition_may(self):
        access.permission("a", (yes, "one"), (lambda by, obj: by == obj, "two"))
        assert access.allowed("a", 1, 1)
        assert not access.allowed("a", 1, 2)
        access.check("a", 1, 1)

    def test_an_unknown_name_raises(self):
        with pytest.raises(access.UnknownPermissionError):
            access.allowed("nowhere", None)

    def test_a_name_is_declared_once(self):
        access.permission("a", (yes, ""))
        with pytest.raises(ValueError, match="twice"):
            access.permission("a", (yes, ""))

    def test_without_conditions_the_answer_would_be_yes_so_it_is_refused(self):
        with pytest.raises(ValueError, match="default is deny"):
            access.permission("a")

    def test_visitors_are_named(self):
        access.permission("a", (yes, ""), for_visitors=True)
        access.permission("b", (yes, ""))
        assert access.is_for_visitors("a")
        assert not access.is_for_visitors("b")
        assert access.names() == ("a", "b")

    def test_whoever_has_not_shown_who_they_are_may_nothing_but_what_visitors_may(self):
        access.permission("a", (yes, "one"))
        access.permission("b", (yes, "one"), for_visitors=True)
        nobody = SimpleNamespace(is_authenticated=False)
        assert access.refusal("a", nobody).hidden
        assert access.allowed("b", nobody)
