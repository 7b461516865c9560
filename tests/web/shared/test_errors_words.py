import pytest
from django.test import Client
from tests.factories import person

pytestmark = pytest.mark.django_db


def test_a_refusal_says_its_reason(client):
    answer = client.get("/refused/")
    assert answer.status_code == 403
    assert "报名期已于8月20日结束。" in answer.content.decode()


def test_missing_and_hidden_are_the_same_bytes(client):
    missing, hidden = client.get("/nowhere/"), client.get("/hidden/7/")
    assert missing.status_code == hidden.status_code == 404
    assert missing.content == hidden.content
    client.force_login(person("甲"))
    assert client.get("/hidden/8/").content == missing.content


def test_a_wrong_method_gets_a_page_and_keeps_its_header(client):
    answer = client.put("/sample/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, POST, HEAD"
    assert "这个页面不能这样打开" in answer.content.decode()


def test_an_unreadable_request_gets_a_page(client):
    answer = client.get("/unreadable/")
    assert (answer.status_code, "没有做任何改动" in answer.content.decode()) == (400, True)


def test_too_much_text_is_413(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = client.post("/autosaved/", {"method": "字" * 100})
    assert answer.status_code == 413
    assert "提交的内容太大" in answer.content.decode()


def test_a_failure_gives_a_number_that_the_log_holds(client, caplog):
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    number = next(row for row in caplog.messages if row.startswith("server error")).split()[2]
    assert number in answer.content.decode()


def test_a_failure_leaves_its_traceback_in_the_log(client, caplog):
    client.raise_request_exception = False
    client.get("/broken/")
    record = next(row for row in caplog.records if row.message.startswith("server error"))
    assert record.exc_info[0] is not None


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_a_stale_form_of_our_own_is_kept_and_can_be_sent_again(strict):
    typed = {"method": "一段\n文字", "once": "k", "csrfmiddlewaretoken": "stale"}
    answer = strict.post("/sample/", typed, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert '<textarea name="method" hidden>\n一段\n文字</textarea>' in page
    assert '<textarea name="once" hidden>\nk</textarea>' in page
    assert "stale" not in page
    token = strict.cookies["csrftoken"].value
    again = strict.post("/sample/", typed | {"csrfmiddlewaretoken": token}, headers={"origin": "http://testserver"})
    assert again.status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "https://elsewhere.example"}, {}, {"referer": "https://testserver.example/"}]
)
def test_a_form_from_elsewhere_is_never_kept(strict, headers):
    page = strict.post("/sample/", {"method": "别处的文字"}, headers=headers).content.decode()
    assert "别处的文字" not in page
    assert "不是从本站的页面提交的" in page


def test_secrets_are_never_written_into_a_page(strict):
    typed = {"login": "a@example.org", "password": "mostly-secret"}
    page = strict.post("/sample/", typed, headers={"origin": "http://testserver"}).content.decode()
    assert "mostly-secret" not in page
    assert "请重新打开这个页面" in page


def test_an_expired_session_keeps_the_form(client):
    answer = client.post("/only-post/?a=1", {"method": "没有登录时写的", "once": "k"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "没有登录时写的" in page
    assert 'action="/only-post/?a=1"' in page
    assert "/account/sign-in/?next=/signed-in/" in page


def test_a_conflict_shows_both_texts_to_choose_from(client):
    page = client.get("/conflict/").content.decode()
    assert 'name="method" value="甲的文字\n第二行"' in page
    assert 'name="method" value="乙的文字" checked' in page
    assert 'name="version" value="4"' in page
