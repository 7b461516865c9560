import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from zhuoyue.web.shared import assets

STATIC = assets.FOLDER.parent
ROOT = Path(__file__).resolve().parents[3]
OWN_SCRIPTS = sorted(assets.FOLDER.glob("*.js"))


def compressed(path):
    return len(gzip.compress(path.read_bytes(), 9))


def test_the_bundle_is_fresh():
    assert assets.BUNDLE.read_text(encoding="utf-8") == assets.bundle(), "run python -m zhuoyue.web.shared.assets"


def test_dark_values_are_repeated_for_the_automatic_theme():
    sheet = assets.BUNDLE.read_text(encoding="utf-8")
    dark = re.search(r"\[data-bs-theme=dark\]\{(.*?)\}", sheet).group(1)
    assert f"@media screen and (prefers-color-scheme:dark){{[data-bs-theme=auto]{{{dark}}}" in sheet


def test_a_sheet_without_a_dark_block_is_refused():
    with pytest.raises(ValueError, match="dark"):
        assets.with_auto_theme(":root { --a: 1 }")


def test_shortening_keeps_meaning():
    assert assets.shortened("a { color : red; /* x */ }\n\n.b > c { d: e f }") == "a{color :red}.b > c{d:e f}\n"


def test_every_custom_property_that_is_used_is_defined():
    sheet = assets.BUNDLE.read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    defined = set(re.findall(r"(--[\w-]+):", sheet))
    assert used <= defined


def test_first_load_stays_small():
    assert compressed(assets.BUNDLE) < 14_000
    assert sum(map(compressed, OWN_SCRIPTS)) < 8_000
    assert compressed(assets.FOLDER / "once.js") < 1_500


def test_the_library_is_the_one_in_the_manifest_and_the_lock():
    lines = (STATIC / "vendor" / "MANIFEST.sha256").read_text().split("\n")
    listed = dict(reversed(line.split()) for line in lines if line)
    present = {path.name for path in (STATIC / "vendor").glob("*.js")}
    assert present == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert lock["packages"]["node_modules/htmx.org"]["version"] == "2.0.11"
    assert lock["packages"]["node_modules/htmx.org"]["integrity"].startswith("sha512-")
