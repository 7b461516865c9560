"""Codes, seals and marks: what opens, what does not, and what is told by their length."""

import pytest
from django.test import override_settings

from zhuoyue.kernel import sealed

CODE = sealed.code_from("0123456789ABCDEFGHJKMN")


def test_codes_are_read_as_people_type_them():
    assert sealed.read_code(CODE) == CODE
    assert sealed.read_code(f" {CODE.lower().replace('-', ' ')} ") == CODE
    assert sealed.read_code(CODE.replace("0", "o").replace("1", "l")) == CODE
    assert sealed.read_code("".join(chr(ord(one) + 0xFEE0) if one != "-" else one for one in CODE)) == CODE
    assert len({sealed.new_code() for _ in range(50)}) == 50


@pytest.mark.parametrize("text", ["", "长沙", CODE[:-1], CODE + "0", CODE.replace("7", "8"), "U" + CODE[1:]])
def test_what_is_no_code_is_told(text):
    with pytest.raises(sealed.CodeError):
        sealed.read_code(text)


def test_each_letter_that_is_mistyped_is_nearly_always_seen():
    letters = CODE.replace("-", "")
    seen = tried = 0
    for place in range(sealed.RANDOM_LETTERS):
        for letter in sealed.LETTERS.replace(letters[place], ""):
            tried += 1
            try:
                sealed.read_code(letters[:place] + letter + letters[place + 1 :])
            except sealed.CodeError:
                seen += 1
    assert seen / tried > 0.99


def test_only_the_holder_of_the_code_opens_and_only_under_the_same_words():
    private = sealed.private_of(CODE)
    content = sealed.seal(sealed.public_of(private), b"paper", "vote", "A")
    assert sealed.unseal(private, content, "vote", "A") == b"paper"
    assert len(content) == len(b"paper") + sealed.OVERHEAD
    changed = bytes([content[0] ^ 1]) + content[1:]
    for key, given, words in (
        (sealed.new_private(), content, ("vote", "A")),
        (private, content, ("vote", "B")),
        (private, content, ("voteA",)),
        (private, changed, ("vote", "A")),
        (private, content[:-1], ("vote", "A")),
        (private, b"", ("vote", "A")),
        (private, bytes(60), ("vote", "A")),
    ):
        with pytest.raises(sealed.SealError):
            sealed.unseal(key, given, *words)


def test_the_same_content_never_looks_the_same():
    public = sealed.public_of(sealed.new_private())
    assert len({sealed.seal(public, b"same") for _ in range(20)}) == 20


def test_a_mark_takes_the_servers_key():
    given = sealed.mark(b"row", "vote", "A")
    assert sealed.is_marked(given, b"row", "vote", "A")
    assert sealed.is_marked(memoryview(given), b"row", "vote", "A")
    assert not sealed.is_marked(given, b"row", "vote", "B")
    assert not sealed.is_marked(given, b"other", "vote", "A")
    with override_settings(SECRET_KEY="another"):
        assert not sealed.is_marked(given, b"row", "vote", "A")


def test_a_receipt_is_short_and_its_own():
    assert sealed.receipt(b"one") == sealed.receipt(b"one") != sealed.receipt(b"two")
    assert [len(group) for group in sealed.receipt(b"one").split("-")] == [4, 4, 4, 4]
