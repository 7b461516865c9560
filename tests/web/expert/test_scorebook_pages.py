"""Scoring in the browser: autosave and form, refusals that keep the text, both texts of a stale save."""

import pytest
from django.urls import reverse
from tests.review_cast import make_review

from zhuoyue.domain.experts.actions import declare_conflict
from zhuoyue.domain.judging.models import ItemScore
from zhuoyue.domain.review.actions import scoring, stages

pytestmark = pytest.mark.django_db
QUIET = {"headers": {"X-Autosave": "1"}}


@pytest.fixture
def review(client):
    review = make_review(experts=2)
    client.force_login(review.leader)
    return review


@pytest.fixture
def place(review):
    return reverse("expert:item", args=[review.pair().pk, review.nodes[0].code])


SAID = {
    "percent": "55",
    "dim-approach": "3",
    "note-approach": "按季校正",
    "strength": ["过程指标由战略分解。", ""],
    "gap": ["未见跨单位推广。\n缺少对标。"],
    "version": "0",
    "done": "",
}


def test_autosave_keeps_the_whole_form_and_answers_with_the_version(client, review, place):
    answer = client.post(place, SAID, **QUIET)
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    item = ItemScore.objects.get()
    assert item.value == 55
    assert item.dimensions == {"approach": {"band": "effective", "note": "按季校正"}}
    assert item.strengths == ["过程指标由战略分解。"]
    assert item.gaps == ["未见跨单位推广。", "缺少对标。"]
    assert not item.done
    assert client.post(place, {**SAID, "version": "1", "percent": "60"}, **QUIET).json()["version"] == 2


def test_finishing_an_item_leads_to_the_next_unfinished_one(client, review, place):
    answer = client.post(place, {**SAID, "then": "done"})
    assert answer["Location"] == reverse("expert:item", args=[review.pair().pk, review.nodes[1].code])
    assert ItemScore.objects.get().done
    client.post(place, {**SAID, "version": "1", "done": "1", "percent": "60"}, **QUIET)
    assert ItemScore.objects.get().done, "a later change leaves a finished item finished"


def test_the_last_item_leads_to_submission_and_the_book_is_handed_in(client, review, place):
    review.score(nodes=review.nodes[1:])
    book = reverse("expert:book", args=[review.pair().pk])
    assert review.nodes[0].code in client.get(book).content.decode()
    assert client.post(place, {**SAID, "then": "done"})["Location"] == book
    assert client.get(reverse("expert:next_item", args=[review.pair().pk]))["Location"] == book
    client.post(reverse("expert:submit", args=[review.pair().pk]))
    assert review.book().state == "submitted"
    page = client.get(place).content.decode()
    assert "data-autosave" not in page
    assert "已经提交" in page


def test_an_unfinished_book_is_not_handed_in_and_says_why(client, review):
    answer = client.post(reverse("expert:submit", args=[review.pair().pk]))
    assert answer.status_code == 409
    assert "没有评分" in answer.content.decode()


def test_a_stale_save_shows_both_texts(client, review, place):
    client.post(place, SAID, **QUIET)
    client.post(place, {**SAID, "version": "1", "percent": "60", "strength": ["另一处写的。"]}, **QUIET)
    late = {**SAID, "version": "1", "percent": "40"}
    assert client.post(place, late, **QUIET).status_code == 409
    answer = client.post(place, {**late, "then": "stay"})
    assert answer.status_code == 409
    page = answer.content.decode()
    for text in ("60", "40", "另一处写的。", "过程指标由战略分解。"):
        assert text in page
    chosen = {"percent": "40", "strength": "另一处写的。", "version": "2"}
    hidden = dict(answer.context["hidden"])
    client.post(place, {**hidden, **chosen})
    item = ItemScore.objects.get()
    assert (item.value, item.strengths) == (40, ["另一处写的。"])
    assert item.dimensions["approach"]["band"] == "effective"
    assert item.gaps == ["未见跨单位推广。", "缺少对标。"]


def test_the_dimension_is_chosen_by_its_word_on_the_page_of_two_texts(client, review, place):
    client.post(place, SAID, **QUIET)
    client.post(place, {**SAID, "version": "1", "dim-approach": "4"}, **QUIET)
    answer = client.post(place, {**SAID, "version": "1", "dim-approach": "2"})
    rows = {row["name"]: row for row in answer.context["rows"]}
    assert (rows["dim-approach"]["stored"], rows["dim-approach"]["yours"]) == ("成熟", "初成")
    client.post(place, {**dict(answer.context["hidden"]), "dim-approach": "初成"})
    assert ItemScore.objects.get().dimensions["approach"]["band"] == "emerging"


