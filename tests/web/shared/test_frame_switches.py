import pytest
from django.utils import translation

from zhuoyue.kernel import clock
from zhuoyue.web.shared import context

pytestmark = pytest.mark.django_db
OWN = {"origin": "http://testserver"}


@pytest.fixture
def person(django_user_model):
    return django_user_model.objects.create_user("lin@example.org", name="林知夏", proved_at=clock.now())


@pytest.fixture
def administrator(django_user_model):
    return django_user_model.objects.create_superuser("root@example.org", name="管理员")


def test_a_visitor_changes_language_without_a_token_or_a_session(client):
    answer = client.post("/language/", {"language": "en", "next": "/sample/"}, headers=OWN)
    assert (answer.status_code, answer["Location"]) == (302, "/sample/")
    page = client.get("/sample/")
    assert '<html lang="en"' in page.content.decode()
    assert "Sign in" in page.content.decode()
    assert set(client.cookies) == {"language"}


def test_a_public_page_is_the_same_for_every_visitor(client):
    first, second = client.get("/sample/"), client.get("/sample/")
    assert first.content == second.content
    assert not first.cookies
    assert b"csrfmiddlewaretoken" not in first.content


def test_a_person_keeps_both_choices(client, person):
    client.force_login(person)
    client.post("/language/", {"language": "en"}, headers=OWN)
    client.post("/theme/", {"theme": "dark"}, headers=OWN)
    person.refresh_from_db()
    assert (person.language, person.theme) == ("en", "dark")
    assert 'data-bs-theme="dark"' in client.get("/sample/").content.decode()


def test_the_persons_theme_holds_where_no_cookie_is(client, person):
    person.theme = "dark"
    person.save()
    client.force_login(person)
    assert 'data-bs-theme="dark"' in client.get("/sample/").content.decode()


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {}])
def test_another_site_cannot_switch(client, headers):
    assert client.post("/theme/", {"theme": "dark"}, headers=headers).status_code == 400


@pytest.mark.parametrize(("path", "typed"), [("/theme/", {"theme": "pink"}), ("/language/", {"language": "fr"})])
def test_unknown_choices_are_refused(client, path, typed):
    assert client.post(path, typed, headers=OWN).status_code == 400


def test_the_way_back_stays_on_the_site(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"}, headers=OWN)
    assert answer["Location"] == "/"


def test_the_menu_of_a_person_has_roles_switches_and_the_way_out(client, person):
    context.supply("roles", lambda _request: [{"label": "评审员", "url": "/expert/"}])
    client.force_login(person)
    page = client.get("/sample/").content.decode()
    assert "林知夏" in page
    assert '<a href="/expert/">评审员</a>' in page
    assert 'action="/account/sign-out/"' in page


def test_the_frame_shows_only_what_it_knows():
    with pytest.raises(ValueError, match="weather"):
        context.supply("weather", lambda _request: "")


def test_a_shifted_clock_is_said_on_every_page(client):
    clock.stand_at(clock.now().replace(year=2021, month=9, day=18))
    with translation.override("zh-hans"):
        assert "演示时钟：现在按" in client.get("/sample/").content.decode()
    clock.run_true()
    assert "演示时钟" not in client.get("/sample/").content.decode()


def test_the_gallery_is_hidden_from_all_but_administrators(client, person, administrator):
    assert client.get("/gallery/").status_code == 302
    client.force_login(person)
    assert client.get("/gallery/").status_code == 404
    client.force_login(administrator)
    for part in ("frame", "charts", "forms", "nonsense"):
        assert client.get(f"/gallery/?part={part}").status_code == 200


def test_signed_in_says_where_to_go_on(client, person):
    client.force_login(person)
    assert "请回到刚才的标签页继续" in client.get("/signed-in/").content.decode()
