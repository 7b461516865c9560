import zlib

import pytest

from intake.conftest import write_pdf
from zhuoyue.intake import IntakeError, Limits, LineRole, read
from zhuoyue.intake.pdf_file import _clean
from zhuoyue.intake.pdf_glyphs import Glyph, Row
from zhuoyue.intake.pdf_layout import lines_of
from zhuoyue.intake.pdf_streams import check_streams


def refused_code(path, **options):
    with pytest.raises(IntakeError) as refused:
        read(path, **options)
    return refused.value.code


def blank_pdf(streams=b""):
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n" + streams + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def test_a_scan_without_text_says_so(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(blank_pdf())
    with pytest.raises(IntakeError) as refused:
        read(path)
    assert (refused.value.code, refused.value.params["pages"]) == ("no_text", 1)


def test_a_damaged_file_is_damaged(tmp_path):
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    assert refused_code(path) == "damaged"


def test_a_password_is_named(tmp_path):
    path = tmp_path / "locked.pdf"
    encrypt = (
        b"4 0 obj<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n"
    )
    path.write_bytes(blank_pdf(encrypt).replace(b"trailer<</Root 1 0 R>>\n", b""))
    assert refused_code(path) == "encrypted"


@pytest.mark.parametrize(
    "limits", [Limits(pages=1), Limits(characters=50), Limits(lines=3)], ids=["pages", "characters", "lines"]
)
def test_limits(tmp_path, limits):
    path = write_pdf("一段文字。\n" * 60, tmp_path / "long.pdf")
    assert refused_code(path, limits=limits) == "too_large"


def stream(content):
    return b"5 0 obj<<>>stream\r\n" + content + b"\nendstream endobj\n"


