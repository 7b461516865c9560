import pytest

from intake.conftest import SMALL_COUNTS, SMALL_STANDARD
from zhuoyue.intake import IntakeError, Limits, counts, outline, read


def refusal(path, **options):
    with pytest.raises(IntakeError) as refused:
        read(path, **options)
    assert refused.value.sentence()
    assert refused.value.remedy()
    assert refused.value.sentence("en") != refused.value.sentence()
    assert refused.value.remedy("en") != refused.value.remedy()
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_in_use_are_recognised(tmp_path, encoding):
    path = tmp_path / "standard.txt"
    path.write_bytes(SMALL_STANDARD.encode(encoding))
    document = read(path)
    assert "\n".join(line.text for line in document.lines) + "\n" == SMALL_STANDARD
    assert counts(outline(document)) == SMALL_COUNTS
    assert document.encoding


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_an_editor_shows(tmp_path, end):
    path = tmp_path / "a.txt"
    path.write_bytes(end.join(["一", "", "三\x0c三"]).encode())
    assert [(line.number, line.text) for line in read(path).lines] == [(1, "一"), (2, ""), (3, "三\x0c三")]


def test_other_encodings_are_refused_rather_than_misread(tmp_path):
    path = tmp_path / "big5.txt"
    path.write_bytes(("評價準則與組織環境" * 50).encode("big5"))
    assert refusal(path).code == "unknown_encoding"
    path.write_bytes(b"r\xe9sum\xe9 \xff\xff")
    assert refusal(path).code == "unknown_encoding"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("binary.txt", bytes(range(256)), "wrong_type"),
        ("control.txt", b"text with \x01 in it", "wrong_type"),
        ("photo.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 64, "wrong_type"),
        ("photo.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 64, "wrong_type"),
        ("text.pdf", "评价要求".encode(), "wrong_type"),
        ("text.docx", "评价要求".encode(), "wrong_type"),
        ("paper.docx", b"%PDF-1.7 ...", "wrong_type"),
        ("archive.docx", b"PK\x03\x04 nothing of Word", "wrong_type"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "old_word"),
        (
            "locked.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        ("sheet.xlsx", b"PK\x03\x04", "unsupported_type"),
        ("no-extension", b"text", "unsupported_type"),
    ],
)
def test_wrong_files_are_refused_by_what_they_hold(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path).code == code


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refusal(tmp_path / "none.txt").code == "missing"
    (tmp_path / "folder.txt").mkdir()
    assert refusal(tmp_path / "folder.txt").code == "missing"


def test_the_senders_name_is_used_for_a_temporary_file(tmp_path):
    path = tmp_path / "upload-1234"
    path.write_text("一", encoding="utf-8")
    assert read(path, name="标准.TXT").name == "标准.TXT"
    assert refusal(path, name="标准.xls").params == {"name": "标准.xls", "suffix": ".xls"}


@pytest.mark.parametrize(
    ("limits", "what"),
    [(Limits(file_bytes=5), "文件字节数"), (Limits(characters=5), "字数"), (Limits(lines=1), "行数")],
)
def test_limits_are_named(tmp_path, limits, what):
    path = tmp_path / "a.txt"
    path.write_text("一二三\n四五六\n", encoding="utf-8")
    error = refusal(path, limits=limits)
    assert (error.code, error.params["what"]) == ("too_large", what)
