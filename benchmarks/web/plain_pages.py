from django.http import HttpRequest, HttpResponse
from django.urls import path

from zhuoyue.kernel.pages import PUBLIC, SIGNED_IN, page


@page(SIGNED_IN)
def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("-")


@page(PUBLIC)
def ready(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("-")


urlpatterns = [path("nothing/", nothing), path("privacy/", ready)]
