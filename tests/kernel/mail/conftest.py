import email
import email.policy
import socket

import pytest
from aiosmtpd.controller import Controller


class Postbox:
    """A real SMTP server's handler: keeps what it takes and answers as told."""

    def __init__(self):
        self.letters = []
        self.answers = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the name aiosmtpd calls
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the name aiosmtpd calls
        answer = self.answers.get("DATA", "250 OK")
        if answer.startswith("250"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return answer

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802 - the name aiosmtpd calls
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
def smtp(postbox, settings):
    """A real server on loopback, and the settings that lead to it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(postbox, hostname="127.0.0.1", port=port, server_hostname="loopback")
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "卓越秘书处 <office@award.example>"
    yield controller
    controller.stop(no_assert=True)
