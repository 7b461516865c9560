"""Old and foreign formats go through LibreOffice where it is installed, and are refused with what to do elsewhere."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from zhuoyue.intake import IntakeError, converting, read
from zhuoyue.intake.errors import Words

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64) + "WordDocument".encode("utf-16-le")
WORDS = Words("旧版", "old")


@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_without_libreoffice_the_remedy_is_said(monkeypatch, tmp_path, name):
    monkeypatch.setattr(converting, "converter", lambda: "")
    path = tmp_path / name
    path.write_bytes(OLD)
    with pytest.raises(IntakeError, match=r"另存为 \.docx 或 PDF") as refused:
        read(path)
    assert refused.value.code == "no_converter"
    assert "LibreOffice" in refused.value.sentence("en")


@pytest.mark.parametrize("name", ["a.ofd", "a.pdf", "a.docx"])
def test_an_ofd_is_named_whatever_its_extension(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04" + bytes(26) + b"OFD.xml" + bytes(20))
    with pytest.raises(IntakeError, match="OFD") as refused:
        read(path)
    assert refused.value.code == "ofd"


def program(tmp_path, script):
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_one_that_hangs_is_ended_with_its_children(monkeypatch, tmp_path):
    mark = tmp_path / "child"
    script = f"sleep 300 & echo $! > {mark}; wait"
    monkeypatch.setattr(converting, "converter", lambda: program(tmp_path, script))
    monkeypatch.setattr(converting, "_without_network", tuple)
    began = time.monotonic()
    with pytest.raises(IntakeError) as refused:
        converting.convert(b"x", ".doc", "a.doc", WORDS, seconds=1)
    assert refused.value.code == "not_converted"
    assert time.monotonic() - began < 20
    child = int(mark.read_text())
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _lives(child):
        time.sleep(0.05)
    assert not _lives(child)


def _lives(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_it_runs_alone_and_bounded(monkeypatch, tmp_path):
    """The program sees a home of its own, limits of memory and disk, and no macros in its profile."""
    script = (
        'for each in "$@"; do last=$each; done; folder=$(dirname "$last"); mkdir -p "$folder/out"; '
        '{ ulimit -v; ulimit -f; echo "$HOME"; env | grep -c ZHUOYUE_SECRET; '
        'cat "$folder/profile/user/registrymodifications.xcu"; } > "$folder/out/source.docx"'
    )
    monkeypatch.setattr(converting, "converter", lambda: program(tmp_path, script))
    monkeypatch.setattr(converting, "_without_network", tuple)
    monkeypatch.setitem(os.environ, "ZHUOYUE_SECRET", "x")
    memory, disk, home, secrets, *profile = converting.convert(b"x", ".doc", "a.doc", WORDS).decode().splitlines()
    assert 0 < int(memory) <= 2_000_000
    assert int(disk) > 0
    assert "zhuoyue-convert-" in home
    assert not Path(home).exists()
    assert secrets == "0"
    assert "DisableMacrosExecution" in "".join(profile)


def test_the_network_is_cut_where_the_system_lets_us(monkeypatch):
    converting._without_network.cache_clear()
    prefix = converting._without_network()
    if prefix:
        shown = subprocess.run([*prefix, "cat", "/proc/net/dev"], capture_output=True, text=True, check=True).stdout
        assert {row.split(":")[0].strip() for row in shown.splitlines()[2:]} <= {"lo"}
    converting._without_network.cache_clear()
    monkeypatch.setattr(converting.shutil, "which", lambda _name: None)
    assert converting._without_network() == ()
    converting._without_network.cache_clear()


def test_it_has_only_so_much_of_the_processor(monkeypatch, tmp_path):
    """So that it ends by itself where the server, which would end it, has ended first."""
    mark = tmp_path / "seconds"
    monkeypatch.setattr(converting, "converter", lambda: program(tmp_path, f"ulimit -t > {mark}; exit 1"))
    monkeypatch.setattr(converting, "_without_network", tuple)
    with pytest.raises(IntakeError):
        converting.convert(b"x", ".doc", "a.doc", WORDS)
    assert int(mark.read_text()) == converting.SECONDS
