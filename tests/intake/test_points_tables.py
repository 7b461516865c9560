"""Tables of clauses with points in a column: the points become those of the clauses."""

from decimal import Decimal

import pytest

from intake.conftest import accounted, document_of, write_pdf
from intake.word import STANDARD, p, write_word
from zhuoyue.intake import Furniture, outline, read
from zhuoyue.intake.draft import Unplaced

ROWS = [
    ("5.2", "领导", "110"),
    ("5.2.1", "高层的作用", "60"),
    ("5.2.2", "领导的结果", "50"),
    ("5.3", "战略", "90.5"),
    ("5.3.1", "战略的结果", "90.5分"),
]
POINTS = {
    "5.2": Decimal(110),
    "5.2.1": Decimal(60),
    "5.2.2": Decimal(50),
    "5.3": Decimal("90.5"),
    "5.3.1": Decimal("90.5"),
}


def table(head, rows):
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>" for row in (head, *rows))
    return f"<w:tbl>{cells}</w:tbl>"


def points_of(draft):
    return {node.code: node.points for node in draft.walk() if node.points is not None}


def reasons(draft, text):
    return [
        reason for number, reason in (*draft.furniture, *draft.unplaced) if draft.document.line(number).text == text
    ]


@pytest.mark.parametrize("head", ["分值", "分 值（分）", "满分", "标准分值", "Points"])
def test_a_table_that_defines_the_clauses(tmp_path, head):
    body = p("示例准则") + p("5 评价要求") + table(("编号", "名称", head), [*ROWS, ("合计", "", "200.5")])
    draft = outline(read(write_word(tmp_path / "a.docx", body)))
    assert points_of(draft) == POINTS
    titles = {node.code: node.title for node in draft.walk()}
    assert (titles["5.2"], titles["5.3.1"]) == ("领导", "战略的结果")
    assert not draft.unplaced
    assert not any("110" in node.text for node in draft.walk())
    assert set(accounted(draft).values()) == {1}
    assert reasons(draft, "合计") == reasons(draft, head) == [Furniture.POINTS]


def test_number_and_title_in_one_cell(tmp_path):
    rows = [(f"{code} {title}", points) for code, title, points in ROWS]
    body = p("示例准则") + p("5 评价要求") + table(("条款", "分值"), rows)
    assert points_of(outline(read(write_word(tmp_path / "a.docx", body)))) == POINTS


def test_a_table_that_repeats_the_clauses_adds_their_points(tmp_path):
    text = [f"{code} {title}" for code, title, _points in ROWS]
    rows = [*ROWS, ("5.9", "没有这一条", "7")]
    body = "".join(p(row) for row in ["示例准则", *text]) + table(("编号", "名称", "分值"), rows)
    draft = outline(read(write_word(tmp_path / "a.docx", body)))
    assert points_of(draft) == POINTS
    assert len([node for node in draft.walk() if node.code.startswith("5.2")]) == 3
    assert reasons(draft, "110") == [Furniture.POINTS]
    assert reasons(draft, "7") != [Furniture.POINTS]
    assert set(accounted(draft).values()) == {1}


def test_other_tables_are_left_alone(tmp_path):
    body = "".join(map(p, STANDARD)) + table(("年份", "产值"), [("2021", "80"), ("2022", "90")])
    draft = outline(read(write_word(tmp_path / "a.docx", body)))
    assert points_of(draft) == {}
    assert set(accounted(draft).values()) == {1}


LINES = ["示例准则", "5 评价要求", "编号 名称 分值", *("\t".join(row) for row in ROWS), "合计 200.5"]


def test_a_table_in_a_text():
    draft = outline(document_of("\n".join(LINES)))
    assert points_of(draft) == POINTS
    assert {node.code: node.title for node in draft.walk()}["5.2.1"] == "高层的作用"
    assert reasons(draft, "合计 200.5") == reasons(draft, "编号 名称 分值") == [Furniture.POINTS]
    assert not draft.unplaced


def test_a_repeating_table_in_a_text():
    text = [f"{code} {title}" for code, title, _points in ROWS]
    draft = outline(document_of("\n".join(["示例准则", *text, "正文结束。", "条款 分值", *LINES[3:], "5.8 无此条 5"])))
    assert points_of(draft) == POINTS
    assert reasons(draft, "5.2\t领导\t110") == [Furniture.POINTS]


def test_points_of_a_number_that_is_no_clause_are_listed():
    rows = ["示例准则", *(f"{code} {title}" for code, title, _points in ROWS), "正文结束。", "19.1 远处", "条款 分值",
            "19.1 远处 5", "5.2 领导 110"]  # fmt: skip
    draft = outline(document_of("\n".join(rows)))
    assert (reasons(draft, "19.1 远处 5"), points_of(draft)) == ([Unplaced.STRAY_NUMBER], {"5.2": Decimal(110)})


def test_a_number_at_the_end_of_a_line_is_no_points_without_a_table():
    draft = outline(document_of("\n".join([*STANDARD[:6], "5.2.3 治理 2030", *STANDARD[6:]])))
    assert points_of(draft) == {}
    lone = ["示例准则", "条款 分值", *STANDARD[1:]]
    assert reasons(outline(document_of("\n".join(lone))), "条款 分值") == [Unplaced.FRONT_MATTER]


def test_a_table_in_a_pdf(tmp_path):
    import weasyprint  # noqa: PLC0415

    from intake.conftest import PAGE_STYLE  # noqa: PLC0415

    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [("编号", "名称", "分值"), *ROWS]
    )
    page = f"<html lang=zh-CN><style>{PAGE_STYLE} table {{ width: 100% }} td:last-child {{ text-align: right }}</style><p>示例准则</p><p>5 评价要求</p><table>{rows}</table>"  # noqa: E501
    weasyprint.HTML(string=page).write_pdf(str(tmp_path / "a.pdf"))
    draft = outline(read(tmp_path / "a.pdf"))
    assert points_of(draft) == POINTS


def test_a_plain_pdf_has_no_points(tmp_path):
    assert points_of(outline(read(write_pdf("\n".join(STANDARD), tmp_path / "a.pdf")))) == {}
