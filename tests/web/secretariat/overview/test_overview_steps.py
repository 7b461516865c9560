"""The stages inside the review, the year before in brackets, the most the rules let through, and the week's report."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from tests import factories
from tests.factories import moment
from tests.review_cast import make_application
from tests.web.secretariat.overview.cast import a_year_before, hand_in

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.outcomes.models import PublicNotice, ResultList
from zhuoyue.domain.programmes.models import Phase
from zhuoyue.domain.review.actions import stages
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import Entry, StageRun
from zhuoyue.kernel import clock


def address(review, name="cycle"):
    return reverse(f"secretariat:{name}", kwargs={"slug": review.stage.cycle.slug})


def page_of(client, review):
    return client.get(address(review)).content.decode()


def due(review, when, kind=StageKind.DOCUMENT_REVIEW):
    run = review.run(kind)
    stages.set_due(by=review.by, run=run, expected=run.version, due_at=moment(when))


def rows_of(page):
    """Name -> (from and to, state) in the table under the timeline."""
    table = page.split("<table", 1)[1].split("</table>")[0]
    rows = [[cell.split(">", 1)[1].split("<")[0] for cell in row.split("<td")[1:]] for row in table.split("<tr>")[2:]]
    return {name: tuple(facts) for name, *facts in rows}


def test_the_stages_stand_inside_the_review_with_the_dates_that_are_known(office, review):
    due(review, "2021-09-20T18:00")
    due(review, "2021-10-08T18:00", StageKind.CONSENSUS)
    hand_in(review, 2)
    page = page_of(office, review)
    rows = rows_of(page)
    names = list(rows)
    inside = names[names.index("成果评审") + 1 :]
    assert inside[:6] == ["条件审查", "资料评价", "专家会审", "现场评审", "审定", "公示"]
    assert rows["资料评价"] == ("9月14日—20日", "进行中，已评2／3份，截止9月20日")
    assert rows["专家会审"] == ("9月20日—10月8日", "未开始，计划10月8日前")
    assert rows["公示"] == ("未定日期", "未开始")
    assert 'stroke-dasharray="4 3"' in page


def test_what_is_late_or_has_no_date_still_runs(office, review):
    rows = rows_of(page_of(office, review))
    assert rows["资料评价"][1] == "进行中，已评0／3份"
    due(review, "2021-09-20T18:00")
    clock.stand_at(moment("2021-09-22T08:00"))
    assert rows_of(page_of(office, review))["资料评价"][1] == "进行中，已评0／3份，已逾期2天"


def test_decided_stages_say_when_and_later_ones_how_many_are_decided(office, review):
    clock.stand_at(moment("2021-09-16T09:00"))
    StageRun.objects.filter(category=review.stage.category, kind="condition_check").update(state="open")
    assert rows_of(page_of(office, review))["条件审查"][1] == "进行中，待查0份"
    review.move_on(StageKind.CONSENSUS)
    rows = rows_of(page_of(office, review))
    assert rows["资料评价"] == ("9月14日—16日", "已结束")
    assert rows["专家会审"][1] == "进行中，已定0／1份"


def test_before_a_review_begins_only_its_phase_is_drawn(office, review):
    StageRun.objects.filter(category=review.stage.category).update(state="waiting")
    assert "资料评价" not in rows_of(page_of(office, review))


def test_stages_of_a_review_without_dates_follow_the_last_dated_phase(office, review):
    Phase.objects.filter(cycle=review.stage.cycle, key="review").update(starts_at=None, ends_at=None)
    rows = rows_of(page_of(office, review))
    assert "成果评审" not in rows
    assert "资料评价" in rows


def test_a_public_notice_has_its_days(office, review):
    StageRun.objects.filter(category=review.stage.category).update(state="decided")
    result = ResultList.objects.create(
        category=review.stage.category,
        number=1,
        entries=[],
        prepared_by=review.by,
        prepared_at=clock.now(),
        state="on_notice",
    )
    PublicNotice.objects.create(
        result_list=result,
        title="公示",
        text="",
        starts_on=moment("2021-10-11").date(),
        ends_on=moment("2021-10-15").date(),
        state="running",
    )
    assert rows_of(page_of(office, review))["公示"] == ("10月11日—15日", "未开始")


# ---- the funnel


def funnel_in(page):
    return page.split('id="h-fun"')[1].split("</section>")[0]


def test_coming_steps_say_how_many_the_rules_let_through(office, review):
    for number in range(3):
        other = make_application(review.stage, f"另一单位{number}")
        stages.enter(by=review.by, run=review.run(), application=other)
    assert funnel_in(page_of(office, review)).count("<b>至多4</b>") == 4  # consensus, visit, jury, award
    rules = review.stage.cycle.rules
    assert "places: 15" in rules.text
    for number in range(13):
        stages.enter(by=review.by, run=review.run(), application=make_application(review.stage, f"又一单位{number}"))
    words = funnel_in(page_of(office, review))
    assert "<b>至多17</b>" in words  # all may come to the consensus
    assert words.count("<b>至多15</b>") == 2  # fifteen of them to the visit, and to the jury
    assert words.count("<b>至多10</b>") == 1  # ten places


def test_while_applications_are_taken_only_places_are_known(office, review):
    clock.stand_at(moment("2021-08-12T09:00"))
    assert "<b>—</b>" in funnel_in(page_of(office, review))


def test_the_end_counts_who_is_to_be_awarded(office, review):
    StageRun.objects.filter(category__cycle=review.stage.cycle).update(state="decided")
    Entry.objects.create(run=review.run(StageKind.JURY), application=review.applications[0], outcome="through")
    words = funnel_in(page_of(office, review))
    assert "拟授奖" in words
    assert "至多" not in words


def test_the_year_before_stands_in_brackets(office, review):
    assert "括号内为" not in page_of(office, review)
    a_year_before(review)
    words = funnel_in(page_of(office, review))
    assert "括号内为2019年度" in words
    assert "</b>（2）" in words  # registered
    assert words.count("（1）") >= 4  # sent, checked, reviewed, at the jury


def test_a_year_that_was_never_opened_is_no_year_before(office, review):
    then = a_year_before(review)
    type(then).objects.filter(pk=then.pk).update(state="draft")
    assert "括号内为" not in page_of(office, review)


# ---- the report, and what it all costs


def words_of_book(answer):
    book = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    return [book.read(name).decode() for name in sorted(book.namelist()) if "worksheets/sheet" in name]


def test_the_report_holds_all_that_the_page_tells(office, review):
    due(review, "2021-09-20T18:00")
    a_year_before(review)
    answer = office.get(address(review, "weekly_report"))
    assert "attachment" in answer["Content-Disposition"]
    progress, deadlines, steps, risks = words_of_book(answer)
    assert "资料评价进行中，还有6天" in progress
    assert "已评0／3份" in progress
    assert "资料评价未提交（1份）" in deadlines
    assert review.member.name in deadlines
    assert "拟授奖" in steps
    assert "资料评价的截止日逢休息日" in risks
    clock.stand_at(moment("2021-09-22T08:00"))
    assert "逾期" in words_of_book(office.get(address(review, "weekly_report")))[1].split("</row>", 1)[1]


def test_the_auditor_takes_the_report_and_a_stranger_does_not(client, review, auditor):
    client.force_login(auditor)
    assert client.get(address(review, "weekly_report")).status_code == 200
    client.force_login(factories.member(factories.organisation("别的单位"), Duty.REPRESENTATIVE))
    assert client.get(address(review, "weekly_report")).status_code == 404


@pytest.mark.parametrize("kind", [StageKind.CONSENSUS, StageKind.JURY])
def test_later_stages_and_a_year_before_cost_no_more(office, review, kind, django_assert_max_num_queries):
    a_year_before(review)
    StageRun.objects.filter(category__cycle=review.stage.cycle, kind=kind).update(state="open")
    Entry.objects.create(run=review.run(kind), application=review.applications[0])
    office.get(address(review))
    with django_assert_max_num_queries(12):
        office.get(address(review))
