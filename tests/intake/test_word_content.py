"""Whatever a reader sees in Word is in the text, or is a line of its own that says what was not read."""

import pytest

from intake.word import STANDARD, lines_of, p, part, roles, run, texts, write_word
from zhuoyue.intake import Furniture, outline, read
from zhuoyue.intake.draft import Unplaced


def field(instruction, result=None):
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f'<w:fldSimple w:instr=" SEQ a ">{run("5.2.2")}</w:fldSimple>{run(" 高层作用")}', "5.2.2 高层作用"),
        (field(" REF _a ", "5.2.2") + run(" 高层"), "5.2.2 高层"),
        (field(" IF 1 " + "", "甲") + field(' XE "索引" '), "甲"),
        (field(r" eq \o\ac(○,3)") + run("检查"), "③检查"),
        (field(r" EQ \o\ac(○,甲)") + run("检查"), "(甲)检查"),
        (field(" MACROBUTTON AcceptAll 点这里"), "点这里"),
        (field(' QUOTE "引文" '), "引文"),
        (f'<w:bdo w:val="rtl">{run("双向")}</w:bdo>', "双向"),
        (f'<w:dir w:val="rtl">{run("双向")}</w:dir>', "双向"),
        (f'<w:hyperlink r:id="x">{run("链接")}</w:hyperlink>', "链接"),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:smartTag><w:customXml>{run('标记')}</w:customXml></w:smartTag>", "标记"),
        (f'<w:ins w:id="1">{run("插入")}</w:ins>{run("后")}', "插入后"),
        (f'<w:moveTo w:id="1">{run("移来")}</w:moveTo><w:moveFrom w:id="2">{run("移走")}</w:moveFrom>', "移来"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/><w:tab/><w:t>丙</w:t></w:r>", "甲-乙\t丙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "✓≥"),
        ('<w:r><w:sym w:font="Odd" w:char="F0FC"/></w:r>', "〔Odd F0FC〕"),
        ('<w:r><w:sym w:font="Odd" w:char="263A"/><w:sym w:char="no"/></w:r>', "☺"),
        (f"<w:new>{run('将来的元素')}</w:new>", "将来的元素"),
    ],
)
def test_what_prints_is_in_the_text(tmp_path, content, text):
    assert texts(tmp_path, p(content)) == [text]


def test_a_field_may_run_over_paragraphs(tmp_path):
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("目录一")}'
    end = f'{run("目录二")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("后")}'
    assert texts(tmp_path, p(begin + separate) + p(end)) == ["目录一", "目录二后"]


def test_form_fields_show_their_choice(tmp_path):
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{}</w:checkBox></w:ffData></w:fldChar></w:r>'
    drop = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/>'
        '<w:listEntry w:val="乙"/></w:ddList></w:ffData></w:fldChar></w:r>'
    )
    end = '<w:r><w:instrText> {} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    content = (
        box.format("<w:checked/>")
        + end.format("FORMCHECKBOX")
        + box.format('<w:default w:val="0"/>')
        + end.format("FORMCHECKBOX")
        + drop
        + end.format("FORMDROPDOWN")
    )
    assert texts(tmp_path, p(content)) == ["☒☐乙"]


def test_a_field_without_a_result_is_listed(tmp_path):
    assert roles(tmp_path, p(run("前") + field(" DOCPROPERTY Number "))) == [("field", "DOCPROPERTY Number")]


def m(name, **parts):
    return f"<m:{name}>{''.join(f'<m:{key}>{value}</m:{key}>' for key, value in parts.items())}</m:{name}>"


def t(text):
    return f"<m:r><m:rPr/><m:t>{text}</m:t></m:r>"


