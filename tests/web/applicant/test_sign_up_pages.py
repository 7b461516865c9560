"""From nothing to a registration: each refusal says what to do and keeps what was typed."""

import pytest
from django.urls import reverse
from tests import applying, factories

from zhuoyue.domain.applications.models import Application, Registration
from zhuoyue.domain.orgs.models import Organisation
from zhuoyue.kernel.idempotency import new_key

pytestmark = pytest.mark.django_db
FACTS = {"name": "新公司", "kind": "enterprise", "region": "310105", "industry": "C34", "founded_on": "2010-05-01"}


def test_who_has_no_organisation_is_led_to_sign_one_up(signed_in):
    page = signed_in(factories.person()).get(reverse("applicant:home")).content.decode()
    assert "先登记您的单位" in page
    assert reverse("applicant:sign_up") in page


def test_a_wrong_code_says_which_digit_and_keeps_the_rest(signed_in):
    code = factories.make_code(11)
    wrong = code[:17] + ("0" if code[17] != "0" else "1")
    answer = signed_in(factories.person()).post(reverse("applicant:sign_up"), {**FACTS, "credit_code": wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"第18位应为“{code[17]}”" in page
    assert 'value="新公司"' in page


def test_a_code_in_use_says_what_to_do(signed_in):
    holder = factories.organisation("老公司")
    answer = signed_in(factories.person()).post(
        reverse("applicant:sign_up"), {**FACTS, "credit_code": holder.credit_code}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请贵单位的申报负责人" in page
    assert "老公司" not in page  # a stranger does not learn who holds a code


def test_a_right_code_signs_up_once_however_often_it_is_clicked(signed_in):
    browser = signed_in(factories.person())
    form = {**FACTS, "credit_code": factories.make_code(12), "once": new_key()}
    assert browser.post(reverse("applicant:sign_up"), form).status_code == 302
    assert browser.post(reverse("applicant:sign_up"), form).status_code == 302
    assert Organisation.objects.filter(name="新公司").count() == 1


def test_two_editors_of_an_organisation_see_both_texts(signed_in):
    case = applying.signed_up()
    browser = signed_in(case.person)
    url = reverse("applicant:organisation", args=[case.organisation.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {**FACTS, "name": "甲", "version": 1}).status_code == 302
    answer = browser.post(url, {**FACTS, "name": "乙", "version": 1})
    assert answer.status_code == 409
    assert "甲" in answer.content.decode()
    assert "乙" in answer.content.decode()
    assert browser.post(url, {**FACTS, "founded_on": "2999-01-01"}).status_code == 422


@pytest.fixture
def newcomer(signed_in):
    applying.at(applying.SIGN_UP)
    stage = factories.opened_cycle(applying.edition())
    organisation = factories.organisation()
    person = factories.member(organisation)
    return stage, organisation, signed_in(person)


def form_for(organisation, **changes):
    return {
        "organisation": str(organisation.pk),
        "contact_name": "张明",
        "contact_phone": "021-60000000",
        "contact_email": "zhang@example.org",
        "f-name": organisation.name,
        "f-credit-code": organisation.credit_code,
        "f-industry": "轴承",
        "f-contact-department": "质量部",
        "f-telephone": "021-60000000",
        "f-email": "office@example.org",
        "f-awards-aimed-at": ["organisation"],
        **changes,
    }


def test_one_registers_prints_and_uploads_the_sealed_form(newcomer):
    stage, organisation, browser = newcomer
    url = reverse("applicant:register", args=[stage.category.pk])
    assert stage.cycle.title in browser.get(reverse("applicant:open")).content.decode()
    assert organisation.credit_code in browser.get(url).content.decode()
    answer = browser.post(url, form_for(organisation))
    registration = Registration.objects.get()
    assert answer["Location"] == reverse("applicant:registration", args=[registration.pk])
    assert registration.details["applicant"]["awards-aimed-at"] == ["organisation"]
    page = browser.get(answer["Location"]).content.decode()
    assert "打印报名表" in page
    assert "质量部" in browser.get(reverse("applicant:registration_document", args=[registration.pk])).content.decode()
    scan = reverse("applicant:attach_scan", args=[registration.pk])
    refused = browser.post(scan, {"file": applying.pdf("报名表.docx")})
    assert refused.status_code == 422
    assert "内容却是PDF" in refused.content.decode()
    assert browser.post(scan, {}).status_code == 422
    assert browser.post(scan, {"file": applying.pdf("报名表.pdf")}).status_code == 302
    file = browser.get(reverse("applicant:scan", args=[registration.pk]))
    assert file["Content-Disposition"].startswith("attachment")
    opened = browser.post(reverse("applicant:open_application", args=[registration.pk]))
    assert opened["Location"] == reverse("applicant:application", args=[Application.objects.get().pk])


def test_what_is_wrong_in_a_registration_stands_at_its_field(newcomer):
    stage, organisation, browser = newcomer
    url = reverse("applicant:register", args=[stage.category.pk])
    answer = browser.post(url, form_for(organisation, **{"f-credit-code": "123", "f-telephone": ""}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "应为18位，现在是3位" in page
    assert 'href="#id_f-telephone"' in page
    assert not Registration.objects.exists()


def test_registering_again_leads_to_the_registration(newcomer):
    stage, organisation, browser = newcomer
    url = reverse("applicant:register", args=[stage.category.pk])
    first = browser.post(url, form_for(organisation))
    assert browser.post(url, form_for(organisation))["Location"] == first["Location"]


def test_a_registration_is_withdrawn_after_a_look_at_it(newcomer):
    stage, organisation, browser = newcomer
    browser.post(reverse("applicant:register", args=[stage.category.pk]), form_for(organisation))
    url = reverse("applicant:withdraw_registration", args=[Registration.objects.get().pk])
    assert organisation.name in browser.get(url).content.decode()
    assert browser.post(url).status_code == 302
    assert Registration.objects.get().state == "withdrawn"
    assert browser.post(url).status_code == 302
    assert (
        "重新报名"
        in browser.get(reverse("applicant:registration", args=[Registration.objects.get().pk])).content.decode()
    )


def test_a_registration_of_others_does_not_exist(signed_in):
    case = applying.signed_up()
    browser = signed_in(factories.member(factories.organisation()))
    assert browser.get(reverse("applicant:registration", args=[case.registration.pk])).status_code == 404
    assert browser.get(reverse("applicant:registration_pdf", args=[case.registration.pk])).status_code == 404
