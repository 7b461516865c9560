"""What the operator sets from outside, read once."""

import os
import secrets
from pathlib import Path


def text(name: str, default: str = "") -> str:
    return os.environ.get(f"ZHUOYUE_{name}", default)


def flag(name: str, *, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def data_folder() -> Path:
    """Where the database, the files and the secret key live; made on first use."""
    folder = Path(text("DATA") or Path.cwd() / "var").resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)  # whatever is made in it, nobody else of this machine gets there
    return folder


def secret_key(folder: Path) -> str:
    """The signing key: from the environment, else a file that only the owner reads, made on first start."""
    given = text("SECRET_KEY")
    if given:
        return given
    place = folder / "secret_key"
    if not place.exists():
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return place.read_text().strip()
