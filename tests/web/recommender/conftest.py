import pytest


@pytest.fixture(autouse=True)
def _plain_static(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def signed_in(client):
    """`signed_in(case.person)`: a browser of that person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
