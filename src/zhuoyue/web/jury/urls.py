from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from zhuoyue.kernel.pages import page


@page("review.be_juror")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "shared/base.html")


app_name = "jury"
urlpatterns = [path("", home, name="home")]
