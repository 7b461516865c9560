from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhuoyue.kernel.pages import PUBLIC, page
from zhuoyue.web.public.navigation import nav


@page(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html", {"nav": nav()})


@page(PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html", {"nav": nav()})
