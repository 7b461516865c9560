"""One search for every role: it finds what the role's own pages open, and of everything else not a word."""

import pytest
from django.urls import reverse
from tests import applying, review_cast
from tests.factories import body, member, person
from tests.jury_cast import make_jury

from zhuoyue.domain.orgs.enums import Duty
from zhuoyue.domain.review.actions import jury
from zhuoyue.kernel.search import found_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def asked(who, text):
        client.force_login(who)
        answer = client.get(reverse("shared:find"), {"q": text})
        assert answer.status_code == 200
        return answer.content.decode()

    return asked


def links_of(case):
    application = case.application
    return {
        "office": reverse("secretariat:application", args=[application.pk]),
        "registration": reverse("secretariat:registration", args=[case.registration.pk]),
        "body": reverse("recommender:application", args=[application.pk]),
        "own": reverse("applicant:registration", args=[case.registration.pk]),
    }


def found(text, links):
    return {name for name, link in links.items() if f'href="{link}"' in text}


def test_each_role_finds_by_name_and_number_what_it_may_open(ask):
    case = applying.sent()
    auditor = member(case.stage.organiser.organisation, Duty.AUDITOR)
    wanted = {
        case.stage.secretary: {"office", "registration"},
        auditor: {"office", "registration"},
        case.officer: {"body"},
        case.person: {"own"},
        member(body().organisation, Duty.SECRETARY): set(),
        member(body().organisation, Duty.OFFICER): set(),
        person(): set(),
    }
    for who, names in wanted.items():
        for text in (case.organisation.name, case.application.number, case.organisation.name[1:]):
            assert found(ask(who, text), links_of(case)) == names, (who, text)


def test_a_draft_is_found_by_its_own_organisation_alone(ask):
    case = applying.writing()
    links = links_of(case)
    assert found(ask(case.person, case.organisation.name), links) == {"own"}
    assert found(ask(case.stage.secretary, case.organisation.name), links) == {"registration"}
    assert found(ask(case.officer, case.organisation.name), links) == set()


def test_who_finds_nothing_reads_no_name(ask):
    case = applying.sent()
    text = ask(person(), case.organisation.name[1:])
    assert case.application.number not in text
    assert "没有找到" in text


def test_an_examiner_finds_what_they_work_on_unless_it_is_hidden(ask):
    review = review_cast.make_review(applications=2, experts=1)
    mine = reverse("expert:book", args=[review.pair().pk])
    assert mine in ask(review.leader, review.applications[0].organisation.name)
    outsider = review_cast.make_application(review.stage)
    assert found_for(review.leader, outsider.organisation.name)["pairs"] == []
    review.run().category.stages.update(hides_applicants=True)
    text = ask(review.leader, review.applications[0].organisation.name)
    assert mine not in text
    assert found_for(review.leader, review.applications[0].number)["pairs"] == []


def test_a_member_of_the_jury_does_not_find_whom_they_are_recused_from(ask):
    cast = make_jury()
    who, application = cast.members[1], cast.applications[0]
    link = reverse("jury:candidate", args=[cast.candidate().pk])
    assert link in ask(who, application.organisation.name)
    jury.recuse(by=who, meeting=cast.meeting, application=application, reason="亲属")
    assert link not in ask(who, application.organisation.name)
    assert link in ask(cast.members[2], application.organisation.name)
    member_of_it = cast.members[3]
    application.organisation.memberships.create(person=member_of_it, duty=Duty.MEMBER)
    assert link not in ask(member_of_it, application.organisation.name)


def test_the_office_finds_its_experts_and_no_others(ask):
    review = review_cast.make_review(experts=2)
    link = reverse("secretariat:expert", args=[review.experts[0].pk])
    assert link in ask(review.by, review.experts[0].person.name)
    assert link not in ask(member(body().organisation, Duty.SECRETARY), review.experts[0].person.name)
    assert link not in ask(review.leader, review.experts[0].person.name)


def test_pages_are_found_by_their_words_and_short_words_are_told(ask):
    case = applying.signed_up()
    assert reverse("public:roll") in ask(case.person, "名录")
    text = ask(case.person, "甲")
    assert "请至少输入2个字" in text
    assert found_for(case.person, " ")["own"] == []


def test_a_visitor_signs_in_first(client):
    assert "/account/" in client.get(reverse("shared:find"), {"q": "单位"})["Location"]


def test_statements_stay_few_whatever_is_found(client, django_assert_max_num_queries):
    case = applying.sent()
    for _more in range(2):
        applying.signed_up(stage=case.stage, body=case.body)
    for who in (case.stage.secretary, case.officer, case.person):
        client.force_login(who)
        client.get(reverse("shared:find"), {"q": "单位"})
        with django_assert_max_num_queries(12):
            client.get(reverse("shared:find"), {"q": case.organisation.name[:2]})


def test_ctrl_k_leads_there_on_every_page_of_the_signed_in(client):
    script = f'data-find="{reverse("shared:find")}"'
    assert script not in client.get("/").content.decode()
    case = applying.signed_up()
    client.force_login(case.person)
    assert script in client.get(reverse("applicant:home")).content.decode()
