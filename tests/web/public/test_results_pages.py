"""What anyone may see: lists on notice, objections, the roll, and whether a certificate is real."""

from datetime import timedelta

import pypdfium2
import pytest
import segno
from django.conf import settings
from django.urls import reverse
from tests.factories import moment
from tests.jury_cast import make_jury
from tests.objections import SAID

from zhuoyue.domain.outcomes import actions
from zhuoyue.domain.outcomes.models import Award, Certificate, Objection
from zhuoyue.domain.outcomes.queries import award_by_id
from zhuoyue.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    clock.stand_at(moment("2021-10-20T10:00"))
    return make_jury()


def at(name, *args):
    return reverse(f"public:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def code_of(place=0):
    return Certificate.objects.order_by("number")[place].code


def test_home_without_anything_says_what_will_be_here(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        text = text_of(client.get(at("home")))
    for words in ("现在没有项目接受报名或申报", "还没有发布通知", "现在没有名单在公示"):
        assert words in text


@pytest.mark.parametrize("name", ["programmes", "notices", "public_notices", "roll", "verify", "objection"])
def test_empty_places_say_what_they_are_for(client, name):
    answer = client.get(at(name))
    assert answer.status_code == 200
    assert not answer.cookies


def test_home_shows_the_list_on_notice_with_its_days(cast, client, django_assert_max_num_queries):
    cast.on_notice()
    clock.stand_at(moment("2021-10-25T10:00"))
    with django_assert_max_num_queries(9):
        text = text_of(client.get(at("home")))
    assert "拟获奖名单公示" in text
    assert "还有3个工作日" in text
    assert "第3日，共5日。" in text


def test_a_notice_whose_days_are_over_is_not_running_even_before_a_worker_ends_it(cast, client):
    notice = cast.on_notice()
    clock.stand_at(moment(f"{notice.ends_on + timedelta(days=1)}T00:01"))
    assert "现在没有名单在公示" in text_of(client.get(at("home")))
    text = text_of(client.get(at("public_notice", notice.pk)))
    assert "公示已经结束" in text
    assert "还有" not in text
    assert client.get(at("object", notice.pk)).status_code == 403
    assert client.post(at("object", notice.pk), SAID).status_code == 403
    assert not Objection.objects.exists()


def test_a_corrected_list_leads_to_the_new_one(cast, client):
    notice = cast.on_notice()
    corrected = cast.propose(change="一家数据失实", leave_out=[str(cast.applications[1].pk)])
    assert "更正后的名单公示时会链接在这里" in text_of(client.get(at("public_notice", notice.pk)))
    again = actions.publish_notice(by=cast.second, result_list=corrected, title="更正公示", text="")
    text = text_of(client.get(at("public_notice", notice.pk)))
    assert at("public_notice", again.pk) in text
    assert "一家数据失实" in text_of(client.get(at("public_notice", again.pk)))


def test_an_empty_list_says_so(cast, client):
    cast.decided()
    empty = cast.propose(change="均不授奖", leave_out=[str(found.pk) for found in cast.applications])
    notice = actions.publish_notice(by=cast.second, result_list=empty, title="公示", text="")
    assert "奖项空缺" in text_of(client.get(at("public_notice", notice.pk)))


@pytest.mark.parametrize("number", ["YY-00000000", "\0", "' OR 1=1 --", "x" * 5000])
def test_a_number_nobody_has(client, number):
    assert "没有这个编号" in text_of(client.get(at("objection"), {"number": number})) or number == "\0"


def test_the_roll_is_searched_by_name_number_year_and_category(cast, client, django_assert_max_num_queries):
    cast.announced()
    first = cast.applications[0].organisation.name
    with django_assert_max_num_queries(9):
        text = text_of(client.get(at("roll")))
    assert "SAQ-2021-ORGANISATION-0001" in text
    text = text_of(client.get(at("roll"), {"q": first, "year": "2021", "category": cast.stage.category.title}))
    assert first in text
    assert cast.applications[1].organisation.name not in text
    assert "SAQ-2021-ORGANISATION-0002" in text_of(client.get(at("roll"), {"q": "saq-2021-organisation-0002"}))


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "没有的单位"},
        {"q": "\0"},
        {"category": "x"},
        {"year": "0"},
        {"year": "99999999999999999999"},
        {"year": "²"},
        {"page": "x"},
        {"q": "%_\\"},
    ],
)
def test_the_roll_bears_odd_questions(cast, client, asked):
    cast.announced()
    assert client.get(at("roll"), asked).status_code == 200


