"""Documents are drawn beside the server, from our own files alone; a failure is a page in words."""

import json
import subprocess
import sys

import pypdfium2
import pytest

from zhuoyue.web.shared import pdf
from zhuoyue.web.shared.printing import OutsideError, own_file


def text_of(content):
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_a_template_becomes_a_pdf_in_a_process_of_its_own(rf):
    response = pdf.pdf_response(rf.get("/"), "shared/errors/404.html", {}, name="没有.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert "没有找到这个页面" in text_of(response.content)


def test_only_files_below_the_static_folders_are_ours(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.css").write_text("p{}")
    (tmp_path / "secret").write_text("x")
    folders = [str(tmp_path / "missing"), str(tmp_path / "static")]
    assert own_file("http://document.invalid/static/a.css?v=1", "/static/", folders).name == "a.css"
    for url in (
        "http://elsewhere.example/a.css",
        "file:///etc/passwd",
        "http://document.invalid/static/../secret",
        "http://document.invalid/static/%2e%2e/secret",
        "http://document.invalid/static/missing.css",
        "http://document.invalid/a.css",
    ):
        with pytest.raises(OutsideError):
            own_file(url, "/static/", folders)


def test_a_document_that_asks_for_something_outside_is_not_given_it(tmp_path):
    (tmp_path / "a.css").write_text("p { color: red }")
    html = '<link rel="stylesheet" href="/static/a.css"><img src="http://elsewhere.example/x.png"><p>好</p>'
    asked = json.dumps({"html": html, "prefix": "/static/", "folders": [str(tmp_path)]}).encode()
    command = [sys.executable, "-m", "zhuoyue.web.shared.printing"]
    done = subprocess.run(command, input=asked, capture_output=True, check=True)
    assert text_of(done.stdout).strip() == "好"


def test_a_drawing_that_fails_is_a_page_that_says_what_to_do(rf, monkeypatch):
    def fails(*_args, **_options):
        raise subprocess.CalledProcessError(1, "printing", stderr="没有字体".encode())

    monkeypatch.setattr(subprocess, "run", fails)
    response = pdf.pdf_response(rf.get("/"), "shared/errors/404.html", {}, name="a.pdf")
    assert response.status_code == 503
    assert "重新打开" in response.content.decode()


def test_a_drawing_that_takes_too_long_is_given_up(rf, monkeypatch):
    monkeypatch.setattr(pdf, "WITHIN", 0.01)
    assert pdf.pdf_response(rf.get("/"), "shared/errors/404.html", {}, name="a.pdf").status_code == 503
