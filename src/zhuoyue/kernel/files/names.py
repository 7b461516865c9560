"""File names: what people call a file, made harmless."""

import re
import unicodedata

LONGEST = 180
LONGEST_BYTES = 240
LONGEST_ORIGINAL = 400
UNNAMED = "未命名"
_reserved = re.compile(r'[<>:"|?*]')
_spaces = re.compile(r"\s+")
_extension = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_devices = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
# Controls, direction and other format marks, surrogates. Private and new characters stay: rare names need them.
_HIDDEN = {"Cc", "Cf", "Cs"}


def _seen(text: str) -> str:
    kept = (" " if part.isspace() else part for part in text)
    return "".join(part for part in kept if unicodedata.category(part) not in _HIDDEN)


def extension_of(name: str) -> str:
    """In lower case with its dot; empty where the name has none."""
    found = _extension.search(name)
    return found.group().lower() if found else ""


def clean_name(given: str) -> str:
    """A name that any system can save and no screen can misread; the last part of a path, the extension kept."""
    text = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    text = _spaces.sub(" ", _reserved.sub("_", _seen(text))).strip(" .")
    if _devices.match(text):
        text = f"_{text}"
    found = _extension.search(text)
    stem, extension = (text[: found.start()], found.group()) if found else (text, "")
    stem = stem.strip(" .") or UNNAMED
    while len(stem) + len(extension) > LONGEST or len((stem + extension).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + extension


def original_name(given: str) -> str:
    """The name as it was given, less what no database can hold."""
    return given.encode("utf-8", "replace").decode().replace("\0", "")[:LONGEST_ORIGINAL]
