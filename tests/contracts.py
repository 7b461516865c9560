"""The import contracts, as `.importlinter` writes them."""

from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "zhuoyue"


def contract(name: str) -> dict[str, list[str]]:
    """Each key of a contract with its lines."""
    file = ConfigParser()
    file.read(ROOT / ".importlinter", encoding="utf-8")
    section = file[f"importlinter:contract:{name}"]
    return {key: [line for line in value.splitlines() if line] for key, value in section.items()}


def layers_of(name: str) -> list[set[str]]:
    """Highest first; what stands on one line does not know each other."""
    return [{room.strip(" ()") for room in line.split("|")} for line in contract(name)["layers"]]


def packages_in(*parts: str) -> set[str]:
    """The packages of one folder of the source, each with a file of Python somewhere."""
    folder = SOURCE.joinpath(*parts)
    return {each.name for each in folder.iterdir() if each.is_dir() and any(each.rglob("*.py"))}
