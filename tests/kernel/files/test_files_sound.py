import io
import random
import zipfile

import docx
import pytest
import xlsxwriter

from kernel.files import specimens as made
from kernel.files.active import QUIET
from zhuoyue.kernel.files import KINDS, Limits, open_stored, verify

pytestmark = pytest.mark.django_db
NOISE = random.Random(4).randbytes(20_000)
KEPT = [
    ("报告.pdf", made.pdf(3), "pdf"),
    ("大写.PDF", made.pdf(), "pdf"),
    ("前有空行.pdf", b"\r\n" + made.pdf(), "pdf"),
    ("无扩展名", made.pdf(), "pdf"),
    ("申报书.docx", made.office("docx"), "docx"),
    ("指标.xlsx", made.office("xlsx"), "xlsx"),
    ("汇报.pptx", made.office("pptx"), "pptx"),
    ("带图.docx", made.office(more=[("word/media/a.emz", b"\x1f\x8b\x08" + NOISE)]), "docx"),
    ("嵌表.docx", made.office(more=[("word/embeddings/a.xlsx", made.office("xlsx"))]), "docx"),
    ("嵌大表.docx", made.office(more=[("a.xlsx", made.office("xlsx", more=[("b.bin", NOISE)]))]), "docx"),
    ("部件表UTF16.docx", made.office(types_part=made.types("docx", "utf-16")), "docx"),
    ("照片.jpg", made.jpg(), "jpg"),
    ("照片.jpeg", made.jpg(frame=0xC2, end=b"\xff\xd9 and a film"), "jpg"),
    ("图.png", made.png(), "png"),
    ("附件.zip", made.packed([("说明.txt", b"a"), ("照片/图.png", made.png()), ("报告.docx", made.office())]), "zip"),
    ("不压缩.zip", made.packed([("噪声.bin", NOISE)], zipfile.ZIP_STORED), "zip"),
    ("部件表无主件.zip", made.packed([(made.TYPES, b"<Types/>")]), "zip"),
    ("重复的文字.docx", made.office(more=[("b.xml", b" " * (6 * 1024 * 1024))]), "docx"),
    ("说明.txt", "质量管理\r\n\t第二行".encode(), "txt"),
    ("国标.txt", ("质量管理" * 40_000).encode("gb18030"), "txt"),
    ("指标.csv", "\ufeff年份,数值\n2021,3".encode(), "csv"),
    *QUIET,
]


@pytest.mark.parametrize(("name", "content", "kind"), KEPT, ids=[case[0] for case in KEPT])
def test_a_sound_file_is_kept_as_it_is(hand_in, name, content, kind):
    stored = hand_in(content, name)
    assert stored.kind == kind
    assert stored.content_type == KINDS[kind].content_type
    assert stored.size == len(content)
    with open_stored(stored) as handle:
        assert handle.read() == content
    assert verify(stored)


def test_a_name_without_extension_is_given_one(hand_in):
    assert hand_in(made.pdf(), "质量报告").name == "质量报告.pdf"


def test_what_common_writers_make_is_accepted(hand_in):
    document, book = io.BytesIO(), io.BytesIO()
    docx.Document().save(document)
    with xlsxwriter.Workbook(book) as made_book:
        made_book.add_worksheet("指标").write(0, 0, 1)
    assert hand_in(document.getvalue(), "a.docx").kind == "docx"
    assert hand_in(book.getvalue(), "a.xlsx").kind == "xlsx"


@pytest.mark.parametrize(
    ("kinds", "most", "words"),
    [(("pdf", "exe"), 1, "exe"), ((), 1, "none given"), (("pdf",), 0, "max_bytes")],
)
def test_limits_that_make_no_sense_are_an_error(kinds, most, words):
    with pytest.raises(ValueError, match=words):
        Limits(max_bytes=most, kinds=kinds)
