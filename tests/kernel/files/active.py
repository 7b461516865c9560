"""Files that would act when they are opened, or are two at once; and those that only look like it. Made in code."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from kernel.files import specimens as made

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PACKAGE, MACROS, EQUATION = ("\x01Ole10Native", "_VBA_PROJECT", "Equation Native")
WEB = "https://example.org/a.dotm"


def pdf(change=lambda _document: None, *, packed=False, **root):
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    change(document)
    out = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    document.save(out, object_stream_mode=mode)
    return out.getvalue()


def action(kind, **more):
    return Dictionary(S=Name(f"/{kind}"), **more)


def attach(document):
    document.attachments["数据.xlsx"] = made.office("xlsx")


def link_to(target):
    return lambda document: document.pages[0].__setitem__("/Annots", Array([Dictionary(Subtype=Name.Link, A=target)]))


def named_apart(document):
    """The kind of the action stands in an object of its own."""
    kind = document.make_indirect(Name.JavaScript)
    document.Root.OpenAction = document.make_indirect(Dictionary(S=kind, JS="app.alert(1)"))


def with_escapes(content):
    return content.replace(b"/JavaScript", b"/J#61v#61Script")


def relation(kind, target, *, external=True, name="word/_rels/document.xml.rels"):
    mode = ' TargetMode="External"' if external else ""
    row = f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
    return name, f'<Relationships xmlns="urn:r">{row}</Relationships>'.encode()


def office(*parts, kind="docx"):
    return made.office(kind, more=parts)


def container(stream, *, before=0, name="word/embeddings/oleObject1.bin"):
    return name, OLE + b"\1" * before + stream.encode("utf-16-le") + b"\0" * 100


def written(body, *, part="word/document.xml", encoding="utf-8", head="", root="document"):
    return part, f'{head}<w:{root} xmlns:w="{WORD}">{body}</w:{root}>'.encode(encoding)


def field(*pieces):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY c "&a;&a;">]>'
NESTED = f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>IF 1=1</w:instrText></w:r>{field("DDE", " cmd x")}'
DDE_LINK = b'<externalLink xmlns="urn:x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
ZIP = made.packed([("a.txt", b"a")])
HTML = b"<html><script>alert(1)</script></html>"

ACTIVE = [
    ("script at opening", "a.pdf", pdf(OpenAction=action("JavaScript", JS="app.alert(1)")), "runs"),
    ("script behind a link", "a.pdf", pdf(link_to(action("JavaScript", JS="1"))), "runs"),
    ("script in packed objects", "a.pdf", pdf(named_apart, packed=True), "runs"),
    ("script spelled in escapes", "a.pdf", with_escapes(pdf(link_to(action("JavaScript", JS="1")))), "runs"),
    ("program behind a link", "a.pdf", pdf(link_to(action("Launch", F="cmd.exe"))), "runs"),
    ("visit at opening", "a.pdf", pdf(OpenAction=action("URI", URI="https://example.org/")), "runs"),
    ("film with a player", "a.pdf", pdf(Extra=Dictionary(Subtype=Name.RichMedia)), "runs"),
    ("form with scripts", "a.pdf", pdf(AcroForm=Dictionary(XFA=Array(["a"]))), "runs"),
    ("attachment", "a.pdf", pdf(attach), "embedded"),
    ("attachment in packed objects", "a.pdf", pdf(attach, packed=True), "embedded"),
    ("ZIP behind a PDF", "a.pdf", made.pdf() + ZIP, "two_in_one"),
    ("HTML behind a PDF", "a.pdf", made.pdf() + HTML, "two_in_one"),
    ("HTML before a PDF", "a.pdf", HTML + made.pdf(), "broken"),
    ("ZIP behind a JPG", "a.jpg", made.jpg() + ZIP, "two_in_one"),
    ("HTML behind a JPG", "a.jpg", made.jpg() + HTML, "two_in_one"),
    ("RAR behind a JPG", "a.jpg", made.jpg() + b"Rar!\x1a\x07\x00", "two_in_one"),
    ("ZIP behind a PNG", "a.png", made.png() + ZIP, "two_in_one"),
    ("HTML behind a PNG", "a.png", made.png() + HTML, "two_in_one"),
    ("7z behind a PNG", "a.png", made.png() + b"7z\xbc\xaf\x27\x1c", "two_in_one"),
    ("template elsewhere", "a.docx", office(relation("attachedTemplate", WEB)), "calls_out"),
    ("template on a share", "a.docx", office(relation("attachedTemplate", r"\\host\a.dotm")), "calls_out"),
    ("share behind a file address", "a.docx", office(relation("frame", "file:///%5C%5Chost/a")), "calls_out"),
    ("picture elsewhere", "a.pptx", office(relation("image", "http://example.org/a.png"), kind="pptx"), "calls_out"),
    ("workbook elsewhere", "a.xlsx", office(relation("externalLinkPath", "//h/b.xlsx"), kind="xlsx"), "calls_out"),
    ("object elsewhere, unmarked", "a.docx", office(relation("oleObject", WEB, external=False)), "calls_out"),
    ("macros under another name", "a.docx", office(relation("vbaProject", "a.bin", external=False)), "macros"),
    ("macros by content", "a.docx", office(container(MACROS, name="word/media/a.png")), "macros"),
    ("macros across two pieces", "a.docx", office(container(MACROS, before=8192 - 614)), "macros"),
    ("packed file", "a.docx", office(container(PACKAGE)), "embedded"),
    ("program", "a.docx", office(("word/embeddings/a.bin", b"MZ\x90\0")), "embedded"),
    ("packed file inside a ZIP", "a.zip", made.packed([("a.docx", office(container(PACKAGE)))]), "embedded"),
    ("DDE field", "a.docx", office(written(field("DDEAUTO c:\\\\cmd.exe"))), "dde"),
    ("DDE field in pieces", "a.docx", office(written(field(" D", "DE", " cmd"))), "dde"),
    ("DDE field within a field", "a.docx", office(written(NESTED)), "dde"),
    ("simple DDE field", "a.docx", office(written('<w:fldSimple w:instr=" dde cmd x"/>', root="ftr")), "dde"),
    ("DDE of a workbook", "a.xlsx", office(("xl/externalLinks/a.xml", DDE_LINK), kind="xlsx"), "dde"),
    ("entity bomb", "a.docx", office(written("&c;", head=BOMB)), "entities"),
    ("entity bomb in UTF-16", "a.docx", office(written("&c;", head=BOMB, encoding="utf-16")), "entities"),
    ("entity bomb under another name", "a.docx", office(written("", head=BOMB, part="word/a.bin")), "entities"),
    ("entity from elsewhere", "a.xlsx", office(("xl/a.xml", b'<!DOCTYPE a SYSTEM "http://x"><a/>')), "entities"),
    ("markup with a fault", "a.docx", office(("word/document.xml", b"<<")), "broken"),
    ("OFD", "a.ofd", made.packed([("OFD.xml", b"<a/>")]), "foreign"),
    ("OFD as PDF", "a.pdf", made.packed([("OFD.xml", b"<a/>")]), "foreign"),
    ("WPS", "a.wps", made.old_office(), "foreign"),
    ("old table of WPS", "a.et", made.old_office("Workbook"), "foreign"),
    ("OpenDocument", "a.odt", made.packed([("content.xml", b"<a/>")]), "foreign"),
    ("old word", "a.doc", made.old_office(), "old_office"),
]

QUIET = [
    ("opens on a page.pdf", pdf(OpenAction=Array([1, Name.Fit])), "pdf"),
    ("opens by an action.pdf", pdf(OpenAction=action("GoTo", D=Array([0, Name.Fit]))), "pdf"),
    ("links.pdf", pdf(link_to(action("URI", URI="https://example.org/"))), "pdf"),
    ("words alone.pdf", pdf(Extra=Dictionary(Title="about /JavaScript \\(/S /Launch) /EF <<")), "pdf"),
    ("words inside.pdf", pdf(lambda document: document.make_stream(b"<html> PK\5\6")), "pdf"),
    ("end record by chance.png", made.png() + b"PK\5\6" + b"\1" * 18, "png"),
    ("hyperlink.docx", office(relation("hyperlink", "https://example.org/")), "docx"),
    ("own template.docx", office(relation("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm")), "docx"),
    ("book beside.xlsx", office(relation("externalLinkPath", "书.xlsx"), kind="xlsx"), "xlsx"),
    ("equation.docx", office(container(EQUATION)), "docx"),
    ("page number.docx", office(written(field(" PAGE ") + "<w:p>DDE 1</w:p>")), "docx"),
    ("simple field.docx", office(written('<w:fldSimple w:instr=" PAGE "/>')), "docx"),
    ("cut markup.docx", office(("word/document.xml", b"<w:document")), "docx"),
    ("sheet.xlsx", office(("xl/a.xml", b"<worksheet><c>1</c><<" + b" " * 20_000), kind="xlsx"), "xlsx"),
    ("linked book.xlsx", office(("xl/b.xml", b"<externalLink><externalBook/></externalLink>"), kind="xlsx"), "xlsx"),
    ("ended.txt", "质量\r\n\x1a".encode(), "txt"),
    ("ended far on.txt", ("质" * 30_000 + "\x1a" * 70_000).encode(), "txt"),
    ("wide.txt", "质量\r\n".encode("utf-16"), "txt"),
    ("wide, high byte first.csv", "\ufeff年份,数值".encode("utf-16-be"), "csv"),
    ("MZ first.txt", b"MZ is a mark", "txt"),
    ("BM first.txt", b"BM 1", "txt"),
]
