"""The record names what each event is about, where the reader may open it, and asks as much for one as for many."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import moment
from tests.jury_cast import make_jury
from tests.objections import objection_to
from tests.review_cast import make_application, make_review

from zhuoyue.domain.accounts.models import Person
from zhuoyue.domain.applications.actions.bodies import add_recommender
from zhuoyue.domain.orgs.enums import BodyLevel, Duty, OrganisationKind
from zhuoyue.domain.orgs.steps import add_member
from zhuoyue.domain.outcomes.models import ResultList
from zhuoyue.domain.review.enums import StageKind
from zhuoyue.domain.review.models import Meeting, StageRun
from zhuoyue.domain.review.queries.blind import code_of
from zhuoyue.kernel import audit, clock, mail
from zhuoyue.kernel.audit.models import AuditEvent
from zhuoyue.kernel.mail import OutboxMail
from zhuoyue.kernel.records import subject_of
from zhuoyue.kernel.subjects import kinds
from zhuoyue.web.secretariat.places import kinds_with_pages
from zhuoyue.web.secretariat.settings.subjects import kinds_in_words

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 10


def rows_of(client, cycle, **asked):
    """(about, address) of every row of the record."""
    answer = client.get(reverse("secretariat:record", args=[cycle.slug]), asked)
    assert answer.status_code == 200
    return re.findall(r'<tr><td>[^<]*</td><td>(?:<a href="([^"]*)">)?([^<]*)(?:</a>)?</td>', answer.content.decode())


def record_of(cycle, *things):
    """An event of the year about each."""
    for thing in things:
        audit.record("programmes.letters_sent_again", by=None, subject=thing, scope=cycle)


@pytest.fixture
def review():
    """Two applications, each begun by every examiner."""
    clock.stand_at(moment("2021-09-14T09:00"))
    made = make_review(applications=2)
    for application in range(2):
        for place in range(3):
            made.score(place, nodes=made.nodes[:1], application=application)
    return made


@pytest.fixture
def jury():
    clock.stand_at(moment("2021-10-20T10:00"))
    return make_jury()


def test_every_kind_that_is_read_has_words_and_a_page():
    assert set(kinds_in_words()) == set(kinds()) == kinds_with_pages()
    assert len(kinds()) >= 26
    assert all(kinds_in_words().values())


def test_a_row_of_the_review_names_whose_it_is_and_leads_there(client, review):
    client.force_login(review.by)
    cycle, application = review.stage.cycle, review.applications[0]
    record_of(cycle, review.book(), review.pair(1), review.invitation(), review.run(), cycle)
    found = rows_of(client, cycle)
    words = f"{application.number} {application.organisation.name}"
    assert (reverse("secretariat:application", args=[application.pk]), words) in found
    assert (reverse("secretariat:application", args=[application.pk]), f"{words}　资料评价") in found
    assert (reverse("secretariat:assignments", args=[review.run().pk]), f"{words}　专家1") in found
    assert (reverse("secretariat:expert", args=[review.experts[0].pk]), "专家0") in found
    stage = f"资料评价　{review.stage.category.title}"
    assert (reverse("secretariat:stage", args=[review.run().pk]), stage) in found
    assert (reverse("secretariat:cycle", args=[cycle.slug]), cycle.title) in found


def test_what_is_only_being_written_leads_to_its_registration(client, review):
    client.force_login(review.by)
    application = make_application(review.stage)
    application.snapshot = None
    application.save()
    record_of(review.stage.cycle, application, application.registration)
    address = reverse("secretariat:registration", args=[application.registration_id])
    found = rows_of(client, review.stage.cycle)
    assert found[0] == (address, application.organisation.name)
    assert found[1] == (address, str(application))


def test_a_row_of_the_office_names_letters_phases_bodies_and_notices(client, review):
    client.force_login(review.by)
    cycle, slug = review.stage.cycle, review.stage.cycle.slug
    body = add_recommender(
        by=review.by,
        cycle=cycle,
        name="市轴承协会",
        level=BodyLevel.ASSOCIATION,
        kind=OrganisationKind.ASSOCIATION,
        email="fan@y.cn",
        officer="范云",
    )
    officer = body.organisation.memberships.get()
    mail.queue(to="a@b.cn", subject="通知", text="内容", dedupe="x", scope=subject_of(cycle))
    letter = OutboxMail.objects.get(dedupe="x")
    edition = review.stage.category.edition
    record_of(cycle, letter, cycle.phases.first(), body, officer, edition)
    bodies = reverse("secretariat:bodies", args=[slug])
    assert rows_of(client, cycle)[:5] == [
        (reverse("secretariat:standards"), f"{edition.title}　{edition.label}"),
        (bodies, "范云　市轴承协会"),
        (bodies, "市轴承协会"),
        (reverse("secretariat:phases", args=[slug]), cycle.phases.first().title),
        (reverse("secretariat:letter", args=[slug, letter.pk]), "a@b.cn"),
    ]


def announced(jury):
    notice = jury.on_notice()
    made = objection_to(notice, name="王晓明")
    return notice, made


def test_a_row_of_the_results_names_lists_notices_and_objections_but_nobody_behind_them(client, jury):
    notice, made = announced(jury)
    client.force_login(jury.by)
    found = rows_of(client, jury.stage.cycle)
    title = jury.stage.category.title
    page = reverse("secretariat:result_list", args=[ResultList.objects.get().pk])
    assert (page, f"{title}名单第1版") in found
    assert (page, notice.title) in found
    assert (reverse("secretariat:office_objection", args=[made.pk]), made.number) in found
    assert (reverse("secretariat:seats", args=[jury.stage.cycle.slug]), "委员0") in found
    meeting = f"{jury.run.title}　{title}"
    assert (reverse("secretariat:category_results", args=[jury.stage.category.pk]), meeting) in found
    assert "王晓明" not in str(found)


def test_every_link_opens_for_whoever_only_watches(client, jury):
    announced(jury)
    record_of(jury.stage.cycle, *_one_of_each(jury))
    client.force_login(jury.auditor)
    addresses = {address for address, _words in rows_of(client, jury.stage.cycle) if address}
    assert len(addresses) > 8
    for address in addresses:
        assert client.get(address).status_code == 200, address


def _one_of_each(jury):
    return [
        jury.stage.cycle,
        jury.stage.cycle.phases.first(),
        jury.applications[0].registration,
        jury.run,
        jury.stage.category.edition,
    ]


def test_what_is_gone_or_unknown_is_named_by_its_kind(client, review):
    client.force_login(review.by)
    cycle = review.stage.cycle
    record_of(cycle, Meeting(pk=uuid.uuid4()), Person.objects.first())
    audit.record("programmes.letters_sent_again", by=None, scope=cycle)
    assert rows_of(client, cycle)[:3] == [("", ""), ("", "其他"), ("", "审定会议")]


def test_who_judges_without_names_reads_none_here_either(client, review):
    """A secretary who is an examiner too: what a stage hides from them stays hidden."""
    StageRun.objects.filter(pk=review.run().pk).update(hides_applicants=True)
    expert = review.experts[0].person
    add_member(by=None, organisation=review.stage.organiser.organisation, person=expert, duty=Duty.SECRETARY)
    application = review.applications[0]
    cycle = review.stage.cycle
    record_of(cycle, application, application.registration, review.book(), review.pair(1))
    hidden = (application.organisation.name, application.number, code_of(application.pk), str(application.pk))
    client.force_login(expert)
    mine = rows_of(client, cycle)
    assert mine[:4] == [("", "评审分配"), ("", "评分"), ("", "报名"), ("", "申报")]
    assert not any(told in str(mine) for told in hidden)
    client.force_login(review.by)
    assert application.organisation.name in str(rows_of(client, cycle))


def test_a_member_of_the_jury_reads_no_name_that_the_ballot_hides(client, jury):
    StageRun.objects.filter(kind=StageKind.JURY).update(hides_applicants=True)
    office = jury.stage.organiser.organisation
    add_member(by=None, organisation=office, person=jury.members[1], duty=Duty.AUDITOR)
    record_of(jury.stage.cycle, *jury.applications)
    client.force_login(jury.members[1])
    assert rows_of(client, jury.stage.cycle)[:2] == [("", "申报"), ("", "申报")]


def test_the_record_is_narrowed_to_one_kind_of_thing(client, review):
    client.force_login(review.by)
    found = rows_of(client, review.stage.cycle, about="review.stagerun")
    assert {words for _address, words in found} == {f"资料评价　{review.stage.category.title}"}
    whole = rows_of(client, review.stage.cycle)
    assert rows_of(client, review.stage.cycle, about="nonsense") == whole


def test_the_page_asks_as_much_for_many_rows_as_for_few(client, review):
    client.force_login(review.by)
    cycle = review.stage.cycle
    AuditEvent.objects.filter(scope=subject_of(cycle)).delete()

    def asked():
        client.get(reverse("secretariat:record", args=[cycle.slug]))
        with CaptureQueriesContext(connection) as seen:
            assert rows_of(client, cycle)
        return len(seen)

    record_of(cycle, review.applications[0])
    few = asked()
    assert few <= MOST_STATEMENTS
    record_of(cycle, review.book(), review.pair(), review.invitation(), review.run(), cycle.phases.first(), cycle)
    for place in range(3):
        record_of(cycle, review.book(place, 1), review.pair(place, 1), review.invitation(place))
    record_of(cycle, review.applications[1], *(review.run(kind) for kind in (StageKind.CONSENSUS, StageKind.JURY)))
    assert asked() == few
