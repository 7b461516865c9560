import pytest


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "web.shared.urls"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def page_of(rf):
    """Render a template string as a page of the site would."""
    from django.contrib.auth.models import AnonymousUser
    from django.template import RequestContext, Template

    def render(source, path="/", **context):
        request = rf.get(path)
        request.user = AnonymousUser()
        return Template("{% load zy %}" + source).render(RequestContext(request, context))

    return render
