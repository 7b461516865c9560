from urllib.parse import unquote

import pytest

from kernel.files import specimens as made
from zhuoyue.kernel.files import as_attachment

pytestmark = pytest.mark.django_db


def test_a_file_goes_out_as_an_attachment_that_cannot_run(hand_in):
    response = as_attachment(hand_in(made.pdf(), "卓越 质量报告.pdf"))
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert unquote(disposition.split("''")[1]) == "卓越 质量报告.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(made.pdf()))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == made.pdf()
    response.close()


def test_a_name_cannot_add_a_header(hand_in):
    response = as_attachment(hand_in(made.pdf(), 'a"; x="\r\nSet-Cookie: b.pdf'))
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"] == 'attachment; filename="a_; x=_ Set-Cookie_ b.pdf"'
    response.close()
