import io
import random
import resource
import struct
import time
import zipfile

import pytest
from django.utils.translation import override

from kernel.files import specimens as made
from kernel.files.active import ACTIVE
from zhuoyue.kernel.files import KINDS, FileRefusedError, Limits, StoredFile, receive
from zhuoyue.kernel.files.refusals import SENTENCES
from zhuoyue.kernel.files.storing import folder

pytestmark = pytest.mark.django_db
MEBIBYTE = 1024 * 1024
BLANK = b" " * (64 * MEBIBYTE)
GZIP = b"\x1f\x8b\x08" + b"\0" * 300
RAR = b"Rar!\x1a\x07\x00" + b"\0" * 300
SEVEN = b"7z\xbc\xaf\x27\x1c" + b"\0" * 300
TAR = b"\0" * 257 + b"ustar\x0000" + b"\0" * 300
EXE = b"MZ\x90\x00" + b"\0" * 300
NESTED_OFFICE = made.office("docx", more=[("word/embeddings/a.xlsx", made.office("xlsx"))])


def macro_part(encoding):
    return made.types("docx", encoding, '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>')


REFUSED = [
    ("empty", "空.pdf", b"", "empty"),
    ("too large", "大.pdf", b"%PDF-" + b"0" * (2 * MEBIBYTE), "too_large"),
    # lying and unknown
    ("program as pdf", "报告.pdf", EXE, "not_accepted"),
    ("program as docx", "报告.docx", EXE, "not_accepted"),
    ("rar", "附件.rar", RAR, "not_accepted"),
    ("rar as zip", "附件.zip", RAR, "not_accepted"),
    ("7z as zip", "附件.zip", SEVEN, "not_accepted"),
    ("gif as png", "图.png", b"GIF89a" + b"\0" * 50, "not_accepted"),
    ("html as pdf", "页.pdf", b"<html><script>alert(1)</script>", "broken"),
    ("html", "页.html", b"<html></html>", "unknown"),
    ("svg", "图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
    ("svg as png", "图.png", b"<svg/>", "broken"),
    ("nothing known", "数据.bin", b"\x00\x01\x02\x03", "unknown"),
    ("no extension, unknown", "数据", b"hello", "unknown"),
    ("pdf as docx", "报告.docx", made.pdf(), "lying"),
    ("docx as pdf", "报告.pdf", made.office(), "lying"),
    ("docx as zip", "报告.zip", made.office(), "lying"),
    ("zip as docx", "报告.docx", made.packed([("a.txt", b"a")]), "lying"),
    ("xlsx as docx", "报告.docx", made.office("xlsx"), "lying"),
    ("png as jpg", "图.jpg", made.png(), "lying"),
    ("double extension", "报告.pdf.exe", made.pdf(), "lying"),
    ("direction mark hides the extension", "报告\u202efdp.exe", made.pdf(), "lying"),
    ("binary as txt", "说明.txt", b"abc\x00def", "unknown"),
    ("undecodable as txt", "说明.txt", b"\xff\xfe\xff\xff", "unknown"),
    ("cut in a character", "说明.txt", "质量".encode()[:-1] + b"\xff", "unknown"),
    # PDF
    ("locked pdf", "报告.pdf", made.locked_pdf(), "encrypted"),
    ("cut pdf", "报告.pdf", made.pdf()[:-200], "broken"),
    ("pdf in name only", "报告.pdf", b"%PDF-1.7\n%%EOF", "broken"),
    ("pdf without pages", "报告.pdf", made.pdf(pages=0), "broken"),
    ("pdf of noise", "报告.pdf", b"%PDF-1.7\n" + random.Random(1).randbytes(5000) + b"%%EOF", "broken"),
    # office
    ("old doc", "报告.doc", made.old_office(), "old_office"),
    ("old doc as docx", "报告.docx", made.old_office(), "old_office"),
    ("locked docx", "报告.docx", made.old_office("EncryptedPackage"), "encrypted"),
    ("macro part", "报告.docx", made.office(more=[("word/vbaProject.bin", b"\0")]), "macros"),
    ("docm as docx", "报告.docx", made.office("docm"), "macros"),
    ("macro by type", "报告.docx", made.office(types_part=macro_part("utf-8")), "macros"),
    ("macro by type in UTF-16", "报告.docx", made.office(types_part=macro_part("utf-16")), "macros"),
    ("macro behind references", "报告.docx", made.office(types_part=b"<T>&#118;baProject</T>"), "macros"),
    ("entities in the part list", "报告.docx", made.office(types_part=b"<!DOCTYPE x [<!ENTITY a 'b'>]><T/>"), "broken"),
    ("two part lists", "报告.docx", made.office(more=[("[content_types].XML", b"<T/>")]), "broken"),
    ("macros inside a zip", "附件.zip", made.packed([("a.docx", made.office("docm"))]), "macros"),
    # archives
    ("no entries", "附件.zip", made.packed([]), "hollow"),
    ("only folders", "附件.zip", made.packed([("a/", b"")]), "hollow"),
    ("locked zip", "附件.zip", made.with_flag(made.packed([("a", b"a")]), 1), "encrypted"),
    ("climbing path", "附件.zip", made.packed([("../../etc/passwd", b"x")]), "unsafe_path"),
    ("climbing path of windows", "附件.zip", made.packed([("a\\..\\..\\b", b"x")]), "unsafe_path"),
    ("absolute path", "附件.zip", made.packed([("/etc/passwd", b"x")]), "unsafe_path"),
    ("drive path", "附件.zip", made.packed([("C:/windows/x", b"x")]), "unsafe_path"),
    ("climbing path in docx", "报告.docx", made.office(more=[("../x", b"x")]), "unsafe_path"),
    ("symbolic link", "附件.zip", made.link_in(), "unsafe_path"),
    ("zip in zip", "附件.zip", made.packed([("a.zip", made.packed([("b", b"b")]))]), "nested"),
    ("zip in zip under another name", "附件.zip", made.packed([("a.txt", made.packed([("b", b"b")]))]), "nested"),
    ("rar in zip", "附件.zip", made.packed([("a.rar", RAR)]), "nested"),
    ("gz in zip", "附件.zip", made.packed([("a.gz", GZIP)]), "nested"),
    ("7z in zip", "附件.zip", made.packed([("a.7z", SEVEN)]), "nested"),
    ("tar in zip", "附件.zip", made.packed([("a.tar", TAR)]), "nested"),
    ("zip in docx", "报告.docx", made.office(more=[("a.zip", made.packed([("b", b"b")]))]), "nested"),
    ("four deep", "附件.zip", made.packed([("a.docx", made.office(more=[("b", NESTED_OFFICE)]))]), "nested"),
    ("bzip2 inside", "附件.zip", made.packed([("a", b"a")], zipfile.ZIP_BZIP2), "packing"),
    ("lzma inside", "附件.zip", made.packed([("a", b"a")], zipfile.ZIP_LZMA), "packing"),
    ("cut zip", "附件.zip", made.packed([("a", b"a" * 100)])[:-30], "broken"),
    ("wrong checksum", "附件.zip", made.packed([("a", b"abc")], 0).replace(b"abc", b"abx"), "broken"),
    ("zip in name only", "附件.zip", b"PK\x03\x04", "broken"),
    ("contents past the end", "附件.zip", b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, 46, 0, 0), "broken"),
    ("plain bomb", "附件.zip", made.packed([("a.txt", b"\0" * (64 * MEBIBYTE))]), "unpacks_too_large"),
    ("bomb as docx", "报告.docx", made.office(more=[("b.xml", BLANK)]), "unpacks_too_large"),
    ("bomb two deep", "附件.zip", made.packed([("a.docx", made.office(more=[("b.xml", BLANK)]))]), "unpacks_too_large"),
    ("bomb in the part list", "报告.docx", made.office(types_part=b" " * (64 * MEBIBYTE)), "unpacks_too_large"),
    ("overlapping bomb", "附件.zip", made.overlapping_bomb(), "unpacks_too_large"),
    ("bomb that lies about its size", "附件.zip", made.lying_size_bomb(), "broken"),
    ("too many entries", "附件.zip", made.packed([(str(n), b"") for n in range(2001)]), "too_many_entries"),
    # images
    ("cut png", "图.png", made.png()[:-12], "broken"),
    ("png in name only", "图.png", b"\x89PNG\r\n\x1a\n", "broken"),
    ("png without header", "图.png", made.png().replace(b"IHDR", b"XHDR"), "broken"),
    ("png without width", "图.png", made.png(width=0), "broken"),
    ("png of many pixels", "图.png", made.png(60000, 60000), "too_many_pixels"),
    ("jpg without end", "图.jpg", made.jpg(end=b""), "broken"),
    ("jpg without frame", "图.jpg", made.jpg(frame=0xC4), "broken"),
    ("jpg of noise", "图.jpg", b"\xff\xd8\xff\xe0\x00\x04ab" + b"\x00" * 20, "broken"),
    ("jpg cut early", "图.jpg", b"\xff\xd8\xff\xe0\x00\x04ab", "broken"),
    ("jpg of many pixels", "图.jpg", made.jpg(60000, 60000), "too_many_pixels"),
    *ACTIVE,
    ("end mark in the middle", "说明.txt", b"a\x1ab", "unknown"),
    ("more behind the end mark", "说明.txt", b"a\x1a" + b"b" * 70_000, "unknown"),
    ("text behind many end marks", "说明.txt", b"a" * 65_535 + b"\x1a" + b"b", "unknown"),
]


