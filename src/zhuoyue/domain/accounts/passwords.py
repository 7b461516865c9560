"""Passwords by NIST SP 800-63B: long enough, any character, none that is widely used or lies near; no other rules.

No composition is asked for and none expires: both make people choose worse ones.
"""

import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST = 8
MOST = 256
CONTEXT = ("zhuoyue", "卓越", "卓越绩效", "质量奖", "秘书处", "password", "mima", "密码")
NEAR = 4  # characters that a password keeps beside a word that lies near


class LengthValidator:
    """At least 8 characters, at most 256; every character counts as one, in any writing, spaces too."""

    def validate(self, password: str, _user: Any = None) -> None:
        if len(password) < LEAST:
            words = _("密码至少%(least)s个字符，现在是%(now)s个。")
            raise ValidationError(words % {"least": LEAST, "now": len(password)})
        if len(password) > MOST:
            raise ValidationError(_("密码至多%(most)s个字符。") % {"most": MOST})

    def get_help_text(self) -> str:
        return _("密码至少%(least)s个字符，可以用任何文字、符号和空格。") % {"least": LEAST}


class BlocklistValidator:
    """None of the 20,000 that are used most, none of one repeated or counted character, none of words that lie near."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = unicodedata.normalize("NFKC", password).casefold().strip()
        if plain in _common() or _is_run(plain):
            raise ValidationError(_("这个密码太常见，别人会先试它；请换一个，例如几个不相干的词。"))
        near = next((word for word in _words_near(user) if word in plain and len(plain) - len(word) < NEAR), None)
        if near is not None:
            raise ValidationError(_("密码与“%(word)s”太接近，容易猜到；请换一个。") % {"word": near})

    def get_help_text(self) -> str:
        return _("不要用常见的密码，也不要用自己的姓名、邮箱或本系统的名称。")


@cache
def _common() -> frozenset[str]:
    """Django's list, read once."""
    return frozenset(CommonPasswordValidator().passwords)


def _is_run(text: str) -> bool:
    """One character over and over, or characters that follow each other: aaaaaaaa, 23456789, hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({0}, {1}, {-1})


def _words_near(user: Any) -> list[str]:
    """Words of the place and of the person, the longest first."""
    email = str(getattr(user, "email", "") or "").casefold()
    name = str(getattr(user, "name", "") or "").casefold()
    own = {email, email.partition("@")[0], name} - {""}
    return sorted({word for word in own if len(word) > 1} | set(CONTEXT), key=len, reverse=True)
