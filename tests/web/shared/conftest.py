from pathlib import Path

import pytest
from django.utils import translation

AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture(autouse=True)
def _own_addresses(settings, monkeypatch):
    """No face is present here, nor what it tells the frame."""
    from zhuoyue.web.shared import context  # noqa: PLC0415 - after Django is set up

    monkeypatch.setattr(context, "_sources", {})
    settings.ROOT_URLCONF = "web.shared.urls"
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _chinese():
    """A page served in English before leaves its language in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def page_of(rf):
    """Render a template string as a page of the site would."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - models load after Django is set up
    from django.template import RequestContext, Template  # noqa: PLC0415 - as above

    def render(source, path="/", **context):
        request = rf.get(path)
        request.user = AnonymousUser()
        return Template("{% load zy zy_charts zy_places %}" + source).render(RequestContext(request, context))

    return render


@pytest.fixture
def visit(chromium, live_server):
    """Opens a page of the site; `page.said` keeps what the console complains of."""
    contexts = []

    def open_page(path, *, width=1280, theme="light", language="zh-hans", script=True, bypass_csp=False):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            bypass_csp=bypass_csp,
            locale="zh-CN",
        )
        contexts.append(context)
        url = live_server.url
        context.add_cookies(
            [{"name": "theme", "value": theme, "url": url}, {"name": "language", "value": language, "url": url}]
        )
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def axe():
    """Violations of a page, without the rules named."""

    def run(page, *without):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in without}}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        return [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]

    return run


@pytest.fixture
def gallery_open(monkeypatch):
    """The gallery is for administrators; at /look/ it is looked at, not guarded."""
    from django.urls import clear_url_caches, path  # noqa: PLC0415 - after Django is set up

    from web.shared import urls  # noqa: PLC0415 - as above
    from zhuoyue.web.shared import gallery  # noqa: PLC0415 - as above

    monkeypatch.setattr(urls, "urlpatterns", [path("look/", gallery.gallery.__wrapped__), *urls.urlpatterns])
    clear_url_caches()
    yield
    clear_url_caches()