@pytest.mark.parametrize(("name", "content", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_hostile_file_is_refused_in_words_and_leaves_nothing(hand_in, name, content, code):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    with pytest.raises(FileRefusedError) as refused:
        hand_in(content, name)
    assert refused.value.code == code
    assert refused.value.params["name"] in str(refused.value)
    assert str(refused.value).endswith("。")
    assert "%(" not in str(refused.value)
    assert [place for place in folder().rglob("*") if place.is_file()] == []
    assert not StoredFile.objects.exists()
    assert time.process_time() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_every_reason_is_met_by_a_hostile_file():
    assert {case[3] for case in REFUSED} == set(SENTENCES)


def test_a_kind_that_is_not_asked_for_is_refused_with_what_is(hand_in):
    with pytest.raises(FileRefusedError) as refused:
        hand_in(made.png(), "图.png", limits=Limits(max_bytes=MEBIBYTE, kinds=("pdf", "docx")))
    assert str(refused.value) == "“图.png”是PNG图片，这里只接收：PDF、Word文档（.docx）。请转换格式后重新上传。"


def test_the_bound_on_what_unpacks_comes_from_the_limits(hand_in):
    content = made.packed([("a.txt", random.Random(2).randbytes(300_000))])
    with pytest.raises(FileRefusedError, match="解压后过大"):
        hand_in(content, "附件.zip", limits=Limits(max_bytes=MEBIBYTE, kinds=("zip",), max_unpacked=200_000))


def test_a_long_list_of_contents_is_refused_before_it_is_read(hand_in):
    content = made.packed([("n" * 200 + str(n), b"") for n in range(200)])
    with pytest.raises(FileRefusedError) as refused:
        hand_in(content, "附件.zip", limits=Limits(max_bytes=MEBIBYTE, kinds=("zip",), max_entries=40))
    assert refused.value.code == "too_many_entries"


def test_noise_after_a_sound_beginning_never_breaks_the_reader(hand_in):
    """Every byte of a sound file is disturbed in turn, by a fixed seed: kept or refused, never another error."""
    chance = random.Random(3)
    sound = [("报告.docx", made.office()), ("图.jpg", made.jpg()), ("图.png", made.png()), ("报告.pdf", made.pdf())]
    outcomes = {"kept": 0, "refused": 0}
    for name, content in sound:
        for _ in range(40):
            body = bytearray(content)
            for _ in range(chance.randint(1, 4)):
                body[chance.randrange(len(body))] = chance.randrange(256)
            try:
                hand_in(bytes(body), name)
                outcomes["kept"] += 1
            except FileRefusedError:
                outcomes["refused"] += 1
    assert min(outcomes.values()) > 20


def test_an_upload_that_ends_in_an_error_leaves_nothing(hand_in):
    class Torn(io.BytesIO):
        name = "报告.pdf"

        def chunks(self):
            yield b"%PDF-"
            raise OSError("the line is cut")

    with pytest.raises(OSError, match="cut"):
        receive(Torn(), limits=Limits(max_bytes=MEBIBYTE, kinds=tuple(KINDS)), by=None)
    assert [place for place in folder().rglob("*") if place.is_file()] == []


def test_the_words_follow_the_language_of_the_page(hand_in, english):
    with pytest.raises(FileRefusedError) as refused:
        hand_in(b"", "empty.pdf")
    with override("en"):
        assert str(refused.value) == "“empty.pdf” is empty (0 bytes). Please check the original and upload it again."


def test_what_is_said_of_a_file_does_not_depend_on_the_one_before(hand_in):
    for content, code in ((made.locked_pdf(), "encrypted"), (made.pdf(pages=0), "broken")) * 2:
        with pytest.raises(FileRefusedError) as refused:
            hand_in(content, "报告.pdf")
        assert refused.value.code == code
