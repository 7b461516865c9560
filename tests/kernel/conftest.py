from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import zhuoyue.kernel

CATALOGUE = Path(zhuoyue.kernel.__file__).parent / "locale/en/LC_MESSAGES/django.po"


@pytest.fixture
def english(settings, tmp_path):
    """The kernel's English catalogue, compiled here: the tests need no build step."""
    place = tmp_path / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with CATALOGUE.open("rb") as source, (place / "django.mo").open("wb") as out:
        write_mo(out, read_po(source, locale="en"))
    settings.LOCALE_PATHS = [tmp_path]
