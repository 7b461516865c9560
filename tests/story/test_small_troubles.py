"""What goes wrong at a desk: a double click, the back button, two windows, an ended session, the last minute."""

import re

import pytest
from playwright.sync_api import expect
from tests.factories import PASSWORD, member, organisation
from tests.small_cycle import announce, at, sign_up, write
from tests.story.windows import press, says

from zhuoyue.domain.applications.models import Application, Receipt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("troubles")]
SECTION = "part/narrative/1.1/"


@pytest.fixture
def desk(house, windows):
    """An applicant with a complete draft, in its window, two days before the end."""
    announce(house.play)
    at("2021-06-10T10:00")
    owner = organisation("松溪养老服务中心")
    speaker = member(owner)
    signed = sign_up(house.play, speaker, owner)
    at("2021-08-14T10:00")
    application = write(house.play, speaker, signed)
    page = windows.of(speaker)
    page.place = f"{windows.url}/apply/applications/{application.pk}/"
    page.person = speaker
    return page


def kept(text):
    found = Application.objects.get().dossier.answers.get(section="narrative/1.1")
    return found.value["text"] == text


def test_a_double_click_gives_one_receipt(desk):
    desk.goto(f"{desk.place}submit/")
    desk.get_by_role("button", name="确认提交").dblclick()
    says(desk, "申报已收到")
    assert Receipt.objects.count() == 1


def test_the_back_button_does_not_lead_to_a_second_receipt(desk):
    desk.goto(f"{desk.place}submit/")
    press(desk, "确认提交")
    says(desk, "申报已收到")
    desk.go_back()
    expect(desk.get_by_role("button", name="确认提交")).to_be_disabled()
    assert Receipt.objects.count() == 1


def test_two_windows_see_both_texts(desk, windows):
    desk.goto(desk.place + SECTION)
    other = desk.context.new_page()
    other.goto(desk.place + SECTION)
    other.fill("textarea", "另一个窗口写的。")
    press(other, "保存草稿")
    says(other, "已保存")
    desk.fill("textarea", "这个窗口写的。")
    press(desk, "保存草稿")
    says(desk, "另一个窗口写的。")
    says(desk, "这个窗口写的。")
    assert kept("另一个窗口写的。")


def test_an_ended_session_keeps_what_was_typed(desk):
    desk.goto(desk.place + SECTION)
    desk.wait_for_load_state()
    desk.context.clear_cookies(name="sessionid")
    desk.fill("textarea", "会话结束以后写的。")
    expect(desk.locator("[data-save-state]")).to_contain_text("登录已过期")
    with desk.context.expect_page() as opened:
        desk.locator("[data-save-state] a").click()
    door = opened.value
    door.fill("[name=login]", desk.person.email)
    door.fill("[name=password]", PASSWORD)
    press(door, "登录")
    door.wait_for_url(re.compile("signed-in"))
    expect(desk.locator("textarea")).to_have_value("会话结束以后写的。")
    press(desk, "保存草稿")
    says(desk, "已保存")
    assert kept("会话结束以后写的。")


def test_without_script_an_ended_session_keeps_it_too(desk, windows):
    plain = windows.blank("plain", java_script_enabled=False)
    plain.context.add_cookies(desk.context.cookies())
    plain.goto(desk.place + SECTION)
    plain.fill("textarea", "没有脚本也不丢。")
    plain.context.clear_cookies(name="sessionid")
    press(plain, "保存草稿")
    says(plain, "登录")
    assert "没有脚本也不丢。" in plain.content()


def test_a_form_opened_before_and_sent_after_the_deadline_comes_back_with_its_text(desk):
    desk.goto(desk.place + SECTION)
    at("2021-08-16T00:20")
    desk.fill("textarea", "最后一句话。")
    press(desk, "保存草稿")
    says(desk, "已过截止时间")
    expect(desk.locator("main")).to_contain_text("最后一句话。")


def test_in_the_minutes_of_grace_it_is_still_received(desk):
    desk.goto(f"{desk.place}submit/")
    at("2021-08-16T00:05")
    press(desk, "确认提交")
    says(desk, "申报已收到")
    assert Receipt.objects.get().rule["within_grace"] is True
