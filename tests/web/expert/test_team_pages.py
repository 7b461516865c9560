"""Consensus and visit in the browser."""

import io
from zipfile import ZipFile

import pytest
from django.urls import reverse
from tests.review_cast import make_review

from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.review.enums import StageKind, Step
from zhuoyue.domain.review.models import Visit, VisitIssue

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    review = make_review(experts=3)
    for place, value in enumerate((70, 60, 30)):
        review.score(place, value)
    review.move_on(StageKind.CONSENSUS)
    client.force_login(review.leader)
    return review


def place(review, name, *args, kind=StageKind.CONSENSUS):
    return reverse(f"expert:{name}", args=[review.entry(kind).pk, *args])


def agree(client, review, node, **said):
    facts = {"percent": "60", "reason": "取中位数。", "version": "0", "strength": "有数据。", **said}
    return client.post(place(review, "agree", node.code), facts)


def agreed():
    return ItemScore.objects.filter(scorebook__step=Step.CONSENSUS)


def test_the_room_sorts_by_range_and_names_the_far_one(client, review):
    context = client.get(place(review, "consensus")).context
    assert context["far_names"] == review.pair(2).alias
    assert context["said"]["strengths"] == ["过程指标按季校正。"], "each sentence once"
    assert "议定其余23条后可以结束" in client.get(place(review, "consensus")).content.decode()


def test_agreeing_keeps_value_reason_and_words(client, review):
    node = review.nodes[0]
    assert f"item={node.code}" in agree(client, review, node)["Location"]
    item = agreed().get()
    assert (item.value, item.reason, item.strengths, item.done) == (60, "取中位数。", ["有数据。"], True)
    page = client.get(place(review, "consensus"), {"item": node.code}).content.decode()
    assert "议定经过" in page
    assert "取中位数。" in page


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"percent": ""}, {"percent": "52"}, {"percent": "多"}])
def test_a_refused_agreement_keeps_what_was_typed(client, review, wrong):
    answer = (
        agree(client, review, review.nodes[0], reason="只此一句", **wrong)
        if "reason" not in wrong
        else agree(client, review, review.nodes[0], gap="缺对标数据。", **wrong)
    )
    assert answer.status_code == 422
    assert ("只此一句" if "reason" not in wrong else "缺对标数据。") in answer.content.decode()
    assert not agreed().exists()


def test_a_stale_agreement_shows_both_texts(client, review):
    node = review.nodes[0]
    agree(client, review, node)
    answer = agree(client, review, node, percent="55", reason="展开不足。")
    assert answer.status_code == 409
    assert {row["name"] for row in answer.context["rows"]} == {"percent", "reason"}
    hidden = dict(answer.context["hidden"])
    client.post(place(review, "agree", node.code), {**hidden, "percent": "55", "reason": "取中位数。"})
    assert agreed().get().value == 55
    assert agreed().get().strengths == ["有数据。"]


def test_a_member_reads_and_keeps_a_reservation(client, review):
    node = review.nodes[0]
    client.force_login(review.member)
    dissent = place(review, "dissent", node.code)
    assert client.post(dissent, {"text": "展开不足。"}).status_code == 422
    client.force_login(review.leader)
    agree(client, review, node)
    client.force_login(review.member)
    client.post(dissent, {"text": "展开不应高于45%。"})
    page = client.get(place(review, "consensus"), {"item": node.code}).content.decode()
    assert "展开不应高于45%。" in page
    assert "60%保留" in page


def test_ending_needs_all_items_and_the_record_speaks_by_alias(client, review):
    assert client.post(place(review, "finish_consensus")).status_code == 409
    for node in review.nodes:
        agree(client, review, node)
    assert client.post(place(review, "finish_consensus")).status_code == 302
    page = client.get(place(review, "consensus")).content.decode()
    assert place(review, "agree", review.nodes[0].code) not in page
    assert client.post(place(review, "finish_consensus")).status_code == 409
    answer = client.get(place(review, "consensus_record"))
    book = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    texts = "".join(book.read(name).decode(errors="ignore") for name in book.namelist())
    assert review.pair(1).alias in texts
    assert "取中位数。" in texts
    for expert in review.experts:
        assert expert.person.name not in texts


def test_unknown_items_are_not_found(client, review):
    assert agree(client, review, type("Node", (), {"code": "99"})).status_code == 404
    assert client.get(place(review, "consensus"), {"item": "99"}).status_code == 200


@pytest.fixture
def visiting(client, review):
    for node in review.nodes:
        agree(client, review, node)
    client.post(place(review, "finish_consensus"))
    review.move_on(StageKind.SITE_VISIT)
    return review


def at_visit(review, name, *args):
    return place(review, name, *args, kind=StageKind.SITE_VISIT)


