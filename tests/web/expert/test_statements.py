"""Pages cost the same for one row or many."""

import pytest
from django.urls import reverse
from tests.review_cast import make_review

from zhuoyue.domain.review.enums import StageKind

pytestmark = pytest.mark.django_db
LISTS = ("expert:books", "expert:record", "expert:consensus_list", "expert:visits")


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_stay_within_nine_and_the_first_page_within_twelve(client, rows, django_assert_max_num_queries):
    review = make_review(applications=rows, experts=2)
    for application in range(rows):
        review.score(0, application=application, nodes=review.nodes[:2])
        review.score(1, 70, application=application, nodes=review.nodes[:2])
    review.move_on(StageKind.CONSENSUS)
    client.force_login(review.leader)
    client.get(reverse("expert:books"))
    for name in LISTS:
        with django_assert_max_num_queries(9):
            client.get(reverse(name), {"view": "all"})
    with django_assert_max_num_queries(12):
        client.get(reverse("expert:home"))


def test_pages_of_one_application_stay_within_twelve(client, django_assert_max_num_queries):
    review = make_review(experts=3)
    for place in range(3):
        review.score(place, 40 + 10 * place)
    client.force_login(review.leader)
    item = reverse("expert:item", args=[review.pair().pk, review.nodes[0].code])
    addresses = [item, *(reverse(f"expert:{name}", args=[review.pair().pk]) for name in ("book", "dossier"))]
    client.get(item)
    for address in addresses:
        with django_assert_max_num_queries(12):
            client.get(address)
    said = {"percent": "60", "strength": "有数据。", "version": "1", "done": "1"}
    with django_assert_max_num_queries(12):
        assert client.post(item, said, headers={"X-Autosave": "1"}).status_code == 200
    review.move_on(StageKind.CONSENSUS)
    entry = review.entry(StageKind.CONSENSUS)
    room = reverse("expert:consensus", args=[entry.pk])
    code = review.nodes[0].code
    client.post(reverse("expert:agree", args=[entry.pk, code]), {"percent": "50", "reason": "一致", "version": "0"})
    for address in (room, reverse("expert:consensus_record", args=[entry.pk])):
        with django_assert_max_num_queries(12):
            client.get(address)
    for node in review.nodes[1:]:
        said = {"percent": "50", "reason": "一致", "version": "0"}
        client.post(reverse("expert:agree", args=[entry.pk, node.code]), said)
    client.post(reverse("expert:finish_consensus", args=[entry.pk]))
    review.move_on(StageKind.SITE_VISIT)
    visit = reverse("expert:visit", args=[review.entry(StageKind.SITE_VISIT).pk])
    with django_assert_max_num_queries(12):
        assert client.get(visit).status_code == 200
