import io
import struct
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from intake.conftest import write_docx
from zhuoyue.intake import IntakeError, Limits, read


def refused_code(path, **options):
    with pytest.raises(IntakeError) as refused:
        read(path, **options)
    return refused.value.code


def write_parts(path, parts, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def rewritten(path, changes):
    """The same document with some parts replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return write_parts(path, parts | changes)


def test_paragraphs_keep_their_place_and_breaks_make_lines(tmp_path):
    document = docx.Document()
    document.add_paragraph("第一段").add_run().add_break()
    document.paragraphs[0].add_run("仍是第一段\t有制表符")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "5.2"
    table.cell(0, 1).text = "领导"
    document.save(tmp_path / "a.docx")
    read_back = read(tmp_path / "a.docx")
    assert [(line.number, line.paragraph, line.text) for line in read_back.lines] == [
        (1, 1, "第一段"),
        (2, 1, "仍是第一段\t有制表符"),
        (3, 2, ""),
        (4, 3, "5.2"),
        (5, 4, "领导"),
    ]


def test_the_text_may_stand_in_a_second_document_part(tmp_path):
    path = write_docx("在线编辑的文字", tmp_path / "a.docx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    if "word/_rels/document.xml.rels" in parts:
        parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    parts = {
        name: content.replace(b"word/document.xml", b"word/document2.xml")
        if name.endswith((".rels", "].xml"))
        else content
        for name, content in parts.items()
    }
    assert read(write_parts(path, parts)).lines[0].text == "在线编辑的文字"


def test_a_zip_bomb_is_stopped_while_it_unpacks(tmp_path):
    path = rewritten(write_docx("字", tmp_path / "a.docx"), {"word/bomb.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    assert path.stat().st_size < 100_000
    assert refused_code(path, limits=Limits(unpacked_bytes=1_000_000)) == "bomb"


def test_a_size_that_lies_is_not_believed(tmp_path):
    path = rewritten(write_docx("字", tmp_path / "a.docx"), {"word/bomb.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    data = path.read_bytes().replace(struct.pack("<L", 3_000_007), struct.pack("<L", 7))
    path.write_bytes(data)
    assert refused_code(path, limits=Limits(unpacked_bytes=1_000_000)) in {"bomb", "damaged"}


def test_parts_that_are_not_text_are_not_unpacked(tmp_path):
    path = rewritten(write_docx("字", tmp_path / "a.docx"), {"word/media/image1.png": b"\x00" * 3_000_000})
    assert read(path, limits=Limits(unpacked_bytes=1_000_000)).lines[0].text == "字"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "unsafe"),
        ({"word/styles.xml": b"<a>" * 200 + b"</a>" * 200}, "unsafe"),
        ({"word/styles.xml": b"<a><b></a>"}, "damaged"),
        ({"word/document.xml": b"<a/>"}, "damaged"),
        ({"_rels/.rels": b"<a/>", "word/document.xml": b"<w:document/>"}, "damaged"),
    ],
)
def test_hostile_or_broken_parts_are_refused(tmp_path, changes, code):
    assert refused_code(rewritten(write_docx("字", tmp_path / "a.docx"), changes)) == code


def test_a_zip_that_is_no_word_document(tmp_path):
    assert refused_code(write_parts(tmp_path / "a.docx", {"word/other.xml": b"<a/>"})) == "wrong_type"


def test_a_cut_off_archive_is_damaged(tmp_path):
    path = write_docx("字" * 1000, tmp_path / "a.docx")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refused_code(path) == "damaged"


def test_a_damaged_part_is_damaged(tmp_path):
    path = write_docx("字" * 1000, tmp_path / "a.docx")
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    whole = bytearray(path.read_bytes())
    whole[start : start + 40] = b"\xff" * 40
    path.write_bytes(bytes(whole))
    assert refused_code(path) == "damaged"


def test_an_encrypted_archive_is_named_so(tmp_path):
    path = write_docx("字", tmp_path / "a.docx")
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(bytes(data))
    assert refused_code(path) == "encrypted"


@pytest.mark.parametrize(
    "limits", [Limits(archive_parts=3), Limits(characters=3), Limits(lines=2)], ids=["parts", "characters", "lines"]
)
def test_limits(tmp_path, limits):
    path = write_docx("一\n二\n三\n四", tmp_path / "a.docx")
    assert refused_code(path, limits=limits) == "too_large"


NUMBERING = """
<w:numbering {ns}>
  <w:abstractNum w:abstractNumId="90">
    <w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
    <w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/><w:suff w:val="nothing"/></w:lvl>
    <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="91">
    <w:lvl w:ilvl="0"><w:numFmt w:val="{format}"/><w:lvlText w:val="%1."/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="90"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="91"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="90"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>
    <w:lvlOverride w:ilvl="1">
      <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1-%2"/></w:lvl>
    </w:lvlOverride>
    <w:lvlOverride w:ilvl="8"><w:startOverride w:val="2"/></w:lvlOverride>
  </w:num>
</w:numbering>
"""


def numbered(tmp_path, rows, *, number_format="decimal", styles=""):
    """A document whose paragraphs are (number id, level, text), or (style, None, text)."""
    document = docx.Document()
    for number, level, text in rows:
        paragraph = document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        if level is None:
            properties.append(parse_xml(f'<w:pStyle {nsdecls("w")} w:val="{number}"/>'))
        else:
            ilvl = f'<w:ilvl w:val="{level}"/>' if level else ""
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}>{ilvl}<w:numId w:val="{number}"/></w:numPr>'))
    document.add_paragraph("无编号")
    path = tmp_path / "numbered.docx"
    document.save(path)
    part = NUMBERING.format(ns=nsdecls("w"), format=number_format)
    changes = {"word/numbering.xml": part.encode()}
    if styles:
        changes["word/styles.xml"] = f"<w:styles {nsdecls('w')}>{styles}</w:styles>".encode()
    return [line.text for line in read(rewritten(path, changes)).lines]


def test_computed_list_numbers_become_text(tmp_path):
    rows = [
        (1, 0, "评价要求"),
        (1, 1, "环境"),
        (1, 2, "概况"),
        (1, 2, "竞争"),
        (1, 3, "点"),
        (1, 1, "领导"),
        (1, 2, "方向"),
    ]
    assert numbered(tmp_path, rows) == [
        "4 评价要求",
        "4.1 环境",
        "a)概况",
        "b)竞争",
        "点",
        "4.2 领导",
        "a)方向",
        "无编号",
    ]


def test_a_list_may_start_anew_and_be_redefined(tmp_path):
    assert numbered(tmp_path, [(1, 0, "甲"), (3, 0, "乙"), (3, 1, "丙"), (1, 0, "丁")])[:4] == [
        "4 甲",
        "7 乙",
        "7-1 丙",
        "5 丁",
    ]


def test_a_level_below_an_unused_one_counts_from_its_start(tmp_path):
    assert numbered(tmp_path, [(1, 1, "甲")])[0] == "4.1 甲"


def test_styles_carry_numbers_and_number_zero_switches_them_off(tmp_path):
    mark = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Base">{mark}</w:style>'
        '<w:style w:type="paragraph" w:styleId="Derived"><w:basedOn w:val="Base"/><w:pPr/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    rows = [("Base", None, "甲"), ("Derived", None, "乙"), ("Loop", None, "丙"), (0, 0, "丁"), (1, 7, "戊")]
    assert numbered(tmp_path, rows, styles=styles)[:5] == ["4.1 甲", "4.2 乙", "丙", "丁", "戊"]


@pytest.mark.parametrize(
    ("number_format", "second", "last"),
    [
        ("upperLetter", "B.", "AA."),
        ("lowerRoman", "ii.", "xxvii."),
        ("upperRoman", "II.", "XXVII."),
        ("chineseCounting", "二.", "二十七."),
        ("decimal", "2.", "27."),
    ],
)
def test_forms_of_numbers(tmp_path, number_format, second, last):
    found = numbered(tmp_path, [(2, 0, "项")] * 27, number_format=number_format)
    assert (found[1].split()[0], found[26].split()[0]) == (second, last)


def test_chinese_numbers_beyond_ninety_nine_stay_digits(tmp_path):
    found = numbered(tmp_path, [(2, 0, "项")] * 100, number_format="chineseCounting")
    assert [found[index].split()[0] for index in (9, 10, 19, 98, 99)] == ["十.", "十一.", "二十.", "九十九.", "100."]


def test_a_numbering_part_without_styles(tmp_path):
    path = write_docx("字", tmp_path / "a.docx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "word/styles.xml"}
    numbering = NUMBERING.format(ns=nsdecls("w"), format="decimal").encode()
    assert read(write_parts(path, parts | {"word/numbering.xml": numbering})).lines[0].text == "字"


def test_no_numbering_part_leaves_the_text(tmp_path):
    path = write_docx("字", tmp_path / "a.docx")
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "word/numbering.xml"}
    assert read(write_parts(path, parts)).lines[0].text == "字"


def test_absurd_numbers_are_written_short(tmp_path):
    path = write_docx("字", tmp_path / "a.docx")
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="{text}"/></w:lvl>'
    )
    for start, text in (("999999999", "%1"), ("1", "%1" + "x" * 10_000)):
        document = docx.Document()
        paragraph = document.add_paragraph("字")
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
        document.save(path)
        part = (
            f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="1">{level.format(start=start, text=text)}'
            '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
        )
        assert len(read(rewritten(path, {"word/numbering.xml": part.encode()})).lines[0].text) < 60
