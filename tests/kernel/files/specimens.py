"""Files made in code: sound ones, and hostile ones that each differ from them in one thing."""

import io
import struct
import zipfile
import zlib
from functools import lru_cache

import pypdfium2

TYPES = "[Content_Types].xml"
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
}


@lru_cache
def pdf(pages=1):
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(200, 200)
        document.save(out)
    return out.getvalue()


def locked_pdf():
    """Asks for a password: an encryption dictionary whose password digests fit none."""
    body = pdf()
    trailer = body.rindex(b"trailer")
    fill = b"<" + b"41" * 32 + b">"
    lock = (
        b"/Encrypt <</Filter/Standard/V 1/R 2/O"
        + fill
        + b"/U"
        + fill
        + b"/P -4>> /ID[<"
        + b"42" * 16
        + b"><"
        + b"42" * 16
        + b">]"
    )
    at = body.index(b"<<", trailer) + 2
    return body[:at] + lock + body[at:]


def packed(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def types(kind, encoding="utf-8", more=""):
    return f'<Types><Override PartName="/main.xml" ContentType="{MAIN[kind]}"/>{more}</Types>'.encode(encoding)


def office(kind="docx", more=(), types_part=None):
    part = types(kind) if types_part is None else types_part
    return packed([(TYPES, part), ("_rels/.rels", b"<r/>"), ("main.xml", b"<d>text</d>"), *more])


def png(width=2, height=2):
    def chunk(tag, data):
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\0\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpg(width=2, height=2, frame=0xC0, end=b"\xff\xd9"):
    def segment(marker, data):
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    start = b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    measures = segment(frame, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    return start + b"\xff" + measures + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\x34" + end


def old_office(stream="WordDocument"):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def with_flag(archive, flag):
    """Set a general purpose bit in every header."""
    body = bytearray(archive)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.find(mark)
        while at >= 0:
            body[at + offset] |= flag
            at = body.find(mark, at + 4)
    return bytes(body)


def link_in(name="link", target=b"/etc/passwd"):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return packed([(entry, target)])


def overlapping_bomb(copies=1500, size=1024 * 1024):
    """Many names for the same packed bytes: what unpacks grows with names, not with bytes."""
    single = packed([("a", b"\0" * size)])
    start = single.index(b"PK\x01\x02")
    end = single.index(b"PK\x05\x06")
    contents = single[start:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(contents) * copies, start, 0)
    return single[:start] + contents * copies + tail


def lying_size_bomb(size=64 * 1024 * 1024):
    """Claims to unpack to ten bytes."""
    body = bytearray(packed([("a.txt", b"\0" * size)]))
    at = body.index(b"PK\x01\x02")
    body[at + 24 : at + 28] = struct.pack("<L", 10)
    return bytes(body)
