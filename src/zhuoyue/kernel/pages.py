"""Every address declares who may open it; the declaration is enforced here and walked by the tests.

    @page("applications.edit", find=application_by_id, methods=("GET", "POST"))
    def section(request, application, *, key): ...

`find` takes the address's parameters that it names and returns the object or None. Whoever may not see the object
gets the answer of an object that does not exist. A POST that carries a `once` key is carried out once.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from zhuoyue.kernel import access, idempotency, typed
from zhuoyue.kernel.kept import has_secret, typed_fields

View = Callable[..., HttpResponse]
PUBLIC = access.permission("public", (lambda _by, _obj: True, access.HIDDEN), for_visitors=True)
SIGNED_IN = access.permission("signed_in", (lambda by, _obj: by.is_authenticated, _("请先登录。")))
READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Declared:
    """What an address says of itself."""

    permission: str
    methods: tuple[str, ...]
    find: Callable[..., Any] | None


def page(
    permission: str,
    *,
    find: Callable[..., Any] | None = None,
    methods: tuple[str, ...] = ("GET",),
) -> Callable[[View], View]:
    names = tuple(inspect.signature(find).parameters) if find else ()
    taken = (*methods, "HEAD") if "GET" in methods else methods  # reading an address that only writes would write

    def declare(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in taken:
                return HttpResponseNotAllowed(taken)
            _clean(request)
            if not access.is_for_visitors(permission) and not request.user.is_authenticated:
                return _sign_in_first(request)
            given = {name: kwargs.pop(name) for name in names}
            positional = []
            obj = None
            if find is not None:
                obj = find(**given)
                if obj is None:
                    raise Http404
                positional = [obj]
            try:
                access.check(permission, request.user, obj)
                if request.method in READING:
                    return view(request, *positional, **kwargs)
                return _write(request, lambda: view(request, *positional, **kwargs))
            except access.RefusedError as refused:
                if refused.hidden:
                    raise Http404 from refused
                raise PermissionDenied(str(refused.reason)) from refused

        answer.declared = Declared(permission, methods, find)  # type: ignore[attr-defined]
        return answer

    return declare


def outside(view: View, permission: str) -> View:
    """Declare the access of a view that a library brings and guards itself."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        if not access.is_for_visitors(permission) and not request.user.is_authenticated:
            return _sign_in_first(request)
        return view(request, **kwargs)

    answer.declared = Declared(permission, ("GET", "POST"), None)  # type: ignore[attr-defined]
    return answer


def _clean(request: HttpRequest) -> None:
    """Take out of what was sent the marks that neither a database nor a file format can hold; secrets stay whole."""
    for sent in ("GET", "POST"):
        data = getattr(request, sent)
        rows = [(name, [typed.storable(value) for value in values]) for name, values in data.lists()]
        if has_secret(request) or all(values == data.getlist(name) for name, values in rows):
            continue
        cleaned = data.copy()
        for name, values in rows:
            cleaned.setlist(name, values)
        setattr(request, sent, cleaned)


def _write(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Carry out a form once; what cannot be taken comes back on a page that holds all that was typed."""
    try:
        return idempotency.carry_out(request, view)
    except idempotency.KeyUsedError:
        return render(request, "shared/form_used.html", _kept(request, key=idempotency.new_key()), status=409)
    except typed.NameFaultError as fault:
        return render(request, "shared/name_refused.html", {**_kept(request), "fault": fault.message}, status=422)


def _kept(request: HttpRequest, *, key: str = "") -> dict[str, Any]:
    """What pages that hold a form for its sender are given."""
    return {"kept": typed_fields(request, key=key), "files": list(request.FILES), "again": request.get_full_path()}


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Reading leads to the sign-in page; a form keeps what was typed and offers to send it again."""
    if request.method in READING:
        return redirect_to_login(request.get_full_path())
    context = {**_kept(request), "next_field": REDIRECT_FIELD_NAME}
    return render(request, "shared/session_expired.html", context, status=401)
