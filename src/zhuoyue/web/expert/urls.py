from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from zhuoyue.kernel.pages import page


@page("review.be_expert")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "shared/base.html")


app_name = "expert"
urlpatterns = [path("", home, name="home")]
