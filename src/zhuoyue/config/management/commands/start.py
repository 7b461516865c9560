"""Everything that a first look needs, and a small installation to work with: one command."""

import os
import signal
import socket
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from zhuoyue.config import system_packages
from zhuoyue.config.database import prepare_database
from zhuoyue.config.demo.cast import PASSWORD, SIGN_INS, demonstration_codes
from zhuoyue.config.demo.stages import STEPS
from zhuoyue.domain.accounts.models import Person
from zhuoyue.kernel.durability import empty_log, faults_of

# One pool of memory for all threads: they take turns anyway, and the pools of four would lie half empty. No columns in
# the table of each line of code: a fault is logged with its line all the same.
THRIFTY = {"MALLOC_ARENA_MAX": "1", "PYTHONNODEBUGRANGES": "1"}


class Command(BaseCommand):
    help = "Start the server and its worker. An empty installation opens on a demonstration (unless --empty)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument(
            "--processes", type=int, default=min(2, os.cpu_count() or 1), help="server processes; of 100 MB each"
        )
        parser.add_argument("--stage", choices=list(STEPS), default="review", help="stage of the demonstration")
        parser.add_argument("--empty", action="store_true", help="no demonstration")

    def handle(self, *_args: Any, **options: Any) -> None:
        self._refuse_taken_port(options["host"], options["port"])
        for line in system_packages.provide():
            self.stdout.write(line)
        prepare_database()
        self._refuse_unless_durable()
        call_command("collectstatic", interactive=False, verbosity=0)
        if not options["empty"] and not Person.objects.exists():
            self.stdout.write("第一次启动，正在装入演示内容（约二十秒）……")
            call_command("demo", stage=options["stage"])
        self._welcome(options)
        connection.close()
        self._serve(options)

    def _refuse_taken_port(self, host: str, port: int) -> None:
        """The server shares its port with whoever else asks to: two installations would answer in turn."""
        kind, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(address)
            except OSError as error:
                advice = f"请先停止占用它的程序，或换一个端口：zhuoyue start --port {port + 1}"
                raise CommandError(f"{host} 的端口 {port} 不能用（{error.strerror}）。{advice}") from error

    def _refuse_unless_durable(self) -> None:
        found = faults_of("default")
        if found:
            raise CommandError("数据库设置不能保证已确认的内容不丢失，拒绝启动：" + "；".join(found))

    def _welcome(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"\n卓越已启动：http://{options['host']}:{options['port']}/")
        if Person.objects.filter(email=SIGN_INS[0][1]).exists():
            self.stdout.write(f"演示账号（口令都是 {PASSWORD}）：")
            for role, email in SIGN_INS:
                self.stdout.write(f"  {role}  {email}")
            for line in demonstration_codes():
                self.stdout.write(line)
        self.stdout.write("按 Ctrl+C 停止。\n")
        self.stdout.flush()

    def _serve(self, options: dict[str, Any]) -> None:
        """Server and worker as two processes; when one ends, the other is stopped."""
        environment = {**THRIFTY, **os.environ, "ZHUOYUE_DATA": str(settings.DATA)}
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(options["processes"])]
        server += ["--blocking-threads", "2"]
        server += ["--host", options["host"], "--port", str(options["port"]), "--log-level", "warning"]
        server += ["zhuoyue.config.wsgi:application"]
        worker = [sys.executable, "-m", "django", "worker"]
        running = [subprocess.Popen(command, env=environment) for command in (server, worker)]  # noqa: S603 - our own commands
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            running[0].wait()
        except KeyboardInterrupt:
            pass
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)
            empty_log()
