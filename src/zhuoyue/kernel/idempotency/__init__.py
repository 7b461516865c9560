"""A form is carried out once, however often it arrives."""

import hashlib
import hmac
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhuoyue.kernel.audit import actor_name

FIELD = "once"
MOST_KEPT = 64 * 1024
REFUSED = 400


class KeyUsedError(Exception):
    """The key was sent before: with other content, by somebody else, or to another address."""


def new_key() -> str:
    return str(uuid.uuid4())


def _key_of(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def carry_out(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer `request` with `view()`, or with the answer already given to all of this: key, person, address, content.

    The key is stored in the transaction of the change itself: two arrivals at once cannot both pass. A refused form
    (status 400 and above) frees its key, so that the corrected form may use it again. Raises KeyUsedError.
    """
    from zhuoyue.kernel.idempotency.models import Answer  # noqa: PLC0415 - models load after the package

    key = _key_of(request)
    if key is None:
        return view()
    digest = _digest_of(request)
    with transaction.atomic():
        try:
            with transaction.atomic():
                answer = Answer.objects.create(key=key, digest=digest)
        except IntegrityError:
            return _given_before(Answer.objects.filter(key=key, digest=digest).first())
        response = view()
        if response.status_code < REFUSED and len(response.content) <= MOST_KEPT:
            answer.status = response.status_code
            answer.location = response.get("Location", "")
            answer.body = response.content
            answer.save()
        else:
            answer.delete()
        return response


def _given_before(answer: Any) -> HttpResponse:
    if answer is None:
        raise KeyUsedError
    if answer.location:
        return HttpResponseRedirect(answer.location)
    return HttpResponse(bytes(answer.body), status=answer.status)


def _digest_of(request: HttpRequest) -> str:
    """Who sent what to which address, as a value that says nothing to whoever reads the database.

    A ballot has few possible contents: its digest is keyed with the browser's own token, which is stored nowhere here.
    """
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    digest = hmac.new(token.encode("utf-8", "replace"), digestmod=hashlib.sha256)
    for part in _content(request):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()


def _content(request: HttpRequest) -> Iterator[bytes]:
    texts = [actor_name(request.user), request.get_full_path()]
    typed = [(name, value) for name, values in sorted(request.POST.lists()) for value in values]
    texts += [text for name, value in typed if name not in {FIELD, "csrfmiddlewaretoken"} for text in (name, value)]
    yield from (text.encode("utf-8", "replace") for text in texts)
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield from (b"file", name.encode("utf-8", "replace"), str(file.name).encode("utf-8", "replace"))
            yield _digest_of_file(file)


def _digest_of_file(file: UploadedFile) -> bytes:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()
