"""Notices from draft to withdrawal, as the office writes them."""

from django.urls import reverse

from zhuoyue.domain.programmes.models import Notice

WORDS = {
    "title": "关于开展质量管理奖申报工作的通知",
    "number": "沪质协〔2021〕12号",
    "body": "各有关单位：\n\n现将有关事项通知如下。",
    "attachments": "申报表\n推荐表",
    "joint_issuers": "市总工会",
}


def _new(office, review, **more) -> Notice:
    url = reverse("secretariat:new_notice", kwargs={"slug": review.stage.cycle.slug})
    answer = office.post(url, WORDS | more)
    assert answer.status_code == 302
    return Notice.objects.order_by("-created_at").first()


def _at(name: str, notice: Notice) -> str:
    return reverse(f"secretariat:{name}", kwargs={"notice_id": notice.pk})


def test_a_draft_keeps_everything_that_was_typed(office, review):
    notice = _new(office, review)
    assert notice.state == "draft"
    assert notice.joint_issuers == ["市总工会"]
    assert [entry.title for entry in notice.attachments.all()] == ["申报表", "推荐表"]
    page = office.get(_at("notice", notice)).content.decode()
    assert "各有关单位" in page
    assert "推荐表" in page


def test_a_notice_without_a_title_is_refused_and_nothing_typed_is_lost(office, review):
    url = reverse("secretariat:new_notice", kwargs={"slug": review.stage.cycle.slug})
    answer = office.post(url, WORDS | {"title": ""})
    assert answer.status_code == 422
    assert "各有关单位" in answer.content.decode()
    assert not Notice.objects.exists()


def test_the_preview_is_an_official_document(office, review):
    page = office.get(_at("preview_notice", _new(office, review))).content.decode()
    assert "doc-head" in page
    assert "上海市质量协会　市总工会" in page
    assert "沪质协〔2021〕12号" in page


def test_an_older_form_is_shown_both_texts(office, review):
    notice = _new(office, review)
    assert office.post(_at("edit_notice", notice), WORDS | {"body": "先到的正文", "version": 1}).status_code == 302
    answer = office.post(_at("edit_notice", notice), WORDS | {"body": "后到的正文", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先到的正文" in page
    assert "后到的正文" in page
    notice.refresh_from_db()
    assert notice.body == "先到的正文"


def test_the_choice_between_both_texts_is_saved(office, review):
    notice = _new(office, review)
    office.post(_at("edit_notice", notice), WORDS | {"body": "先到的正文", "version": 1})
    answer = office.post(_at("edit_notice", notice), WORDS | {"body": "后到的正文", "version": 2})
    assert answer.status_code == 302
    notice.refresh_from_db()
    assert notice.body == "后到的正文"


def test_attachments_are_renamed_with_the_draft(office, review):
    notice = _new(office, review)
    office.post(_at("edit_notice", notice), WORDS | {"attachments": "推荐表", "version": 1})
    assert [entry.title for entry in notice.attachments.all()] == ["推荐表"]


def test_published_it_cannot_be_edited_but_supplemented_and_withdrawn(office, review):
    notice = _new(office, review)
    assert "不能再改" in office.get(_at("publish_notice", notice)).content.decode()
    office.post(_at("publish_notice", notice))
    notice.refresh_from_db()
    assert notice.state == "published"
    assert office.get(_at("edit_notice", notice)).status_code == 403
    url = reverse("secretariat:new_notice", kwargs={"slug": review.stage.cycle.slug})
    assert "补充通知" in office.get(f"{url}?supplements={notice.pk}").content.decode()
    office.post(f"{url}?supplements={notice.pk}", WORDS | {"title": "补充通知"})
    assert Notice.objects.get(title="补充通知").supplements == notice
    office.post(_at("withdraw_notice", notice), {"reason": "日期有误"})
    notice.refresh_from_db()
    assert notice.state == "withdrawn"


def test_withdrawing_asks_for_a_reason(office, review):
    notice = _new(office, review)
    office.post(_at("publish_notice", notice))
    assert office.post(_at("withdraw_notice", notice), {"reason": ""}).status_code == 422
    notice.refresh_from_db()
    assert notice.state == "published"


def test_publishing_twice_says_why_not(office, review):
    notice = _new(office, review)
    office.post(_at("publish_notice", notice))
    answer = office.post(_at("publish_notice", notice))
    assert answer.status_code == 409
    assert "发布通知" in answer.content.decode()


def test_the_auditor_reads_and_writes_nothing(client, office, review, auditor):
    notice = _new(office, review)
    client.force_login(auditor)
    assert client.get(_at("notice", notice)).status_code == 200
    assert "发布" not in client.get(_at("notice", notice)).content.decode().split("</header>")[1].split("</footer>")[0]
    for name in ("edit_notice", "publish_notice", "withdraw_notice"):
        assert client.get(_at(name, notice)).status_code == 404


def test_the_list_has_drafts_and_withdrawn_ones(office, review):
    url = reverse("secretariat:notices", kwargs={"slug": review.stage.cycle.slug})
    assert "还没有通知" in office.get(url).content.decode()
    _new(office, review)
    assert "草稿" in office.get(url).content.decode()
