"""Formats that only an office program can read, turned into .docx by LibreOffice where it is installed.

It runs as a process of its own that opens one file and ends: in a folder and with a profile made for it, without
macros, without network, within limits of time, memory and disk. Nothing of it stays.
"""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from zhuoyue.intake.errors import IntakeError, Words

SECONDS = 60
_MEMORY = 2_000_000_000  # bytes of address space
_DISK = 100_000_000  # bytes of the largest file it may write
_FILTER = "docx:MS Word 2007 XML"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
    oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
    oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
    oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
    oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"
    oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"
    oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"
    oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"
    oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"
    oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def converter() -> str:
    """The path of LibreOffice; empty where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def convert(data: bytes, extension: str, name: str, found: Words, seconds: float = SECONDS) -> bytes:
    """The document as .docx. `extension` says what the content is; `found` are the words for it.

    Raises IntakeError("no_converter") without LibreOffice, and IntakeError("not_converted") where it gives no result.
    """
    program = converter()
    if not program:
        raise IntakeError("no_converter", name=name, found=found)
    with tempfile.TemporaryDirectory(prefix="zhuoyue-convert-") as folder:
        source = Path(folder, f"source{extension}")
        source.write_bytes(data)
        made = _run(program, Path(folder), source, seconds)
        result = Path(folder, "out", "source.docx")
        if not made or not result.is_file():
            raise IntakeError("not_converted", name=name, found=found)
        return result.read_bytes()


def _run(program: str, folder: Path, source: Path, seconds: float) -> bool:
    """Whether it ended by itself and well. All its children end with it, however it ends."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    options = ("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
    command = [
        *_without_network(),
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *options,
        "--convert-to",
        _FILTER,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    process = subprocess.Popen(  # noqa: S603 - a program of the system, fixed options, a file name of our own
        command,
        cwd=folder,
        env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_limit,  # noqa: PLW1509 - it only sets limits, and takes no lock
    )
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """The process leads a group of its own, in which all that it started stands."""
    with suppress(ProcessLookupError):  # all of it has ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_DISK, _DISK))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # ends by itself even where whoever waits for it has ended first
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


@cache
def _without_network() -> Sequence[str]:
    """A prefix that runs a command where there is no network at all, on systems that let anybody do so.

    Elsewhere the profile's proxy, which leads nowhere, and its refusal of links have to do.
    """
    unshare, true = shutil.which("unshare"), shutil.which("true")
    if not unshare or not true:
        return ()
    prefix = (unshare, "--user", "--map-current-user", "--net")
    try:
        tried = subprocess.run([*prefix, true], capture_output=True, timeout=10, check=False)  # noqa: S603 - fixed
    except (OSError, subprocess.SubprocessError):
        return ()
    return prefix if tried.returncode == 0 else ()
