"""The kinds of file that can be told by their content."""

from dataclasses import dataclass

import filetype
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEAD = 8192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    content_type: str
    extensions: tuple[str, ...]
    words: str | Promise


KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "application/pdf", (".pdf",), "PDF"),
        Kind("docx", f"{_OFFICE}.wordprocessingml.document", (".docx",), _("Word文档（.docx）")),
        Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _("Excel表格（.xlsx）")),
        Kind("pptx", f"{_OFFICE}.presentationml.presentation", (".pptx",), _("PowerPoint演示文稿（.pptx）")),
        Kind("jpg", "image/jpeg", (".jpg", ".jpeg"), _("JPG图片")),
        Kind("png", "image/png", (".png",), _("PNG图片")),
        Kind("zip", "application/zip", (".zip",), _("ZIP压缩包")),
        Kind("txt", "text/plain", (".txt",), _("纯文本（.txt）")),
        Kind("csv", "text/csv", (".csv",), _("CSV表格")),
    )
}
OF_EXTENSION = {extension: kind for kind in KINDS.values() for extension in kind.extensions}
OFFICE = ("docx", "xlsx", "pptx")
# Extension -> what the file is called: kinds that people often have, that few can open, that are saved anew at home.
FOREIGN: dict[str, str | Promise] = {
    ".ofd": _("OFD版式文件"),
    ".wps": _("WPS文字文件"),
    ".et": _("WPS表格文件"),
    ".dps": _("WPS演示文件"),
    ".odt": _("OpenDocument文字文件"),
    ".ods": _("OpenDocument表格文件"),
    ".odp": _("OpenDocument演示文件"),
}
TEXT = ("txt", "csv")


def family_of(head: bytes) -> str:
    """By the first bytes: `pdf`, `zip` (office files too), `jpg`, `png`, `ole`, or empty."""
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "ole" if head.startswith(OLE) else ""


def words_of_stranger(head: bytes) -> str:
    """What a file of no accepted kind seems to be (`EXE`, `RAR`); empty where nobody can tell."""
    guessed = filetype.guess(head)
    return "" if guessed is None else str(guessed.extension).upper()


def is_archive(head: bytes) -> bool:
    guessed = filetype.guess(head)
    return head.startswith(ZIP) or (guessed is not None and guessed.extension in ARCHIVES)


ARCHIVES = frozenset({"zip", "rar", "7z", "tar", "gz", "bz2", "xz", "lz", "lz4", "zst", "z", "cab", "ar", "br"})
