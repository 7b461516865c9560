"""What a file is, told by its content; text by the whole of it, since any word can begin a text."""

import filetype

from zhuoyue.intake.errors import IntakeError, Words
from zhuoyue.intake.text_file import decode

TEXT = ".txt"
WORD = ".docx"
PDF = ".pdf"
OLD_WORD = ".doc"
RTF = ".rtf"
ODT = ".odt"
WPS = ".wps"
OFD = ".ofd"
OLE = "ole"
ENCRYPTED = "encrypted"

NAMES = {
    TEXT: Words("文本文件", "a text file"),
    WORD: Words("Word 文档（.docx）", "a Word document (.docx)"),
    PDF: Words("PDF", "a PDF"),
    OLD_WORD: Words("旧版 Word 文档（.doc）", "an old Word document (.doc)"),
    WPS: Words("WPS 文字文档（.wps）", "a WPS document (.wps)"),
    RTF: Words("RTF 文档", "an RTF document"),
    ODT: Words("OpenDocument 文档（.odt）", "an OpenDocument text (.odt)"),
    OFD: Words("OFD 版式文件", "an OFD file"),
    OLE: Words("旧版 Office 文件", "an old Office file"),
    ENCRYPTED: Words("设有密码的文件", "a file with a password"),
    "zip": Words("压缩包", "an archive"),
    "image": Words("图片", "a picture"),
    "audio": Words("音频", "a sound file"),
    "video": Words("视频", "a video"),
    "binary": Words("二进制数据", "binary data"),
}
_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEAD = 1024  # readers accept the mark anywhere in the first kilobyte
_PDF_PARTS = (b"endobj", b"startxref", b"%%EOF")
_ODT_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"


def kind_of(data: bytes) -> str:
    """A key of NAMES, or another MIME type."""
    if data.startswith(_OLE_HEAD):
        return _kind_of_ole(data)
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    text = _is_text(data)
    if b"%PDF-" in data[:_PDF_HEAD] and (not text or any(part in data for part in _PDF_PARTS)):
        return PDF
    if text:
        return RTF if data.lstrip().startswith(b"{\\rtf") else TEXT
    return _kind_of_stranger(data)


def _kind_of_stranger(data: bytes) -> str:
    guess = filetype.guess(data)
    mime = "binary" if guess is None else str(guess.mime)
    family = mime.partition("/")[0]
    return family if family in NAMES else mime


def _is_text(data: bytes) -> bool:
    """Whether it would be read as text, or is text in an encoding that is not known here."""
    try:
        decode(data, "")
    except IntakeError as error:
        return error.code == "unknown_encoding" and filetype.guess(data) is None
    return True


def _kind_of_ole(data: bytes) -> str:
    """The old container of Office: its streams have names in UTF-16. A .docx with a password is one too."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ENCRYPTED
    return OLD_WORD if "WordDocument".encode("utf-16-le") in data else OLE


def _kind_of_zip(data: bytes) -> str:
    if _ODT_TYPE in data[:200]:
        return ODT
    if b"OFD.xml" in data:
        return OFD
    return WORD if b"word/" in data else "zip"
