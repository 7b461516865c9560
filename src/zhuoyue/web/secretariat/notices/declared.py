from django.utils.translation import pgettext_lazy

from zhuoyue.web.secretariat.places import Place, at

PLACES = (Place("notices", pgettext_lazy("nav", "通知"), "notices", 70),)
PAGES = {"programmes.notice": at("notice")}