limits = f"<m:sub>{t('i=1')}</m:sub><m:sup>{t('n')}</m:sup>"


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        (t("A×B/100"), "A×B/100"),
        (m("f", num=t("a+b"), den=t("2")), "(a+b)/2"),
        (m("rad", deg="", e=t("x+1")), "√(x+1)"),
        (m("rad", deg=t("3"), e=t("x")), "^3√x"),
        (m("sSup", e=t("x"), sup=t("2")), "x^2"),
        (m("sSub", e=t("x"), sub=t("i+1")), "x_(i+1)"),
        (m("sSubSup", e=t("x"), sub=t("i"), sup=t("2")), "x_i^2"),
        (m("sPre", sub=t("a"), sup=t("b"), e=t("x")), "_a^bx"),
        (f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{limits}<m:e>{t("w")}</m:e></m:nary>', "∑_(i=1)^n w"),
        (m("d", e=t("a")), "(a)"),
        (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{t("a")}</m:e><m:e>{t("b")}</m:e></m:d>',
         "[a|b]"),
        (f"<m:m><m:mr><m:e>{t('a')}</m:e><m:e>{t('b')}</m:e></m:mr><m:mr><m:e>{t('c')}</m:e></m:mr></m:m>", "a, b; c"),
        (f"<m:eqArr><m:e>{t('a')}</m:e><m:e>{t('b')}</m:e></m:eqArr>", "a; b"),
        (m("limLow", e=t("lim"), lim=t("n")), "lim_n"),
        (m("limUpp", e=t("x"), lim=t("n")), "x^n"),
        (f'<m:acc><m:accPr><m:chr m:val="̅"/></m:accPr><m:e>{t("x")}</m:e></m:acc>', "x̅"),
        (m("func", fName=t("log"), e=t("x")), "logx"),
    ],
)  # fmt: skip
def test_equations_are_text(tmp_path, equation, text):
    assert texts(tmp_path, p(f"{run('得')}<m:oMath>{equation}</m:oMath>{run('。')}")) == [f"得{text}。"]


def test_an_equation_on_a_line_of_its_own(tmp_path):
    body = p(f"<m:oMathPara><m:oMath>{t('a=b')}</m:oMath></m:oMathPara>")
    assert texts(tmp_path, body + f"<m:oMathPara><m:oMath>{t('c')}</m:oMath></m:oMathPara>") == ["a=b", "c"]


NOTE = '<w:{kind} w:id="{id}">{content}</w:{kind}>'


def test_notes_stand_below_the_paragraph_that_refers_to_them(tmp_path):
    body = p(f'{run("高层")}<w:r><w:footnoteReference w:id="2"/></w:r>') + p(
        f'{run("战略")}<w:r><w:footnoteReference w:id="3"/><w:endnoteReference w:id="7"/></w:r>'
    )
    separator = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    parts = {
        "word/notes1.xml": part(
            "footnotes",
            separator
            + NOTE.format(kind="footnote", id=2, content=p(f"<w:r><w:footnoteRef/></w:r>{run('最高管理者。')}"))
            + NOTE.format(kind="footnote", id=3, content=p("两段之一。") + p("之二。")),
        ),
        "word/endnotes.xml": part("endnotes", NOTE.format(kind="endnote", id=7, content=p("出处。"))),
    }
    links = [("rId5", "footnotes", "notes1.xml")]
    assert texts(tmp_path, body, parts, links) == [
        "高层",
        "脚注1：最高管理者。",
        "战略",
        "脚注2：两段之一。",
        "之二。",
        "尾注1：出处。",
    ]


def test_a_note_without_its_text_or_as_a_rule_says_nothing(tmp_path):
    body = p(f'{run("高层")}<w:r><w:footnoteReference w:id="0"/><w:footnoteReference w:id="9"/></w:r>')
    parts = {"word/footnotes.xml": part("footnotes", '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>')}
    assert texts(tmp_path, body, parts) == ["高层"]


def test_comments_hidden_text_and_readings_above_are_set_apart(tmp_path):
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('zhì')}</w:rt><w:rubyBase>{run('质')}</w:rubyBase></w:ruby></w:r>"
    body = (
        p(f'{run("甲")}<w:r><w:commentReference w:id="4"/></w:r>')
        + p(
            run("显")
            + run("隐", "<w:vanish/>")
            + run("现", '<w:vanish w:val="0"/>')
            + run("藏", '<w:rStyle w:val="H"/>')
        )
        + p(ruby + run("量") + field(r"EQ \* jc2 \o\ad(\s\up 9(lìng),令)"))
    )
    parts = {
        "word/comments.xml": part("comments", NOTE.format(kind="comment", id=4, content=p("请改"))),
        "word/styles.xml": part(
            "styles",
            '<w:style w:type="character" w:styleId="B"><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="H"><w:basedOn w:val="B"/></w:style>',
        ),
    }
    lines = lines_of(tmp_path, body, parts)
    assert [(line.role.value, line.text, line.paragraph) for line in lines] == [
        ("text", "甲", 1),
        ("comment", "请改", 1),
        ("text", "显现", 2),
        ("hidden", "隐", 2),
        ("hidden", "藏", 2),
        ("text", "质量令", 3),
        ("ruby", "zhì", 3),
        ("ruby", "lìng", 3),
    ]


def box(content):
    return f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"


def drawing(content, name="drawing"):
    return f"<w:r><w:{name}><wp:inline>{content}</wp:inline></w:{name}></w:r>"


