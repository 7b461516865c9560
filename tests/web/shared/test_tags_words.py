from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.paginator import Paginator
from django.utils import translation

MOMENT = datetime(2021, 8, 15, 6, 30, tzinfo=UTC)  # 14:30 in Shanghai


@pytest.fixture(autouse=True)
def _in_september():
    with time_machine.travel(datetime(2021, 9, 18, 2, tzinfo=UTC), tick=False), translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("source", "chinese", "english"),
    [
        ("{{ at|day }}", "2021年8月15日", "15 August 2021"),
        ("{{ at|shortday }}", "8月15日", "15 August"),
        ("{{ at|daytime }}", "8月15日14:30", "15 August, 14:30"),
        ("{{ at|clock_time }}", "14:30", "14:30"),
    ],
)
def test_dates_stand_in_time_elements(page_of, source, chinese, english):
    marked = page_of(source, at=MOMENT)
    assert marked.startswith('<time datetime="2021-08-15T06:30:00+00:00">')
    assert marked.endswith(f">{chinese}</time>")
    with translation.override("en"):
        assert page_of(source, at=MOMENT).endswith(f">{english}</time>")


def test_another_year_is_always_said(page_of):
    assert "2020年8月15日" in page_of("{{ at|shortday }}", at=MOMENT.replace(year=2020))


def test_no_date_is_nothing(page_of):
    assert (
        page_of(
            "{{ at|day }}{{ at|shortday }}{{ at|daytime }}{{ at|clock_time }}{{ at|days_left }}{{ at|due_badge }}",
            at=None,
        )
        == ""
    )


@pytest.mark.parametrize(
    ("days", "state"), [(-3, "zy-state--late"), (0, "zy-state--soon"), (3, "zy-state--soon"), (4, "zy-meta")]
)
def test_a_due_date_becomes_a_badge_when_it_is_near_or_past(page_of, days, state):
    assert state in page_of("{{ at|due_badge }}", at=datetime(2021, 9, 18, 12, tzinfo=UTC) + timedelta(days=days))


def test_numbers(page_of):
    assert (
        page_of("{{ n|number }} {{ n|number:1 }} {{ p|percent }} {{ none|number }}", n=Decimal("1540.55"), p=70)
        == "1,540.55 1,540.6 70% –"
    )


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(4, 5, "80%"), (1, 3, "33.3%"), (7, 5, "100%"), (1, 0, "0%"), (None, 5, "0%")]
)
def test_a_width_never_leaves_its_bar(page_of, part, whole, width):
    assert page_of("{% share a b %}", a=part, b=whole) == width


def test_paragraphs_keep_lines_and_escape_all_else(page_of):
    text = "第一段 <b>\r\n第二行\r\n\r\n\u3000\r\n第二段"
    assert page_of("{{ text|paragraphs }}", text=text) == "<p>第一段 &lt;b&gt;<br>第二行</p><p>第二段</p>"
    assert page_of("{{ text|paragraphs }}", text=None) == ""


def test_a_changed_address_keeps_the_rest_and_starts_paging_over(page_of):
    path = "/list/?q=%E8%BD%B4&page=3&state=late"
    assert page_of('{% query state="" %}', path) == "?q=%E8%BD%B4"
    assert page_of("{% query page=4 %}", path) == "?q=%E8%BD%B4&amp;page=4&amp;state=late"
    assert page_of("{% query q=None %}", "/list/?q=a") == "/list/"


@pytest.mark.parametrize(
    ("path", "direction", "target"),
    [
        ("/?sort=name", "ascending", "?sort=-name"),
        ("/?sort=-name", "descending", "?sort=name"),
        ("/", "", "?sort=name"),
    ],
)
def test_a_column_head_turns_its_order(page_of, path, direction, target):
    assert page_of('{% sort_link "name" as s %}{{ s.direction }} {{ s.url }}', path) == f"{direction} {target}"


def test_long_paging_has_gaps(page_of):
    page = Paginator(range(1000), 10).page(50)
    shown = page_of("{% page_numbers page as ns %}{% for n in ns %}{{ n }} {% endfor %}", page=page)
    assert shown.split() == ["1", "0", "48", "49", "50", "51", "52", "0", "100"]


def test_the_current_place_is_the_longest_address_that_fits(page_of):
    nav = [
        {"label": "总览", "url": "/office/"},
        {"label": "申报", "url": "/office/applications/"},
        {"label": "x", "url": "/office/app"},
    ]
    source = "{% here nav as items %}{% for item in items %}{{ item.current }} {% endfor %}"
    assert page_of(source, "/office/applications/7/", nav=nav).split() == ["False", "True", "False"]
    assert page_of(source, "/office/", nav=nav).split() == ["True", "False", "False"]
    assert page_of(source, "/elsewhere/", nav=nav).split() == ["False", "False", "False"]


def test_the_first_page_is_the_current_place_of_itself_alone(page_of):
    nav = [{"label": "首页", "url": "/"}, {"label": "通知", "url": "/notices/"}]
    source = "{% here nav as items %}{% for item in items %}{{ item.current }} {% endfor %}"
    assert page_of(source, "/", nav=nav).split() == ["True", "False"]
    assert page_of(source, "/privacy/", nav=nav).split() == ["False", "False"]


def test_the_way_back_leads_to_the_place_that_a_page_belongs_to(page_of):
    nav = [{"label": "首页", "url": "/"}, {"label": "通知", "url": "/notices/"}]
    source = "{% way_back crumbs as trail %}{% for item in trail %}{{ item.label }} {% endfor %}"
    assert page_of(source, "/notices/7/", nav=nav, crumbs=[]).split() == ["通知"]
    assert page_of(source, "/notices/", nav=nav, crumbs=[]).split() == []
    assert page_of(source, "/notices/7/", nav=nav, crumbs=[{"label": "设置", "url": "/x/"}]).split() == ["设置"]
    marked = [{"label": "评审", "url": "/office/review/", "current": True}]
    assert page_of(source, "/office/stages/7/", nav=marked, crumbs=[]).split() == ["评审"]
    assert page_of(source, "/elsewhere/", nav=nav, crumbs=[]).split() == []


def test_once_differs_every_time(page_of):
    first, second = page_of("{% once %}"), page_of("{% once %}")
    assert 'name="csrfmiddlewaretoken"' in first
    assert first.split('name="once"')[1] != second.split('name="once"')[1]


def test_marks_escape_their_words(page_of):
    page = page_of('{% state_badge "late" words %}{% meter 3 4 words %}', words='"><b>')
    assert "<b>" not in page
    assert 'width="75%"' in page
