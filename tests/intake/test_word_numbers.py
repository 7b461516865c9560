"""Every number that Word computes comes out as Word prints it, after all changes are accepted."""

import pytest

from intake.word import NAMESPACES, codes, listed, p, part, run, texts, write_word
from zhuoyue.intake import outline, read
from zhuoyue.intake.docx_numerals import numeral


def level(depth, form="decimal", text=None, more=""):
    pattern = text or ".".join(f"%{index + 1}" for index in range(depth + 1))
    start = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    return f'<w:lvl w:ilvl="{depth}">{start}{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def numbering(*levels, more=""):
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return {
        "word/numbering.xml": part(
            "numbering", f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
        )
    }


PLAIN = numbering(level(0), level(1), level(2), level(3, "lowerLetter", "%4)"))
OUTLINE = [
    ("评价要求", 0),
    ("领导", 1),
    ("总则", 2),
    ("高层作用", 2),
    ("怎样确定方向；", 3),
    ("怎样沟通。", 3),
    ("战略", 1),
    ("战略制定", 2),
    ("怎样收集；", 3),
]
BODY = "".join(listed(*row) for row in OUTLINE)


def drafted(tmp_path, body, parts):
    return codes(read(write_word(tmp_path / "a.docx", p("示例准则") + body, parts)))


def test_a_chapter_in_chinese_with_legal_numbers_below(tmp_path):
    legal = "<w:isLgl/>"
    parts = numbering(
        level(0, "chineseCountingThousand", "第%1章"),
        level(1, more=legal),
        level(2, more=legal),
        level(3, "lowerLetter", "%4)"),
    )
    found = drafted(tmp_path, BODY, parts)
    assert found == ["第一章", "1.1", "1.1.1", "1.1.2", "1.1.2a", "1.1.2b", "1.2", "1.2.1", "1.2.1a"]


def test_a_typed_chapter_holds_its_clauses():
    text = "第一章 总则\n第二章　评价要求\n2.1 领导\n2.1.1 甲\na) 一\n2.2 战略\n2.2.1 乙\na) 二"
    from intake.conftest import document_of  # noqa: PLC0415

    assert codes(document_of(text))[:3] == ["第一章", "第二章", "2.1"]


DELETED = '<w:rPr><w:del w:id="9"/></w:rPr>'


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_deleted_paragraphs_have_no_number(tmp_path, mark):
    gone = (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr><w:rPr><w:{mark} w:id="9"/></w:rPr>'
        f'</w:pPr><w:{mark} w:id="8">{run("已删")}</w:{mark}></w:p>'
    )
    rows = [listed(*row) for row in OUTLINE]
    found = drafted(tmp_path, "".join([*rows[:3], gone, *rows[3:]]), PLAIN)
    assert found[3:6] == ["1.1.2", "1.1.2a", "1.1.2b"]


def test_a_deleted_mark_joins_two_paragraphs(tmp_path):
    first = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>{DELETED}</w:pPr>{run("前半")}</w:p>'
    assert texts(tmp_path, first + listed("后半", 1) + listed("次", 1), PLAIN) == ["1.1 前半后半", "1.2 次"]
    alone = f"<w:p><w:pPr>{DELETED}</w:pPr>{run('末')}</w:p>"
    empty = f"<w:p><w:pPr>{DELETED}</w:pPr><w:del>{run('无')}</w:del></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl>"
    assert texts(tmp_path, alone + table + empty) == ["末", "格"]


def test_deleted_rows_and_cells_are_gone(tmp_path):
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc><w:tcPr>{}</w:tcPr>{}</w:tc></w:tr>"
    table = (
        "<w:tbl>"
        + row.format("<w:trPr><w:del w:id='1'/></w:trPr>", p("删"), "", p("删"))
        + row.format("", p("甲"), "<w:cellDel w:id='2'/>", p("删"))
        + row.format("<w:trPr><w:ins w:id='3'/></w:trPr>", p("乙"), "", p("丙"))
        + "</w:tbl>"
    )
    assert texts(tmp_path, table) == ["甲", "乙", "丙"]


