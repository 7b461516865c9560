"""Each role's first and main pages: clean for assistive technology, at both widths, in both languages and themes."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.access.world import build
from tests.story.windows import Windows

from zhuoyue.domain.review.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("pages")]
AXE = (Path(__file__).parents[1] / "web" / "shared" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LOOKS = [(1280, "zh-hans", "light"), (1280, "en", "dark"), (390, "zh-hans", "dark"), (390, "en", "light")]


@pytest.fixture
def world(transactional_db, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    return build()


def pages_of(world):
    """Principal -> the addresses where it begins and where it works."""
    applied = world.applications
    entries = {name: Entry.objects.get(run__kind=kind, application=applied[name]).pk for name, kind in KINDS.items()}
    runs = {run.kind: run.pk for run in world.plays["review"].category.stages.all()}
    voting = world.plays["voting"]
    return {
        "visitor": ["/", "/programmes/c-open/", "/roll/"],
        "owner": ["/apply/", f"/apply/applications/{applied['a-draft'].pk}/", _section(applied["a-draft"])],
        "officer": ["/recommend/", f"/recommend/applications/{applied['a-review'].pk}/"],
        "expert": ["/expert/", f"/expert/scoring/{world.pairs['expert-review'].pk}/items/1.1/"],
        "leader": [f"/expert/consensus/{entries['a-consensus']}/", f"/expert/visits/{entries['a-visit']}/"],
        "chair": ["/jury/", f"/jury/meetings/{voting.meeting.pk}/ballot/", f"/jury/candidates/{entries['b-voting']}/"],
        "secretary": [
            "/office/cycles/c-review/",
            f"/office/stages/{runs['document_review']}/",
            "/office/cycles/c-review/applications/",
        ],
        "auditor": ["/office/cycles/c-review/review/"],
        "administrator": ["/account/home/"],
    }


KINDS = {"a-consensus": "consensus", "a-visit": "site_visit", "b-voting": "jury"}


def _section(application):
    return f"/apply/applications/{application.pk}/part/narrative/1.1/"


def test_every_first_and_main_page_is_clean(world, windows: Windows):
    wrong = []
    for principal, addresses in pages_of(world).items():
        page = windows.of(world.people[principal])
        for width, language, theme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            chosen = {"language": language, "theme": theme}
            page.context.add_cookies([{"name": n, "value": v, "url": windows.url} for n, v in chosen.items()])
            for address in addresses:
                page.goto(windows.url + address)
                expect(page.locator("h1").first).to_be_visible()
                where = f"{principal} {address} {width} {language} {theme}"
                wrong += [f"{where}: {fault}" for fault in faults_of(page, width)]
    assert not wrong, "\n".join(wrong)
    assert windows.complaints == []


def faults_of(page, width):
    page.evaluate(AXE)
    for each in page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]:
        yield f"{each['id']} {[node['html'][:100] for node in each['nodes'][:2]]}"
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield "wider than the screen"
