import pytest

from zhuoyue.engine.cuts import Base
from zhuoyue.engine.fields import Fields, doubles

DATA = {"name": "", "share": -1, "places": 1.5, "flag": "yes", "of": "some", "rows": "x", "inner": 3, "list": [3]}
FIELDS = Fields(DATA, "rule", ValueError)


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda: FIELDS.text("name"), "name must be a text, not ''"),
        (lambda: FIELDS.text("share", default=""), "share must be a text, not -1"),
        (lambda: FIELDS.number("none"), "none is missing"),
        (lambda: FIELDS.number("name"), "name is '', which does not read as a number"),
        (lambda: FIELDS.positive("share"), "share is -1; it must be above 0"),
        (lambda: FIELDS.not_negative("share"), "share is -1; it must not be negative"),
        (lambda: FIELDS.count("places"), "places is 1.5; it must be a whole number"),
        (lambda: FIELDS.flag("flag", default=True), "flag must be true or false, not 'yes'"),
        (lambda: FIELDS.choice("of", Base), "of is 'some'; it must be one of: candidates, scored"),
        (lambda: FIELDS.list_of("rows"), "rows must be a list with at least one entry"),
        (lambda: FIELDS.inner("none"), "none is missing"),
        (lambda: FIELDS.inner("inner"), "rule, inner: must be a mapping of names to values, not 3"),
        (lambda: FIELDS.rows("list"), "rule, list 1: must be a mapping of names to values, not 3"),
        (lambda: FIELDS.only("name", "share"), "unknown flag, inner, list, of, places, rows; known are: name, share"),
    ],
)
def test_a_refusal_names_the_place_and_what_would_be_right(read, sentence):
    with pytest.raises(ValueError, match=r"^rule") as caught:
        read()
    assert str(caught.value).endswith(sentence)


def test_good_fields_are_read():
    fields = Fields({"a": "x", "n": 2, "z": 0, "f": True, "r": ["k", {"key": "l"}]}, "rule", ValueError)
    assert fields.text("a") == "x"
    assert fields.text("b", default="") == ""
    assert (fields.positive("n"), fields.not_negative("z"), fields.count("n")) == (2, 0, 2)
    assert fields.flag("f", default=False)
    assert not fields.flag("g", default=False)
    assert fields.choice("h", Base, default=Base.SCORED) is Base.SCORED
    assert [row.text("key") for row in fields.rows("r")] == ["k", "l"]
    assert "a" in fields
    fields.only("a", "n", "z", "f", "r")


def test_doubles_are_listed_once_and_sorted():
    assert doubles(["b", "a", "b", "b", "a", "c"]) == ["a", "b"]
