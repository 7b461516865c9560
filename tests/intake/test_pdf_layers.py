"""What is printed over, beside and around the text of a PDF is not taken for the text; spread letters are closed up."""

import pytest
import weasyprint

from intake.conftest import PAGE_STYLE
from intake.word import STANDARD, codes
from zhuoyue.intake import Furniture, LineRole, outline, read
from zhuoyue.intake.draft import Unplaced


def pdf(tmp_path, body, style=""):
    page = f"<html lang=zh-CN><style>{PAGE_STYLE} p {{ margin: 0 0 6pt }} {style}</style><body>{body}</body></html>"
    weasyprint.HTML(string=page).write_pdf(str(tmp_path / "a.pdf"))
    return read(tmp_path / "a.pdf")


def rows(texts=STANDARD):
    return "".join(f"<p>{text}</p>" for text in texts)


def of_role(document, role):
    return [line.text for line in document.lines if line.role == role]


@pytest.mark.parametrize(
    "look",
    [
        "transform: rotate(-45deg); color: #000; font-size: 60pt",
        "transform: rotate(30deg); color: #ccc; font-size: 20pt",
        "color: #d8d8d8; font-size: 60pt",
        "color: rgba(200, 0, 0, .2); font-size: 50pt",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_watermarks_are_no_content(tmp_path, look, first):
    mark = f"<div style='position: absolute; top: 90mm; left: 30mm; {look}'>征求意见稿</div>"
    document = pdf(tmp_path, mark + rows() if first else rows() + mark)
    draft = outline(document)
    assert [node.code for node in draft.walk()] == codes(pdf(tmp_path, rows()))
    assert not any("征求意见稿" in node.text + node.title for node in draft.walk())
    assert of_role(document, LineRole.WATERMARK) == ["征求意见稿"]
    assert Furniture.WATERMARK in dict(draft.furniture).values()


def test_large_dark_titles_and_pale_small_print_are_text(tmp_path):
    document = pdf(
        tmp_path, "<h1 style='font-size: 40pt'>示例准则</h1>" + rows() + "<p style='color: #ccc'>浅色的字</p>"
    )
    assert of_role(document, LineRole.WATERMARK) == []
    assert "浅色的字" in [line.text for line in document.lines]


@pytest.mark.parametrize("spacing", ["6pt", "8pt"])
def test_spread_letters_are_closed_up(tmp_path, spacing):
    document = pdf(tmp_path, rows(), f"p {{ letter-spacing: {spacing} }}")
    draft = outline(document)
    assert [node.code for node in draft.walk()] == codes(pdf(tmp_path, rows()))
    assert "5.2.2 高层作用" in [line.text for line in document.lines]


@pytest.mark.parametrize("step", [1, 5])
def test_numbers_of_lines_in_the_margin(tmp_path, step):
    texts = [*STANDARD, "甲。", "乙。", *("补充的话。" for _ in range(20))]
    numbered = "".join(
        f"<p style='position: relative'>{f'<span class=n>{place}</span>' if place % step == 0 else ''}{text}</p>"
        for place, text in enumerate(texts, 1)
    )
    document = pdf(tmp_path, numbered, ".n { position: absolute; left: -14mm; font-size: 8pt }")
    assert codes(document) == codes(pdf(tmp_path, rows(texts)))
    numbers = " ".join(of_role(document, LineRole.LINE_NUMBER)).split()
    assert numbers == [str(place) for place in range(1, len(texts) + 1) if place % step == 0]


def test_a_list_of_chapters_is_not_taken_for_numbers_of_lines(tmp_path):
    chapters = [f"{number} 第几章的名称" for number in range(1, 9)]
    document = pdf(tmp_path, rows(["目次", *chapters]) + rows(STANDARD))
    assert of_role(document, LineRole.LINE_NUMBER) == []
    assert chapters[3] in [line.text for line in document.lines]


def test_a_page_without_text_among_others_is_listed(tmp_path):
    square = "<svg width=90 height=90><rect width=80 height=80 /></svg>"
    drawn = f"<div style='break-before: page; break-after: page'>{square}</div>"
    style = "@page { @bottom-center { content: none } @top-center { content: none } }"
    draft = outline(pdf(tmp_path, rows() + drawn + rows(["尾声。"]), style))
    found = [(draft.document.line(number).page, reason) for number, reason in draft.unplaced]
    assert (2, Unplaced.NO_TEXT) in found