def test_text_boxes_are_text_and_only_once(tmp_path):
    content = p("框里") + p("两段")
    twice = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box(content)}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    only_old = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='new'><w:drawing/></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(tmp_path, p(run("前") + twice + run("后") + only_old)) == ["前后", "框里", "两段", "旧框"]


def test_pictures_diagrams_charts_and_objects_are_listed_with_their_words(tmp_path):
    body = (
        p(drawing('<wp:docPr descr="组织图"/><a:blip r:embed="rId9"/>'))
        + p(drawing('<dgm:relIds r:dm="rId5"/>'))
        + p(drawing('<c:chart r:id="rId6"/>'))
        + p('<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>')
        + p('<w:r><w:pict><v:shape><v:imagedata o:title=""/></v:shape></w:pict></w:r>')
        + p(drawing("<a:p><a:r><a:t>画布上的字</a:t></a:r></a:p>"))
        + '<w:altChunk r:id="rId8"/>'
    )
    words = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
    root = '<{0} xmlns:{1}="http://schemas.openxmlformats.org/drawingml/2006/{2}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{3}</{0}>'
    parts = {
        "word/diagrams/data1.xml": root.format("dgm:x", "dgm", "diagram", words.format("策划") + words.format("实施")),
        "word/diagrams/data2.xml": root.format("dgm:x", "dgm", "diagram", words.format("没有引用")),
        "word/charts/chart1.xml": root.format("c:x", "c", "chart", words.format("趋势") + "<c:v>12</c:v>"),
    }
    links = [("rId5", "diagramData", "diagrams/data1.xml"), ("rId6", "chart", "/word/charts/chart1.xml")]
    assert roles(tmp_path, body, parts, links) == [
        ("picture", "组织图"),
        ("diagram", "策划 实施"),
        ("diagram", "趋势 12"),
        ("embedded", "Equation.DSMT4"),
        ("picture", "〔…〕"),
        ("diagram", "画布上的字"),
        ("embedded", "〔…〕"),
        ("diagram", "没有引用"),
    ]


def test_heads_feet_and_watermarks_are_no_content(tmp_path):
    lettering = '<w:r><w:pict><v:shape id="{}"><v:textpath string="{}"/></v:shape></w:pict></w:r>'
    mark = lettering.format("PowerPlusWaterMarkObject1", "征求意见稿")
    art = lettering.format("art", "艺术字")
    parts = {
        "word/header1.xml": part("hdr", p("示例准则") + p(mark)),
        "word/header2.xml": part("hdr", p("示例准则")),
        "word/footer1.xml": part("ftr", p(run("第") + field("PAGE", "3") + run("页"))),
    }
    links = [
        ("rId1", "header", "header1.xml"),
        ("rId2", "header", "header2.xml"),
        ("rId3", "footer", "footer1.xml"),
        ("rId4", "header", "none.xml"),
    ]
    assert roles(tmp_path, p("正文") + p(art), parts, links) == [
        ("running_head", "示例准则"),
        ("watermark", "征求意见稿"),
        ("running_head", "第3页"),
    ]
    assert "艺术字" in texts(tmp_path, p("正文") + p(art))


def test_the_draft_lists_what_was_not_read_with_its_reason(tmp_path):
    rows = [p(row) for row in STANDARD]
    rows.insert(8, p(f'{run("其文")}<w:r><w:commentReference w:id="4"/></w:r>{drawing("<a:blip/>")}'))
    parts = {"word/comments.xml": part("comments", NOTE.format(kind="comment", id=4, content=p("5.9 请改")))}
    draft = outline(read(write_word(tmp_path / "a.docx", "".join(rows), parts)))
    document = draft.document
    assert [(document.line(number).text, reason) for number, reason in draft.unplaced] == [("〔…〕", Unplaced.PICTURE)]
    assert ("5.9 请改", Furniture.COMMENT) in [(document.line(number).text, why) for number, why in draft.furniture]


def test_tables_inside_tables_and_controls_keep_their_order(tmp_path):
    inner = f"<w:tbl><w:tr><w:tc>{p('内')}</w:tc></w:tr></w:tbl>"
    row = f"<w:sdt><w:sdtContent><w:tr><w:tc>{p('一')}{inner}</w:tc><w:sdt><w:sdtContent><w:tc>{p('二')}</w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>"  # noqa: E501
    lines = lines_of(tmp_path, f"<w:tbl>{row}</w:tbl>")
    assert [(line.text, line.cell) for line in lines] == [("一", (1, 1, 1)), ("内", (2, 1, 1)), ("二", (1, 1, 2))]