def test_old_properties_kept_by_a_change_do_not_count(tmp_path):
    change = '<w:pPrChange w:id="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    assert texts(tmp_path, p("甲", change) + listed("乙", 0), PLAIN) == ["甲", "1 乙"]


def test_strict_files_are_read_as_others(tmp_path):
    strict = {
        b"schemas.openxmlformats.org/wordprocessingml/2006/main": b"purl.oclc.org/ooxml/wordprocessingml/main",
        b"schemas.openxmlformats.org/officeDocument/2006/": b"purl.oclc.org/ooxml/officeDocument/",
    }
    import zipfile  # noqa: PLC0415

    path = write_word(tmp_path / "a.docx", p("示例准则") + BODY, PLAIN, [("rId1", "numbering", "numbering.xml")])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            for ours, theirs in strict.items():
                content = content.replace(ours, theirs)  # noqa: PLW2901
            archive.writestr(name, content)
    assert codes(read(path))[3:5] == ["1.1.2", "1.1.2a"]
    assert b"purl.oclc.org" in path.read_bytes()


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("decimalEnclosedCircle", 1, "①"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalEnclosedCircle", 50, "㊿"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("numberInDash", 5, "- 5 -"),
        ("ordinal", 2, "2nd"),
        ("ordinal", 11, "11th"),
        ("ordinal", 23, "23rd"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1000, "一千"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographLegalTraditional", 3, "參"),
        ("ideographDigital", 20, "二〇"),
        ("ideographTraditional", 10, "癸"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 1, "甲子"),
        ("ideographZodiacTraditional", 61, "61"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("upperLetter", 28, "BB"),
        ("none", 3, ""),
        ("bullet", 3, ""),
        ("unknownForm", 3, "3"),
        ("chineseCounting", 0, "0"),
    ],
)
def test_numerals(form, value, text):
    assert numeral(value, form) == text


def test_every_form_of_number_stays_within_bounds():
    from zhuoyue.intake.docx_numerals import _FORMS  # noqa: PLC0415

    for form in _FORMS:
        for value in range(1, 10_000):
            assert 0 < len(numeral(value, form)) <= 40


def test_circled_numbers_stay_circled(tmp_path):
    parts = numbering(level(0, "decimalEnclosedCircle", "%1"))
    assert texts(tmp_path, listed("甲", 0) + listed("乙", 0), parts) == ["① 甲", "② 乙"]


def test_a_custom_form_fills_up_with_zeros(tmp_path):
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    parts = numbering(f'<w:lvl w:ilvl="0">{form}<w:lvlText w:val="%1"/></w:lvl>')
    assert texts(tmp_path, listed("甲", 0), parts) == ["001 甲"]
    parts = numbering(f'<w:lvl w:ilvl="0">{form.replace("001, 002", "a, b")}<w:lvlText w:val="%1"/></w:lvl>')
    assert texts(tmp_path, listed("甲", 0), parts) == ["1 甲"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("", "2.1 丙"), ('<w:lvlRestart w:val="0"/>', "2.2 丙"), ('<w:lvlRestart w:val="1"/>', "2.1 丙")],
)
def test_a_level_may_go_on_counting(tmp_path, restart, expected):
    parts = numbering(level(0), level(1, more=restart))
    body = listed("甲", 0) + listed("乙", 1) + listed("次", 0) + listed("丙", 1)
    assert texts(tmp_path, body, parts)[-1] == expected


def test_a_level_may_start_anew_only_below_the_first(tmp_path):
    parts = numbering(level(0), level(1), level(2, text="%3", more='<w:lvlRestart w:val="1"/>'))
    body = "".join(listed("项", depth) for depth in (0, 1, 2, 1, 2, 0, 2))
    assert [row.split()[0] for row in texts(tmp_path, body, parts)] == ["1", "1.1", "1", "1.2", "2", "2", "1"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
    '<w:style w:type="numbering" w:styleId="List"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Body"/>'
)


