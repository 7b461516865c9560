"""Passwords by NIST SP 800-63B: length, any character, a blocklist, and nothing else."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from zhuoyue.domain.accounts.models import Person

SOMEONE = Person(email="lin.zhixia@example.org", name="林知夏")


@pytest.mark.parametrize(
    "good",
    ["quiet tea", "ohneziffern", "山高水长风清月白", "😀🐎🌊🗻🍵🎋🧭🪶", "a" * 255 + "b", "lin.zhixia und drei"],
)
def test_any_characters_will_do(good):
    validate_password(good, SOMEONE)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("short 7", "至少8个字符，现在是7个"),
        ("x" * 256 + "y", "至多256个字符"),
        ("password", "太常见"),
        ("QWERTYUIOP", "太常见"),
        ("ｐａｓｓｗｏｒｄ", "太常见"),
        ("aaaaaaaaaaaa", "太常见"),
        ("23456789", "太常见"),
        ("zyxwvutsr", "太常见"),
        ("zhuoyue1", "太接近"),
        ("Zhuoyue-21", "太接近"),
        ("lin.zhixia", "太接近"),
        ("lin.zhixia@example.org", "太接近"),
    ],
)
def test_what_is_guessed_first_is_refused_in_words(bad, said):
    with pytest.raises(ValidationError, match=said):
        validate_password(bad, SOMEONE)


def test_without_a_person_the_words_of_the_place_hold_and_the_advice_is_bilingual():
    with pytest.raises(ValidationError):
        validate_password("zhuoyue1")
    assert any("任何文字" in text for text in password_validators_help_texts())
    with override("en"):
        assert any("any kind" in text for text in password_validators_help_texts())
