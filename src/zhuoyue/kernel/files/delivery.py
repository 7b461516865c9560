"""Files go out as attachments, whatever they contain. Who may have one is for the caller to check first."""

from django.http import FileResponse, HttpResponseBase

from zhuoyue.kernel.files.models import StoredFile
from zhuoyue.kernel.files.storing import open_stored


def as_attachment(file: StoredFile) -> FileResponse:
    response = FileResponse(open_stored(file), as_attachment=True, filename=file.name, content_type=file.content_type)
    guard(response)
    return response


def guard(response: HttpResponseBase) -> None:
    """Nothing in the answer may run, be guessed at, be embedded elsewhere or be kept on the way."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
