"""Tracked changes accepted, as if "accept all" had been pressed before the document was published."""

from xml.etree import ElementTree as ET

from zhuoyue.intake.docx_package import W

_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_BLOCKS = frozenset({f"{W}p", f"{W}tbl", f"{W}sdt"})


def accept_changes(element: ET.Element) -> None:
    """Take deleted text, rows and cells out of the tree; paragraphs whose mark is deleted join the next one."""
    for child in list(element):
        if child.tag == f"{W}pPr":
            continue  # the marks in it say what becomes of the paragraph
        if child.tag in _GONE or _is_gone(child):
            element.remove(child)
        else:
            accept_changes(child)
    _join_paragraphs(element)


def _is_gone(element: ET.Element) -> bool:
    if element.tag == f"{W}tr":
        return element.find(f"{W}trPr/{W}del") is not None
    return element.tag == f"{W}tc" and element.find(f"{W}tcPr/{W}cellDel") is not None


def _join_paragraphs(parent: ET.Element) -> None:
    """The mark that is left gives the joined paragraph its properties, and with them its number."""
    children = list(parent)
    for place, paragraph in enumerate(children):
        if paragraph.tag != f"{W}p" or not _mark_is_gone(paragraph):
            continue
        content = [child for child in paragraph if child.tag != f"{W}pPr"]
        follower = next((child for child in children[place + 1 :] if child.tag in _BLOCKS), None)
        if follower is not None and follower.tag == f"{W}p":
            start = 1 if follower.find(f"{W}pPr") is not None else 0
            follower[start:start] = content
            parent.remove(paragraph)
        elif not content:
            parent.remove(paragraph)


def _mark_is_gone(paragraph: ET.Element) -> bool:
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and any(marks.find(tag) is not None for tag in _GONE)
