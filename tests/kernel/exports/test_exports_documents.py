import io
from urllib.parse import unquote

import pytest
from docx import Document

from zhuoyue.kernel.exports import as_docx

pytestmark = pytest.mark.django_db  # the end of an answer closes old connections
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def answered(title, *paragraphs):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    response = as_docx(title, document)
    content = b"".join(response.streaming_content)
    response.close()
    return response, content


def test_a_document_arrives_whole():
    _response, content = answered("申报书", "一、企业简介", "目标分解到班组。")
    read = Document(io.BytesIO(content))
    assert [paragraph.text for paragraph in read.paragraphs] == ["一、企业简介", "目标分解到班组。"]


def test_a_document_goes_out_under_its_chinese_name_and_is_guarded():
    response, content = answered("2021年度 申报书")
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''2021年度 申报书.docx"
    assert response["Content-Type"] == WORD
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_title_with_marks_that_no_file_may_carry_is_cleaned():
    response, _content = answered('甲"乙:丙')
    assert unquote(response["Content-Disposition"]) == "attachment; filename*=utf-8''甲_乙_丙.docx"
