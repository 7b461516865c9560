"""What an item asks, in our own words, stands beside the answer in the language of the page."""

import pytest
from django.urls import reverse
from django.utils import translation
from tests import applying

from zhuoyue.domain.criteria.models import Node
from zhuoyue.domain.criteria.queries import node_by_code

pytestmark = pytest.mark.django_db
ITEM, RESULTS = "4.1.2", "4.7.2"


@pytest.fixture(autouse=True)
def _language_ends_here():
    """An English request leaves its language to the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def case():
    return applying.writing()


def pages_of(case):
    narrative = reverse("applicant:section", args=[case.application.pk, f"narrative/{ITEM}"])
    series = reverse("applicant:section", args=[case.application.pk, "indicators"])
    return {ITEM: narrative, RESULTS: series}


@pytest.mark.parametrize("code", [ITEM, RESULTS])
def test_each_language_reads_its_own_words(case, client, code):
    node = node_by_code(case.application.dossier.edition, code)
    assert node.prompt
    assert node.prompt_en
    client.force_login(case.person)
    address = pages_of(case)[code]
    chinese = client.get(address).content.decode()
    assert node.prompt in chinese
    assert node.prompt_en not in chinese
    client.cookies["language"] = "en"
    english = client.get(address).content.decode()
    assert node.prompt_en in english
    assert node.prompt not in english


def test_chinese_stands_in_where_there_is_no_english(case, client):
    node = node_by_code(case.application.dossier.edition, ITEM)
    Node.objects.filter(pk=node.pk).update(prompt_en="")
    client.force_login(case.person)
    client.cookies["language"] = "en"
    assert node.prompt in client.get(pages_of(case)[ITEM]).content.decode()
