"""Every text of the interface has its English."""

from collections import defaultdict

import pytest

from zhuoyue.config import messages
from zhuoyue.config.management.commands.messages import own_apps

APPS = own_apps()


@pytest.mark.parametrize("app", APPS, ids=lambda app: "/".join(app.folder.parts[-2:]))
def test_no_text_lacks_its_english(app):
    nested = {other.folder for other in APPS if app.folder in other.folder.parents}
    texts = messages.texts_of(app, nested)
    assert messages.missing_in(messages.merge(app, texts)) == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: "/".join(app.folder.parts[-2:]))
def test_english_keeps_the_names_in_the_braces(app):
    for message in messages.read_catalogue(app):
        if message.id and message.string:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
            wanted = {name for text in ids for name in messages.names_in(text)}
            for text in strings:
                assert set(messages.names_in(text)) <= wanted, text


def test_one_message_has_one_english():
    """All catalogues are one for Django: of two translations of a message the last loaded would stand everywhere."""
    english = defaultdict(dict)
    for app in APPS:
        for message in messages.read_catalogue(app):
            if message.id:
                first = message.id if isinstance(message.id, str) else message.id[0]
                english[message.context, first][app.folder.name] = message.string
    two = {key: by_app for key, by_app in english.items() if len({str(given) for given in by_app.values()}) > 1}
    assert two == {}