def test_a_stream_that_unpacks_too_far_is_a_bomb(tmp_path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(blank_pdf(stream(zlib.compress(b" " * 3_000_000))))
    assert refused_code(path, limits=Limits(unpacked_bytes=1_000_000)) == "bomb"


def test_streams_are_counted_together_and_through_nesting():
    plain = stream(zlib.compress(b" " * 600_000))
    check_streams(plain, "a.pdf", 1_000_000)
    nested = stream(zlib.compress(zlib.compress(b" " * 3_000_000)))
    for data in (plain * 2, nested):
        with pytest.raises(IntakeError, match="解压后超过"):
            check_streams(data, "a.pdf", 1_000_000)


def test_streams_that_are_not_compressed_or_cut_short_pass():
    broken = b"\x78\x9c" + b"\xff" * 40
    cut = zlib.compress(bytes(range(256)) * 40)[:30]
    for content in (broken, cut, b"BT (plain) ET", b""):
        check_streams(stream(content), "a.pdf", 1_000)
    check_streams(b"stream\n\x78", "a.pdf", 1_000)


def test_a_long_compressed_stream_is_counted_to_its_end():
    content = zlib.compress(b"".join(zlib.crc32(bytes([i % 251, i % 241])).to_bytes(4) for i in range(40_000)), 0)
    assert len(content) > 1 << 16
    check_streams(stream(content), "a.pdf", 200_000)
    with pytest.raises(IntakeError):
        check_streams(stream(content), "a.pdf", 100_000)


def test_characters_of_print_fonts_become_plain_ones():
    assert [_clean(code) for code in (0x2F06, 0x4E00, 0xFFFE, 0)] == ["二", "一", "", ""]


EM = 10.0
WIDTH = 20  # characters to a full row


def row(text, top, *, page=1, left=0.0):
    return Row(
        page,
        tuple(Glyph(c, left + i * EM, left + (i + 1) * EM, top - EM, top) for i, c in enumerate(text)),
    )


def paragraphs(*rows):
    return [line.text for line in lines_of(rows)]


FULL = "字" * WIDTH
ENDED = "字" * (WIDTH - 1) + "。"


def test_a_full_row_goes_on_in_the_next():
    assert paragraphs(row(FULL, 700), row("尾巴。", 685), row("新段。", 670)) == [FULL + "尾巴。", "新段。"]


def test_a_short_row_ends_its_paragraph():
    assert paragraphs(row(FULL, 715), row("短", 700), row("下一行", 685)) == [FULL + "短", "下一行"]


def test_a_wide_gap_parts_paragraphs():
    assert paragraphs(row(FULL, 730), row("末。", 715), row(FULL, 700), row("下一段。", 670)) == [
        FULL + "末。",
        FULL,
        "下一段。",
    ]


def test_an_indent_opens_a_paragraph():
    assert paragraphs(row(FULL, 700), row("缩进。", 685, left=20)) == [FULL, "缩进。"]


def test_equal_indents_part_only_after_a_sentence():
    indented_end = "字" * (WIDTH - 3) + "。"
    rows = row(FULL, 715), row(indented_end, 700, left=20), row("下一段。", 685, left=20)
    assert paragraphs(*rows) == [FULL, indented_end, "下一段。"]
    going_on = "字" * (WIDTH - 2)
    rows = row(FULL, 715), row(going_on, 700, left=20), row("同一段。", 685, left=20)
    assert paragraphs(*rows) == [FULL, going_on + "同一段。"]


def test_a_number_opens_a_block_only_after_a_sentence():
    assert paragraphs(row(ENDED, 700), row("5.2 领导", 685)) == [ENDED, "5.2 领导"]
    assert paragraphs(row("字" * (WIDTH - 1) + "见", 700), row("5.2 的要求。", 685)) == [
        "字" * (WIDTH - 1) + "见5.2 的要求。"
    ]


def test_a_row_is_full_when_the_next_word_found_no_room():
    assert paragraphs(row(FULL, 715), row("字" * 14, 700), row("excellence", 685)) == [FULL + "字" * 14 + "excellence"]
    assert paragraphs(row(FULL, 715), row("字" * 14, 700), row("短 词", 685)) == [FULL + "字" * 14, "短 词"]


def test_a_closing_mark_takes_its_character_along():
    short = "字" * (WIDTH - 2)
    assert paragraphs(row(FULL, 715), row(short, 700), row("了，后面。", 685)) == [FULL + short + "了，后面。"]


def test_a_paragraph_runs_over_the_page():
    rows = [row(FULL, 100, page=1), row("续在次页。", 700, page=2)]
    assert paragraphs(*rows) == [FULL + "续在次页。"]


def test_entries_of_a_contents_list_are_never_joined():
    entry = "5.2 领导" + "." * 12 + "7"
    assert paragraphs(row(entry, 715), row("引言", 700), row(FULL, 685)) == [entry, "引言", FULL]


def test_running_heads_and_page_numbers_are_told_from_text():
    rows = []
    for page in (1, 2, 3):
        rows += [row("示例标准", 800, page=page), row(f"5.{page}.1 概述", 700, page=page)]
        rows += [row("甲乙丙丁"[page] * WIDTH, 685, page=page), row(f"第{page}段。", 670, page=page)]
        rows += [row(f"- {page + 4} -", 20, page=page)]
    roles = [line.role for line in lines_of(rows)]
    assert roles == [LineRole.RUNNING_HEAD, LineRole.TEXT, LineRole.TEXT, LineRole.PAGE_NUMBER] * 3


def test_a_running_head_may_hold_the_page_number_but_a_heading_is_none():
    rows = [row(f"示例标准第{page}页", 800, page=page) for page in (1, 2)]
    assert [line.role for line in lines_of(rows)] == [LineRole.RUNNING_HEAD] * 2
    rows = [row(f"5.{page}.1 概述", 800, page=page) for page in (1, 2)]
    assert {line.role for line in lines_of(rows)} == {LineRole.TEXT}


def test_a_chapter_number_at_the_edge_of_a_page_is_not_a_page_number():
    rows = [row(f"{page + 1}", 20, page=page) for page in (1, 2, 3)] + [row("5", 800, page=2)]
    assert [line.role for line in lines_of(rows)][-1] == LineRole.TEXT


def test_soft_hyphens_leave_no_trace(tmp_path):
    assert read(write_pdf("co\u00adoperation 合作", tmp_path / "soft.pdf")).lines[0].text == "cooperation 合作"
