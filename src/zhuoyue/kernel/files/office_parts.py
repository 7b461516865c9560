"""Parts of office files, read as they are unpacked: what would fetch, run or swell when somebody opens the file."""

import re
from typing import Any, Protocol
from urllib.parse import unquote
from xml.parsers import expat

from zhuoyue.kernel.files.kinds import OLE
from zhuoyue.kernel.files.refusals import Flaw
from zhuoyue.kernel.typed import shown_line

LONGEST_SHOWN = 80
_XML_NAMES = (".xml", ".rels", ".vml")
_BLANKS = b"\xef\xbb\xbf\xff\xfe\0\t\r\n "
_MACROS = frozenset({"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"})
_AWAY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|[\\/]{2}")
_OWN_DISK = re.compile(r"(?i)file:/{0,3}[a-z]:")
_DDE = re.compile(r"(?i)(?:^|\s)DDE(?:AUTO)?\s")
_WRITTEN = ("document", "hdr", "ftr", "footnotes", "endnotes", "comments", "glossaryDocument")
# What an old container holds is told by the names of its streams, which stand in it as they are.
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")
_PACKAGE_STREAM = "\x01Ole10Native".encode("utf-16-le")
_LONGEST_STREAM = max(len(_MACRO_STREAM), len(_PACKAGE_STREAM))


class Reader(Protocol):
    """Is fed a part from its first byte to its last; raises Flaw."""

    def feed(self, chunk: bytes) -> None: ...


def reader_of(name: str, head: bytes) -> Reader | None:
    """Who reads this part; None where nothing in it can do harm by itself."""
    if head.startswith(b"MZ"):
        raise Flaw("embedded", found=shown_line(name)[:LONGEST_SHOWN])
    if head.startswith(OLE):
        return _Container(name)
    if name.lower().endswith(_XML_NAMES) or head.lstrip(_BLANKS).startswith(b"<"):
        return _Markup()
    return None


class _Container:
    """A compound file inside an office file: an equation is welcome, a packed file or a macro is not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.last = b""

    def feed(self, chunk: bytes) -> None:
        seen = self.last + chunk
        if _MACRO_STREAM in seen:
            raise Flaw("macros")
        if _PACKAGE_STREAM in seen:
            raise Flaw("embedded", found=shown_line(self.name)[:LONGEST_SHOWN])
        self.last = seen[-_LONGEST_STREAM:]


class _Markup:
    """An XML part. A document type is refused: entities can swell and fetch. Its root says whether the rest matters."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_type
        self.parser.StartElementHandler = self._begin
        self.reading = True
        self.field: list[str] = []

    def feed(self, chunk: bytes) -> None:
        if not self.reading:
            return
        try:
            self.parser.Parse(chunk, False)
        except expat.ExpatError as error:
            if self.reading:
                raise Flaw("broken") from error

    def _refuse_type(self, *_declared: object) -> None:
        raise Flaw("entities")

    def _begin(self, name: str, _attributes: dict[str, str]) -> None:
        """The root: from here on, what its kind of part can hide is looked for."""
        root = _local(name)
        watch = _WATCHES.get(root) or (self._field if root in _WRITTEN else None)
        self.parser.StartElementHandler = watch
        self.reading = watch is not None

    def _field(self, name: str, attributes: dict[str, str]) -> None:
        """Instructions of fields come in pieces, and fields lie within fields: all is read up to an end."""
        element = _local(name)
        self.parser.CharacterDataHandler = self.field.append if element == "instrText" else None
        if element == "fldSimple":
            _check_instruction(_named(attributes, "instr"))
        elif element == "fldChar":
            if _named(attributes, "fldCharType") != "begin":
                _check_instruction("".join(self.field))
                self.field.clear()
            else:
                self.field.append(" ")


def _local(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _named(attributes: dict[str, str], wanted: str) -> str:
    return next((value for name, value in attributes.items() if _local(name) == wanted), "")


def _check_instruction(text: str) -> None:
    if _DDE.search(f"{text} "):
        raise Flaw("dde")


def _check_relation(_name: str, attributes: dict[str, str]) -> None:
    """Links that people follow stay; whatever is fetched without asking does not, nor macros under any name."""
    kind = attributes.get("Type", "").rsplit("/", 1)[-1].lower()
    target = unquote(attributes.get("Target", "")).strip()
    if kind in _MACROS:
        raise Flaw("macros")
    if kind != "hyperlink" and _AWAY.match(target) and not _OWN_DISK.match(target):
        raise Flaw("calls_out", found=shown_line(target)[:LONGEST_SHOWN])


def _check_external_link(name: str, _attributes: dict[str, str]) -> None:
    if _local(name) == "ddeLink":
        raise Flaw("dde")


_WATCHES: dict[str, Any] = {"Relationships": _check_relation, "externalLink": _check_external_link}
