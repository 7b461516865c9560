from django.utils.translation import pgettext_lazy

from zhuoyue.kernel.subjects import Thing
from zhuoyue.web.secretariat.places import Place, Reader


def _letter(letter: Thing, reader: Reader) -> str:
    return reader.of_year("letter", letter.key())


PLACES = (Place("settings", pgettext_lazy("nav", "设置"), "settings", 80, of_year=False),)
PAGES = {"kernel.outboxmail": _letter}