def styled(text, style, more=""):
    return p(text, f'<w:pStyle w:val="{style}"/>{more}')


def test_levels_linked_to_styles(tmp_path):
    parts = numbering(level(0, more='<w:pStyle w:val="H1"/>'), level(1, more='<w:pStyle w:val="H2"/>'))
    parts["word/styles.xml"] = part("styles", STYLES)
    body = styled("甲", "H1") + styled("乙", "H2") + p("文") + styled("丙", "H2")
    assert texts(tmp_path, body, parts) == ["1 甲", "1.1 乙", "文", "1.2 丙"]


def test_a_paragraph_may_only_choose_the_depth(tmp_path):
    parts = numbering(level(0), level(1)) | {"word/styles.xml": part("styles", STYLES)}
    deeper = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    assert texts(tmp_path, styled("甲", "H1") + styled("乙", "H1", deeper), parts) == ["1 甲", "1.1 乙"]


def test_the_usual_style_may_number_every_paragraph(tmp_path):
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'  # noqa: E501
    assert texts(tmp_path, p("甲") + p("乙"), numbering(level(0)) | {"word/styles.xml": part("styles", style)}) == [
        "1 甲",
        "2 乙",
    ]


def test_a_list_may_be_defined_by_a_list_style(tmp_path):
    more = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="List"/></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="7"/></w:num>'
    )
    parts = numbering(level(0, "upperLetter", "%1."), more=more) | {"word/styles.xml": part("styles", STYLES)}
    assert texts(tmp_path, listed("甲", 0, 6) + listed("乙", 0, 5), parts) == ["A. 甲", "B. 乙"]


def test_numbers_go_on_through_tables_boxes_and_controls(tmp_path):
    table = f"<w:tbl><w:tr><w:tc>{listed('表中', 0)}</w:tc></w:tr></w:tbl>"
    control = f"<w:sdt><w:sdtContent>{listed('控件中', 0)}</w:sdtContent></w:sdt>"
    shape = f"<w:txbxContent>{listed('框中', 0)}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{shape}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = listed("甲", 0) + table + p(both) + control + listed("末", 0)
    assert texts(tmp_path, body, numbering(level(0))) == ["1 甲", "2 表中", "", "3 框中", "4 控件中", "5 末"]


def test_hidden_paragraphs_are_not_counted(tmp_path):
    number = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>'
    body = listed("甲", 0) + p(run("隐", "<w:vanish/>"), number) + listed("乙", 0)
    assert texts(tmp_path, body, numbering(level(0))) == ["1 甲", "", "隐", "2 乙"]


def test_numbers_that_are_no_numbers_do_not_stop_the_reading(tmp_path):
    parts = numbering('<w:lvl w:ilvl="x"><w:start w:val="y"/><w:lvlRestart w:val="z"/><w:lvlText w:val="%1"/></w:lvl>')
    assert texts(tmp_path, p("甲", '<w:numPr><w:ilvl w:val="q"/><w:numId w:val="1"/></w:numPr>'), parts) == ["1 甲"]


def test_the_main_part_is_the_one_that_the_file_names(tmp_path):
    path = write_word(
        tmp_path / "a.docx", p("正文"), {"word/document.xml": f"<w:document {NAMESPACES}/>"}, main="word/documentA.xml"
    )
    assert read(path).lines[0].text == "正文"


def test_an_outline_of_a_numbered_document_has_its_titles(tmp_path):
    draft = outline(read(write_word(tmp_path / "a.docx", BODY, PLAIN)))
    assert [node.title for node in draft.walk()][:4] == ["评价要求", "领导", "总则", "高层作用"]
