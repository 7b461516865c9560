"""The style sheet is kept in parts and served as one file.

    python -m zhuoyue.web.shared.assets

writes static/shared/zhuoyue.css from the parts, in the order of PARTS. A test says when it is stale.
"""

import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static" / "shared"
BUNDLE = FOLDER / "zhuoyue.css"
PARTS = ("tokens", "base", "components", "charts", "scoring", "utilities", "narrow", "print")
DARK = re.compile(r"@media screen \{ \[data-bs-theme=dark\] \{(?P<values>.*?)\} \}", re.DOTALL)


def with_auto_theme(tokens: str) -> str:
    """Repeat the dark values for theme "auto", where the system asks for dark."""
    found = DARK.search(tokens)
    if found is None:
        raise ValueError("tokens.css has no dark block")
    auto = f"@media screen and (prefers-color-scheme: dark) {{ [data-bs-theme=auto] {{{found['values']}}} }}"
    return tokens[: found.end()] + "\n" + auto + tokens[found.end() :]


def shortened(sheet: str) -> str:
    """Without comments and needless blanks. Strings here hold no braces, semicolons or comment signs."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"\s+", " ", sheet)
    sheet = re.sub(r"\s*([{};,])\s*", r"\1", sheet)
    sheet = re.sub(r":\s+", ":", sheet)
    return sheet.replace(";}", "}").strip() + "\n"


def bundle() -> str:
    parts = {name: (FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in PARTS}
    parts["tokens"] = with_auto_theme(parts["tokens"])
    return shortened("\n".join(parts.values()))


if __name__ == "__main__":
    sys.stdout.write(f"{BUNDLE.name}: {BUNDLE.write_text(bundle(), encoding='utf-8'):,} characters\n")
