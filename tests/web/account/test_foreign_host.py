"""A request for a foreign or broken Host is refused in words, whoever asks and with all faces present."""

import pytest

from factories import person

pytestmark = pytest.mark.django_db
HOSTS = [
    "evil.example",
    "127.0.0.1, evil",
    "a b",
    "[::1",
    "x" * 300,
    "上海.example",
    "evil.example:443",
]
WORDS = {"zh-hans": "没有做任何改动", "en": "Nothing was changed"}


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/account/sign-in/", "/office/", "/no-such-page/"])
def test_a_foreign_host_is_told_so(client, host, path, language, signed_in, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client.raise_request_exception = False
    if signed_in:
        client.force_login(person())
    client.cookies["language"] = language
    for method in (client.get, client.post):
        answer = method(path, headers={"host": host})
        assert (answer.status_code, WORDS[language] in answer.content.decode()) == (400, True)
