"""The shared addresses and a few pages that fail in every way a page can."""

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.urls import include, path

from zhuoyue.kernel.pages import PUBLIC, SIGNED_IN, page


class TextForm(forms.Form):
    method = forms.CharField(label="方法", widget=forms.Textarea(attrs={"data-limit": "20"}))


@page(PUBLIC, methods=("GET", "POST"))
def sample(request):
    return render(request, "shared/public_base.html", {"nav": [{"label": "首页", "url": "/"}]})


@page(SIGNED_IN, methods=("POST",))
def only_post(request):
    return HttpResponse("kept")


@page(PUBLIC)
def refused(request):
    raise PermissionDenied("报名期已于8月20日结束。")


@page(PUBLIC)
def hidden(request, number):
    raise Http404(f"number {number} is not for you")


@page(PUBLIC)
def broken(request):
    raise RuntimeError("broken on purpose")


@page(PUBLIC)
def unreadable(request):
    raise BadRequest


@page(PUBLIC, methods=("GET", "POST"))
def conflict(request):
    rows = [{"label": "方法", "name": "method", "stored": "甲的文字\n第二行", "yours": "乙的文字"}]
    context = {"rows": rows, "again": "/sample/", "hidden": [("version", 4)]}
    return render(request, "shared/conflict.html", context, status=409)


AUTOSAVED = """{% extends "shared/base.html" %}{% load zy %}
{% block content %}<h1>方法</h1>{% cotton save-state form="text" / %}
<form id="text" method="post" action="/conflict/" data-autosave="/autosaved/" novalidate>{% once %}
<input type="hidden" name="version" value="1">{% form form %}
<button class="btn btn-primary">保存</button></form>{% endblock %}
{% block scripts %}{% script "autosave" "count" %}{% endblock %}"""
SAVES = []


@page(PUBLIC, methods=("GET", "POST"))
def autosaved(request):
    """Answers a save by what was typed: the word asks for the answer."""
    if request.method == "POST":
        text = request.POST["method"]
        SAVES.append(text)
        status = {"过期": 401, "冲突": 409, "超长": 422, "坏了": 500}.get(text, 200)
        if status == 422:
            return JsonResponse({"errors": {"method": "超过20字"}}, status=status)
        return JsonResponse({"version": len(SAVES) + 1, "at": "14:32"}, status=status)
    context = RequestContext(request, {"form": TextForm(initial={"method": "原来的"})})
    return HttpResponse(Template(AUTOSAVED).render(context))


urlpatterns = [
    path("", include("zhuoyue.web.shared.urls")),
    path("sample/", sample, name="sample"),
    path("only-post/", only_post),
    path("refused/", refused),
    path("hidden/<int:number>/", hidden),
    path("broken/", broken),
    path("unreadable/", unreadable),
    path("conflict/", conflict),
    path("autosaved/", autosaved),
]
handler400 = "zhuoyue.web.shared.errors.bad_request"
handler403 = "zhuoyue.web.shared.errors.permission_denied"
handler404 = "zhuoyue.web.shared.errors.not_found"
handler500 = "zhuoyue.web.shared.errors.server_error"