def test_a_certificate_says_for_whom_and_how_long(cast, client):
    cast.announced()
    answer = client.get(at("verify"), {"code": f" {code_of()} "}, follow=True)
    text = text_of(answer)
    assert "证书真实有效" in text
    assert "2025年10月27日" in text
    clock.stand_at(moment("2026-01-05T09:00"))
    assert "已过有效期" in text_of(client.get(at("certificate", code_of())))
    assert "已到期" in text_of(client.get(at("roll")))


@pytest.mark.parametrize("code", ["wrong", "\0", "x" * 3000, "../etc"])
def test_a_wrong_code_is_answered_plainly(client, code):
    answer = client.get(at("verify"), {"code": code})
    assert answer.status_code == (404 if code.strip("\0") else 200)
    if code.strip("\0"):
        assert "没有这个核验码" in text_of(answer)
    assert client.get("/verify/%00/").status_code == 404


def test_a_revoked_certificate_says_when_and_why_and_has_no_paper(cast, client):
    cast.announced()
    award = award_by_id(Award.objects.order_by("certificate__number")[0].pk)
    actions.revoke_award(by=cast.by, award=award, reason="申报材料弄虚作假")
    text = text_of(client.get(at("certificate", code_of())))
    assert "证书已撤销" in text
    assert "申报材料弄虚作假" in text
    assert at("certificate_pdf", code_of()) not in text
    assert client.get(at("certificate_pdf", code_of())).status_code == 302
    assert "已撤销" in text_of(client.get(at("roll")))


def modules_of(picture):
    """The dark modules of a QR code on a page, by its own finder patterns: rows of booleans."""
    grey = picture.convert("L")
    width, height = grey.size
    dark = [[grey.getpixel((x, y)) < 128 for x in range(width)] for y in range(height)]
    rows = [y for y in range(height) if any(dark[y])]
    columns = [x for x in range(width) if any(dark[y][x] for y in rows)]
    return dark, (rows[0], rows[-1]), (columns[0], columns[-1])


def test_the_paper_carries_a_code_that_opens_the_page(cast, client):
    """The square on the page is, module for module, the QR code of this certificate's address."""
    cast.announced()
    answer = client.get(at("certificate_pdf", code_of()))
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    assert len(document) == 1
    words = document[0].get_textpage().get_text_range()
    award = Award.objects.order_by("certificate__number")[0]
    assert award.name in words.replace("\r\n", "")
    address = f"{settings.PUBLIC_URL}{at('certificate', code_of())}"
    expected = [[bool(module) for module in row] for row in segno.make(address, micro=False, error="m").matrix]
    assert square_on(document[0], len(expected)) == expected
    assert client.get(address.removeprefix(settings.PUBLIC_URL)).status_code == 200


def square_on(page, size):
    """The picture with as many modules a side as `size`, read from the middle of each module."""
    paths = [found for found in page.get_objects() if found.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    scale = 8
    picture = page.render(scale=scale).to_pil()
    height = picture.size[1]
    for path in paths:
        left, bottom, right, top = path.get_bounds()
        side = right - left
        if not (20 < side < 200 and abs(side - (top - bottom)) < 0.2):
            continue
        square = picture.crop(
            (int(left * scale), height - int(top * scale), int(right * scale), height - int(bottom * scale))
        )
        dark, (first, last), (start, end) = modules_of(square)
        step_x, step_y = (end - start + 1) / size, (last - first + 1) / size
        return [
            [dark[int(first + (y + 0.5) * step_y)][int(start + (x + 0.5) * step_x)] for x in range(size)]
            for y in range(size)
        ]
    return None
