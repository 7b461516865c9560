"""The parts of a Word document as trees, and how they refer to each other, in one dialect of the format."""

import posixpath

# The parts were checked by docx_archive: no DOCTYPE, bounded size and depth.
from xml.etree import ElementTree as ET

from zhuoyue.intake.docx_archive import is_main

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = f"{{{_OFFICE}/math}}"
A = f"{{{_DRAWING}/main}}"
C = f"{{{_DRAWING}/chart}}"
DGM = f"{{{_DRAWING}/diagram}}"
R = f"{{{_OFFICE}/relationships}}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that the format itself uses
_OFF = frozenset({"0", "false", "off"})
# ISO/IEC 29500 strict names the same elements in other namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


class Package:
    """Trees by path; a part is parsed once. Raises ParseError for a part that is no XML with namespaces."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._roots: dict[str, ET.Element | None] = {}
        self.main = self._main()
        self._relations = self._relations_of(self.main)

    def root(self, path: str) -> ET.Element | None:
        if path not in self._roots:
            part = self._parts.get(path)
            self._roots[path] = None if part is None else ET.fromstring(_transitional(part))  # noqa: S314 - see above
        return self._roots[path]

    def of_kind(self, kind: str) -> list[str]:
        """Paths of the parts that the text calls its `kind` ("footnotes", "header"), else the one of the usual name."""
        named = [path for each, path in self._relations.values() if each == kind and path in self._parts]
        usual = f"word/{kind}.xml"
        return named or [path for path in (usual,) if path in self._parts]

    def by_id(self, relation: str) -> str:
        return self._relations.get(relation, ("", ""))[1]

    def under(self, folder: str) -> list[str]:
        return sorted(path for path in self._parts if path.startswith(folder))

    def _main(self) -> str:
        named = [path for kind, path in self._relations_of("").values() if kind == "officeDocument"]
        usual = sorted(path for path in self._parts if is_main(path))
        return next((path for path in named if path in self._parts), usual[0])

    def _relations_of(self, path: str) -> dict[str, tuple[str, str]]:
        """(kind, path) by relation id."""
        folder, name = posixpath.split(path)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in root
        }


def _transitional(part: bytes) -> bytes:
    for strict, transitional in _STRICT:
        part = part.replace(strict, transitional)
    return part


def value(element: ET.Element | None, path: str) -> str:
    """The `w:val` of the element at that path of `w:` names; empty where there is none."""
    found = None if element is None else element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return "" if found is None else found.get(f"{W}val", "")


def switched_on(element: ET.Element | None, path: str) -> bool | None:
    """Whether the on-off property there is on; None where nothing is said of it."""
    found = None if element is None else element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}val", "") not in _OFF


def whole(text: str, otherwise: int) -> int:
    """A whole number of an attribute; `otherwise` for what is none."""
    try:
        return int(text)
    except ValueError:
        return otherwise
