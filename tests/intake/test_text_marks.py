"""What cannot be seen, or only lays out a heading, never changes how a text is understood."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.conftest import document_of
from intake.word import STANDARD, codes
from zhuoyue.intake import IntakeError, counts, outline, read
from zhuoyue.intake.invisible import without_invisible
from zhuoyue.intake.markers import clause_head, closed_up

PLAIN = codes(document_of("\n".join(STANDARD)))
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202c\u202d\u2066\u2069\u00ad\u034f\u180e\u3164\ufe0f\U000e0001"
)


def written(tmp_path, text, name="a.txt", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


@pytest.mark.parametrize("mark", UNSEEN, ids=lambda mark: f"U+{ord(mark):04X}")
def test_marks_that_cannot_be_seen_change_no_number(tmp_path, mark):
    text = "\n".join(mark + row[:2] + mark + row[2:] for row in STANDARD)
    assert codes(read(written(tmp_path, text))) == PLAIN


def test_joiners_and_variants_that_shape_letters_are_kept():
    for shaped in ("葛\U000e0100城", "买\ufe00", "ك\u200dك", "👩\u200d🔬", "☎\ufe0f"):
        assert without_invisible(shaped) == shaped
    assert without_invisible("5\ufe0f.2\u200d 领\u200b导") == "5.2 领导"


SIGNS = ("BM", "MZ", "ID3", "GIF8", "GIF89a", "%PDF-1.7 ", "PK", "Rar!", "BZh", "II*", "OggS", "RIFF", "FLV", "CWS",
         "fLaC", "!<arch>", "SQLite format 3", "wOFF", "#!AMR", "-----BEGIN", "%!PS")  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_may_begin_with_any_word(tmp_path, sign, encoding):
    path = written(tmp_path, f"{sign}卓越评价准则\n" + "\n".join(STANDARD), encoding=encoding)
    assert read(path).lines[0].text == f"{sign}卓越评价准则"
    assert codes(read(path)) == PLAIN


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.txt", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(40), "图片"),
        ("a.txt", b"PK\x03\x04" + bytes(30) + b"word/document.xml", "Word 文档（.docx）"),
        ("a.txt", b"{\\rtf1\\ansi text}", "RTF 文档"),
        (
            "a.docx",
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text",
            "OpenDocument 文档（.odt）",
        ),
        ("a.docx", b"BM text", "文本文件"),
        ("a.pdf", b"\x1f\x8b\x08" + bytes(40), "application/gzip"),
        ("a.txt", b"ID3\x03\x00" + bytes(200), "音频"),
        ("a.pdf", b"\x00\x01\x02\x03" * 20, "二进制数据"),
    ],
)
def test_what_a_file_is_instead(tmp_path, name, content, found):
    with pytest.raises(IntakeError) as refused:
        read(written(tmp_path, content, name))
    assert (refused.value.code, refused.value.params["found"]) == ("wrong_type", found)
    english = refused.value.sentence("en")
    assert not any("\u4e00" <= character <= "\u9fff" for character in english)


@pytest.mark.parametrize("end", ["\x1a", "\x1a\r\n", "\n\x1a", "\x1a\x1a\x1a"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_an_end_mark_is_read_over(tmp_path, end, encoding):
    path = written(tmp_path, "\n".join(STANDARD) + end, encoding=encoding)
    assert codes(read(path)) == PLAIN
    assert "\x1a" not in "".join(line.text for line in read(path).lines)


def test_a_block_filled_up_after_the_end_mark(tmp_path):
    assert codes(read(written(tmp_path, ("\n".join(STANDARD) + "\x1a").encode() + bytes(77)))) == PLAIN
    with pytest.raises(IntakeError, match="没有任何文字"):
        read(written(tmp_path, b"\x1a" + bytes(9)))


def test_marks_of_word_processors_in_saved_text(tmp_path):
    lines = read(written(tmp_path, "甲\x07\x0b乙\x1e丙\x1f丁")).lines
    assert [line.text for line in lines] == ["甲", "乙-丙丁"]


@pytest.mark.parametrize("stop", list("。｡．·•"))
def test_other_stops_between_numbers(stop):
    rows = [row.replace("5.2.2", f"5{stop}2{stop}2") for row in STANDARD]
    assert codes(document_of("\n".join(rows))) == PLAIN
    assert clause_head(f"5{stop} 范围").code == (5,) or stop in "·•｡"


@pytest.mark.parametrize(
    ("spread", "closed"),
    [
        ("术 语 和 定 义", "术语和定义"),
        ("高　层　作　用 （ 40 分 ）", "高层作用（40分）"),
        ("顾 客 customer care", "顾客 customer care"),
        ("质量 管理", "质量 管理"),
        ("范", "范"),
        ("AI 赋能 与 治理", "AI 赋能 与 治理"),
        ("", ""),
    ],
)
def test_letters_set_apart_are_closed_up(spread, closed):
    assert closed_up(spread) == closed


def test_spread_headings_have_their_part():
    rows = ["3 术 语 和 定 义", "3.1 顾 客 customer", "接受的人。", *STANDARD[1:]]
    rows[rows.index("5.2.2 高层作用")] = "5.2.2 高 层 作 用（40 分）"
    rows[rows.index("a) 怎样确定方向；")] = "a) 方 向：怎样确定；"
    draft = outline(document_of("\n".join(rows)))
    nodes = {node.code: node for node in draft.walk()}
    assert counts(draft)["terms"] == 1
    assert (nodes["3.1"].title, nodes["3.1"].english) == ("顾客", "customer")
    assert (nodes["5.2.2"].title, nodes["5.2.2"].points) == ("高层作用", 40)
    assert nodes["5.2.2a"].title == "方向"


@given(
    st.lists(
        st.sampled_from(
            [*STANDARD, "注：甲", "c) 丙", "附件：表", "9.9 远", "目 次", "表 1 分值", " ", "5.2 领导 110"]
        ),
        max_size=30,
    ),
    st.text(alphabet="甲5.a)（ 分\u200b\x1a", max_size=20),
)
def test_every_visible_character_of_a_text_has_its_place(rows, more):
    text = "\n".join([*STANDARD, *rows, more])
    draft = outline(document_of(without_invisible(text)))
    listed = [number for node in draft.walk() for number in node.lines]
    listed += [number for number, _reason in (*draft.unplaced, *draft.furniture)]
    assert Counter(listed) == Counter(line.number for line in draft.document.lines)
    kept = Counter("".join("".join(line.text.split()) for line in draft.document.lines))
    assert kept == Counter("".join(without_invisible(text).split()))
