"""The jury, the public notice, the awards."""

from datetime import datetime

from zhuoyue.config.demo.cast import counting_code
from zhuoyue.config.demo.play import SHANGHAI, Play, at
from zhuoyue.config.demo.reviewing import loaded, pass_all
from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.outcomes import actions as outcomes
from zhuoyue.domain.review.actions import jury, scoring, stages, visits
from zhuoyue.domain.review.enums import Choice, StageKind
from zhuoyue.domain.review.models import Assignment, Entry, Meeting
from zhuoyue.domain.review.queries.jury import candidates_of, recused_from

AGAINST_ONE_IN_FOUR = 3


def meet(play: Play) -> None:
    """Visits written up, the jury seated, its meeting called."""
    for entry in Entry.objects.filter(run=play.run(StageKind.SITE_VISIT)).select_related(
        "run__category__cycle", "application"
    ):
        leader = Assignment.objects.select_related("expert__person").get(
            application=entry.application, role="leader", state="active"
        )
        at("2021-10-15T17:00")
        for issue in entry.application.visit_issues.all():
            visits.keep_finding(
                by=leader.expert.person, issue=issue, finding="现场记录与材料一致。", expected=issue.version
            )
        book = visits.visit_book_for(entry=entry)
        scoring.submit_book(by=leader.expert.person, book=loaded(book))
    pass_all(play, StageKind.SITE_VISIT, "2021-10-18T09:00")
    run = play.run(StageKind.JURY)
    stages.open_stage(by=play.cast.secretary, run=run)
    for number, person in enumerate(play.cast.jurors):
        jury.seat_member(by=play.cast.secretary, cycle=play.cycle, person=person, is_chair=number == 0)
    for holder in (play.cast.secretary, *play.cast.jurors):
        jury.keep_code(by=Person.objects.get(pk=holder.pk), cycle=play.cycle, code=counting_code(holder))
    jury.arrange_meeting(
        by=play.cast.secretary, run=run, starts_at=datetime(2021, 10, 20, 14, tzinfo=SHANGHAI), place="协会三楼会议室"
    )
    at("2021-10-20T13:40")


def notice(play: Play) -> None:
    meeting = Meeting.objects.select_related("run__category__cycle__programme__organiser").get(
        run=play.run(StageKind.JURY)
    )
    at("2021-10-20T14:05")
    jury.recuse(
        by=play.cast.jurors[3],
        meeting=meeting,
        application=candidates_of(meeting)[0].application,
        reason="曾任该单位独立董事",
    )
    chair, secretary = play.cast.jurors[0], play.cast.secretary
    jury.open_ballot(by=chair, meeting=meeting, custody=f"pair:{secretary.pk}")
    for juror in play.cast.jurors:
        barred = recused_from(meeting, juror)
        choices = {
            entry.application_id: Choice.AGAINST if number % 4 == AGAINST_ONE_IN_FOUR else Choice.FOR
            for number, entry in enumerate(candidates_of(meeting))
            if entry.application_id not in barred
        }
        jury.cast_vote(by=juror, meeting=meeting, choices=choices)
    codes = {holder.pk: counting_code(holder) for holder in (chair, secretary)}
    counts = jury.close_ballot(by=chair, meeting=meeting, codes=codes)
    tiers = {count.application: "organisation-winner" if count.carried else "" for count in counts}
    run = play.run(StageKind.JURY)
    jury.decide(by=play.cast.secretary, run=run, tiers=tiers, reasons={}, rule={"kind": "ballot"})
    stages.decide_stage(by=play.cast.secretary, run=play.run(StageKind.JURY))
    result = outcomes.propose_list(by=play.cast.secretary, category=play.category)
    at("2021-10-22T09:00")
    outcomes.publish_notice(
        by=play.cast.second,
        result_list=result,
        title="2021年度上海市质量管理奖（组织奖）拟获奖名单公示",
        text="经审定委员会审定，现将拟获奖名单向社会公示。对名单有异议的，请在公示期内实名书面提出。",
    )
    at("2021-10-26T10:00")


def award(play: Play) -> None:
    at("2021-11-03T09:00")
    result = play.category.result_lists.select_related(
        "category__cycle__programme__organiser", "category__cycle__rules"
    ).get()
    outcomes.approve(by=play.cast.second, result_list=result, approval_number="沪质协〔2021〕示范号")
    outcomes.announce(by=play.cast.second, result_list=result)
    at("2021-11-18T10:00")
