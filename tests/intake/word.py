"""Word documents from pieces of their own XML, so that a test shows the element that it is about."""

import zipfile

from zhuoyue.intake import outline, read

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(text, properties=""):
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content, properties=""):
    """A paragraph: of plain text, or of elements."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def listed(text, depth, number=1):
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def part(name, content):
    """A further part with its root element `w:name`, or as given with its own root."""
    return f"<w:{name} {NAMESPACES}>{content}</w:{name}>"


def relations(entries):
    rows = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in entries
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def write_word(path, body, parts=None, links=(), main="word/document.xml"):
    files = {
        "_rels/.rels": relations([("rId1", "officeDocument", main)]),
        main: f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        f"word/_rels/{main.rpartition('/')[2]}.rels": relations(links),
    } | (parts or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def lines_of(tmp_path, body, parts=None, links=()):
    return read(write_word(tmp_path / "word.docx", body, parts, links)).lines


def texts(tmp_path, body, parts=None, links=()):
    return [line.text for line in lines_of(tmp_path, body, parts, links)]


def roles(tmp_path, body, parts=None, links=()):
    """(role, text) of every line that is not plain text."""
    found = lines_of(tmp_path, body, parts, links)
    return [(line.role.value, line.text) for line in found if line.role.value != "text"]


STANDARD = (
    "示例组织评价准则",
    "5 评价要求",
    "5.2 领导",
    "5.2.1 总则",
    "说明领导的要求。",
    "5.2.2 高层作用",
    "a) 怎样确定方向；",
    "b) 怎样与员工沟通。",
    "5.3 战略",
    "5.3.2 战略制定",
    "a) 怎样收集信息；",
    "b) 怎样选择方向。",
)


def codes(document):
    return [node.code for node in outline(document).walk()]
