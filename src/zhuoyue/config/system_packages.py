"""Libraries that PDF needs and pip cannot bring: installed where we may, named where we may not."""

import ctypes.util
import os
import shutil
import subprocess

NEEDED = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
FONT = "fonts-noto-cjk"


def missing() -> list[str]:
    """Debian's names of what is not there. Without harfbuzz-subset a Chinese PDF takes forty times as long."""
    found = [package for library, package in NEEDED.items() if ctypes.util.find_library(library) is None]
    fonts = shutil.which("fc-list")
    listed = subprocess.run([fonts, ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout if fonts else ""  # noqa: S603 - a fixed command
    return found if listed.strip() else [*found, FONT]


def provide() -> list[str]:
    """Install what is missing on Debian when we are root or sudo asks nothing; say what was done or what to do."""
    wanted = missing()
    if not wanted:
        return []
    command = f"apt-get install -y --no-install-recommends {' '.join(wanted)}"
    if shutil.which("apt-get") is None:
        return ["没有找到生成 PDF 所需的 Pango 和中文字体；其余功能不受影响。macOS 上可运行：brew install pango"]
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode:  # noqa: S607 - found on the path on purpose
        return [f"生成 PDF 还需要系统组件；其余功能不受影响。请运行：sudo {command}"]
    done = subprocess.run([*prefix, "apt-get", "update", "-qq"], capture_output=True, check=False).returncode == 0  # noqa: S603 - a fixed command
    done &= subprocess.run([*prefix, *command.split()], capture_output=True, check=False).returncode == 0  # noqa: S603 - a fixed command
    if done:
        return [f"已安装生成 PDF 所需的系统组件：{'、'.join(wanted)}"]
    return [f"没能安装生成 PDF 所需的系统组件；其余功能不受影响。请运行：{command}"]
