import csv
import io
import re
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest
from lxml import etree

from zhuoyue.kernel.exports import Column, TableTooLongError, as_csv, as_xlsx, rows_to_csv, rows_to_xlsx, tables

COLUMNS = [Column("企业名称", 30), Column("得分"), Column("备注")]
TRAPS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    '=HYPERLINK("http://x")',
]
WHEN = datetime(2021, 8, 15, 17, 30, tzinfo=UTC)
SHEET = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def opened(stream):
    return zipfile.ZipFile(stream)


def cells_of(stream):
    """place -> (type, text) of every cell, as the file says them."""
    with opened(stream) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return {
        cell.get("r"): (cell.get("t", "n"), "".join(cell.itertext()))
        for cell in sheet.iterfind(".//m:c", namespaces=SHEET)
    }


def formulas_in(stream):
    stream.seek(0)
    with opened(stream) as book:
        return re.findall(rb"<f[ >]", book.read("xl/worksheets/sheet1.xml"))


def test_every_value_is_written_as_what_it_is():
    row = ["武汉某公司", Decimal("70.50"), None, 12, 0.5, True, date(2021, 8, 15), WHEN]
    cells = cells_of(rows_to_xlsx("申报名单", COLUMNS, [row]))
    assert cells["A1"] == ("inlineStr", "企业名称")
    assert cells["A2"] == ("inlineStr", "武汉某公司")
    assert cells["B2"] == ("n", "70.50")
    assert "C2" not in cells
    assert (cells["D2"], cells["E2"], cells["F2"]) == (("n", "12"), ("n", "0.5"), ("b", "1"))
    assert cells["G2"] == ("n", "44423")
    assert Decimal(cells["H2"][1]) == pytest.approx(Decimal("44424.0625"))  # half past one in Shanghai, the day after


def test_a_decimal_shows_the_places_it_has():
    with opened(rows_to_xlsx("分数", COLUMNS, [[Decimal("70.50"), Decimal(7), Decimal("1E+2")]])) as book:
        assert b'formatCode="0.00"' in book.read("xl/styles.xml")


@pytest.mark.parametrize("value", [Decimal("1234567890.1234567"), 91420100123456789, float("nan"), Decimal("Infinity")])
def test_a_number_that_a_sheet_would_change_is_written_as_text(value):
    kind, text = cells_of(rows_to_xlsx("数", COLUMNS, [[value]]))["A2"]
    assert (kind, text) == ("inlineStr", f"{value:f}" if isinstance(value, Decimal) else str(value))


@pytest.mark.parametrize("text", [*TRAPS, "http://example.org", "0012", "91420100MA4L0000XX"])
def test_a_text_stays_a_text_in_a_workbook(text):
    stream = rows_to_xlsx("表", COLUMNS, [[text]])
    kind, written = cells_of(stream)["A2"]
    assert kind == "inlineStr"
    assert written.strip() == text.strip()
    assert formulas_in(stream) == []


def test_control_characters_and_over_long_texts_do_no_harm():
    cells = cells_of(rows_to_xlsx("表", COLUMNS, [["a\x00b\x0bc", "质" * 40_000]]))
    assert cells["A2"][1] == "abc"
    assert len(cells["B2"][1]) == tables.LONGEST_CELL
    assert cells["B2"][1].endswith("…")


@pytest.mark.parametrize(
    ("title", "sheet"),
    [("申报名单", "申报名单"), ("a/b:c*d?[e]", "a b c d  e"), ("质" * 40, "质" * 31), ("'", "Sheet1"), ("", "Sheet1")],
)
def test_any_title_names_a_sheet(title, sheet):
    with opened(rows_to_xlsx(title, COLUMNS, [])) as book:
        assert f'name="{sheet}"' in book.read("xl/workbook.xml").decode()


def test_the_heading_stays_in_sight_and_can_be_filtered():
    with opened(rows_to_xlsx("表", COLUMNS, [["a", 1, "b"]])) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:C2"/>' in sheet


def test_a_table_without_columns_is_an_empty_sheet():
    assert cells_of(rows_to_xlsx("表", [], [])) == {}


def test_more_rows_than_a_sheet_holds_are_an_error_not_a_loss(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert len(cells_of(rows_to_xlsx("表", [Column("a")], [["x"]] * 3))) == 4
    with pytest.raises(TableTooLongError):
        rows_to_xlsx("表", [Column("a")], [["x"]] * 4)


def test_memory_does_not_grow_with_the_rows():
    tracemalloc.start()
    rows_to_xlsx("表", COLUMNS, ([f"企业{n}", n, "备注" * 20] for n in range(5_000))).close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * 1024 * 1024


def test_csv_opens_in_chinese_and_reads_back():
    row = ['甲,"乙"\n丙', Decimal("1E+2"), None, 3, date(2021, 8, 15), WHEN]
    content = b"".join(rows_to_csv(COLUMNS, [row]))
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines == [
        ["企业名称", "得分", "备注"],
        ['甲,"乙"\n丙', "100", "", "3", "2021-08-15", "2021-08-16 01:30:00"],
    ]


def test_a_time_without_zone_is_written_as_it_is():
    naive = datetime(2021, 8, 15, 17, 30)  # noqa: DTZ001 - the case is that it has none
    assert b"2021-08-15 17:30:00" in b"".join(rows_to_csv([], [[naive]]))


@pytest.mark.parametrize("text", TRAPS)
def test_no_text_of_a_csv_is_a_formula(text):
    content = b"".join(rows_to_csv(COLUMNS, [[text]])).decode("utf-8-sig")
    line = list(csv.reader(io.StringIO(content, newline="")))[1]
    assert line == [f"'{text}"]


def test_a_negative_number_stays_a_number():
    assert b"-3,-0.5" in b"".join(rows_to_csv(COLUMNS, [[-3, Decimal("-0.5")]]))


@pytest.mark.django_db  # the end of an answer closes old connections
@pytest.mark.parametrize(("answer", "ending"), [(as_xlsx, "xlsx"), (as_csv, "csv")])
def test_an_export_goes_out_under_its_chinese_name(answer, ending):
    response = answer("2021年度 申报名单", COLUMNS, [["甲", 1, ""]])
    assert unquote(response["Content-Disposition"]) == f"attachment; filename*=utf-8''2021年度 申报名单.{ending}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert len(b"".join(response.streaming_content)) > 10
    response.close()
