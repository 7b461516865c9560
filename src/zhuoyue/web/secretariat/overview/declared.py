from django.utils.translation import pgettext_lazy

from zhuoyue.web.secretariat.places import Place, listed

PLACES = (Place("overview", pgettext_lazy("nav", "总览"), "cycle", 10),)
PAGES = {"programmes.cycle": listed("cycle")}