def test_the_visit_is_planned_by_the_leader(client, visiting):
    plan = {"starts_on": "2021-10-12", "ends_on": "2021-10-13", "agenda": "上午听取汇报", "version": "0"}
    assert client.post(at_visit(visiting, "plan"), {**plan, "ends_on": "2021-10-11"}).status_code == 422
    assert client.post(at_visit(visiting, "plan"), {**plan, "starts_on": "明天"}).status_code == 422
    assert client.post(at_visit(visiting, "plan"), plan).status_code == 302
    assert client.post(at_visit(visiting, "plan"), {**plan, "agenda": "改为下午", "version": "1"}).status_code == 302
    stale = client.post(at_visit(visiting, "plan"), {**plan, "version": "1"})
    assert stale.status_code == 409
    assert "改为下午" in stale.content.decode()
    client.force_login(visiting.member)
    assert client.post(at_visit(visiting, "plan"), plan).status_code == 403
    assert "改为下午" in client.get(at_visit(visiting, "visit")).content.decode()
    assert Visit.objects.get().agenda == "改为下午"


def test_members_list_issues_and_write_findings(client, visiting):
    client.force_login(visiting.member)
    assert client.post(at_visit(visiting, "add_issue"), {"question": ""}).status_code == 422
    client.post(at_visit(visiting, "add_issue"), {"question": "核实展开范围", "node": visiting.nodes[0].code})
    client.post(at_visit(visiting, "add_issue"), {"question": "看看现场"})
    first, second = VisitIssue.objects.order_by("position")
    assert (first.node, second.node) == (visiting.nodes[0], None)
    client.post(at_visit(visiting, "finding", first.pk), {"finding": "三个厂区均已展开。", "version": "1"})
    stale = client.post(at_visit(visiting, "finding", first.pk), {"finding": "只见一个。", "version": "1"})
    assert stale.status_code == 409
    assert "三个厂区均已展开。" in stale.content.decode()
    first.refresh_from_db()
    assert first.state == "verified"
    client.post(at_visit(visiting, "finding", first.pk), {"finding": "", "version": "2"})
    first.refresh_from_db()
    assert first.state == "open"
    unknown = visiting.applications[0].pk
    assert client.post(at_visit(visiting, "finding", unknown), {"finding": "x", "version": "x"}).status_code == 404


def test_the_leader_changes_a_score_with_its_reason_and_ends_the_visit(client, visiting):
    node = visiting.nodes[0]
    change = at_visit(visiting, "change", node.code)
    assert client.get(at_visit(visiting, "visit"), {"item": node.code}).context["chosen"]["value"] == "60"
    refused = client.post(change, {"percent": "50", "reason": "", "version": "1"})
    assert refused.status_code == 422
    assert client.post(change, {"percent": "50", "reason": "只见一个厂区。", "version": "1"}).status_code == 302
    stale = client.post(change, {"percent": "45", "reason": "另一人改。", "version": "1"})
    assert stale.status_code == 409
    item = ItemScore.objects.get(scorebook__step=Step.VISIT, node=node)
    assert (item.value, item.strengths) == (50, ["有数据。"])
    assert client.get(at_visit(visiting, "visit")).context["changed"] == 1
    assert client.post(at_visit(visiting, "change", "99"), {}).status_code == 404
    client.post(at_visit(visiting, "add_issue"), {"question": "核实展开范围"})
    assert client.post(at_visit(visiting, "finish_visit")).status_code == 409
    issue = VisitIssue.objects.get()
    client.post(at_visit(visiting, "finding", issue.pk), {"finding": "属实。", "version": "1"})
    client.force_login(visiting.member)
    assert client.post(at_visit(visiting, "finish_visit")).status_code == 403
    client.force_login(visiting.leader)
    assert client.post(at_visit(visiting, "finish_visit")).status_code == 302
    assert client.post(change, {"percent": "45", "reason": "再改。", "version": "2"}).status_code == 403
    assert "结束" in client.get(at_visit(visiting, "visit")).content.decode()


def test_the_first_page_and_lists_lead_to_the_room_and_the_visit(client, visiting):
    home = client.get(reverse("expert:home")).content.decode()
    assert at_visit(visiting, "visit") in home
    assert place(visiting, "consensus") in client.get(reverse("expert:consensus_list")).content.decode()
    assert at_visit(visiting, "visit") in client.get(reverse("expert:visits")).content.decode()


def test_the_own_record_compares_once_consensus_is_open(client, visiting):
    rows = client.get(reverse("expert:record")).context["rows"]
    assert (rows[0].distance, rows[0].lean) == (10, 10)
    client.force_login(visiting.experts[2].person)
    assert client.get(reverse("expert:record")).context["rows"][0].lean == -30


def test_the_own_record_compares_nothing_before(client):
    review = make_review(experts=2)
    review.score(0)
    review.score(1, 70)
    client.force_login(review.leader)
    row = client.get(reverse("expert:record")).context["rows"][0]
    assert (row.distance, row.lean, row.late) == (None, None, None)