@pytest.mark.parametrize("value", ["52", "120", "很好", "NaN", "1e400", "--"])
def test_a_value_off_the_scale_is_refused_and_the_text_stays(client, review, place, value):
    answer = client.post(place, {**SAID, "percent": value}, **QUIET)
    assert answer.status_code == 422
    assert answer.json()["errors"]["percent"]
    answer = client.post(place, {**SAID, "percent": value, "then": "stay"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "过程指标由战略分解。" in page
    assert "按季校正" in page
    assert not ItemScore.objects.exists()


def test_strange_fields_do_no_harm(client, review, place):
    answer = client.post(place, {"percent": "", "dim-approach": "99", "version": "x", "done": "1"}, **QUIET)
    assert answer.status_code == 200
    assert ItemScore.objects.get().dimensions == {}


def test_after_the_stage_has_closed_the_text_is_shown_again_with_the_reason(client, review, place):
    run = review.run()
    stages.set_outcomes(by=review.by, run=run, through={review.applications[0].pk: "达到要求"}, stopped={})
    stages.decide_stage(by=review.by, run=run)
    answer = client.post(place, {**SAID, "then": "done"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "过程指标由战略分解。" in page
    assert "已经结束" in page
    assert client.post(place, SAID, **QUIET).status_code == 422
    assert not ItemScore.objects.exists()


def test_a_conflict_declared_while_typing_ends_it(client, review, place):
    client.post(place, SAID, **QUIET)
    applicant = review.applications[0].organisation
    declare_conflict(by=review.leader, expert=review.experts[0], organisation=applicant, kind="consulting")
    assert client.post(place, {**SAID, "version": "1", "percent": "60"}, **QUIET).status_code == 404
    assert ItemScore.objects.get().value == 55


def test_a_double_click_counts_once(client, review, place):
    key = "7d8f3f5e-0c0b-4a52-9d5b-2f6a3f1f7c11"
    first = client.post(place, {**SAID, "then": "done", "once": key})
    again = client.post(place, {**SAID, "then": "done", "once": key})
    assert first["Location"] == again["Location"]
    assert ItemScore.objects.get().version == 1


def test_the_left_side_shows_text_series_and_files_of_the_snapshot(client, review, place):
    page = client.get(place).content.decode()
    assert f"{review.applications[0].organisation.name}在" in page
    assert "证书" in page
    results = next(node for node in review.nodes if node.kind == "results")
    page = client.get(reverse("expert:item", args=[review.pair().pk, results.code])).content.decode()
    assert "准时交付率" in page


def test_marked_passages_stand_out_in_the_dossier_and_keep_their_numbers(client, review, place):
    owner = review.applications[0].organisation.name
    marks = [f"{owner}在", "", "没有写过的话", "<b>"]
    client.post(place, {**SAID, "mark": marks}, **QUIET)
    assert ItemScore.objects.get().marks == marks
    page = client.get(place).content.decode()
    assert f'<mark id="m-1">{owner}在</mark><a class="zy-ref" href="#q-1" data-cite="1"' in page
    assert page.count("<mark") == 1
    assert "③④在左侧材料中找不到原文" in page
    assert page.count('name="mark"') == len(marks) + 1
    other = client.post(place, {**SAID, "mark": ["甲"], "version": "0"}).content.decode()
    assert f"{owner}在\n\n没有写过的话" in other, "both texts, with the freed place"


def test_the_list_sorts_filters_and_finds_the_least_finished(client):
    review = make_review(applications=3, experts=1)
    client.force_login(review.leader)
    review.score(application=0)
    review.score(application=1, nodes=review.nodes[:5])
    scoring.submit_book(by=review.leader, book=review.book(0, 0))
    rows = client.get(reverse("expert:books"), {"sort": "least"}).context["page"]
    assert [row["finished"] for row in rows] == [0, 5]
    rows = client.get(reverse("expert:books"), {"sort": "-least", "view": "all"}).context["page"]
    assert [row["finished"] for row in rows] == [len(review.nodes), 5, 0]
    page = client.get(reverse("expert:books"), {"view": "submitted", "stage": str(review.run().pk)})
    assert [row["number"] for row in page.context["page"]] == [review.applications[0].number]
    assert (
        client.get(reverse("expert:books"), {"stage": "none", "sort": "x", "view": "y", "page": "9"}).status_code == 200
    )
    least = client.get(reverse("expert:next_book"))
    assert str(review.pair(0, 2).pk) in least["Location"]


def test_without_open_books_next_leads_to_the_list(client):
    review = make_review(applications=0, experts=1)
    client.force_login(review.leader)
    assert client.get(reverse("expert:next_book"))["Location"] == reverse("expert:books")
    assert client.get(reverse("expert:books")).status_code == 200
    assert client.get(reverse("expert:home")).status_code == 200
