"""A form is carried out once, however often it arrives."""

import uuid
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhuoyue.kernel.audit import actor_name

FIELD = "once"
MOST_KEPT = 64 * 1024


def new_key() -> str:
    return str(uuid.uuid4())


def _key_of(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def carry_out(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer `request` with `view()`, or with the answer already given to the same key on the same path.

    The key is stored in the transaction of the change itself: two arrivals at once cannot both pass. A refused form
    (status 400 and above) frees its key, so that the corrected form may use it again.
    """
    from zhuoyue.kernel.idempotency.models import Answer  # noqa: PLC0415 - models load after the package

    key = _key_of(request)
    if key is None:
        return view()
    person = actor_name(request.user)
    try:
        with transaction.atomic():
            answer = Answer.objects.create(key=key, person=person, path=request.path)
            response = view()
            kept = response.status_code < 400 and len(response.content) <= MOST_KEPT  # noqa: PLR2004 - HTTP
            if kept:
                answer.status = response.status_code
                answer.location = response.get("Location", "")
                answer.body = response.content
                answer.save()
            else:
                answer.delete()
            return response
    except IntegrityError:
        earlier = Answer.objects.filter(key=key, person=person, path=request.path).exclude(status=0).first()
        if earlier is None:
            raise
    if earlier.location:
        return HttpResponseRedirect(earlier.location)
    return HttpResponse(bytes(earlier.body), status=earlier.status)
