from django.urls import reverse

from zhuoyue.kernel.subjects import Thing
from zhuoyue.web.secretariat.places import Place, Reader


def _standards(_edition: Thing, _reader: Reader) -> str:
    return reverse("secretariat:standards")


PLACES: tuple[Place, ...] = ()
PAGES = {"criteria.edition": _standards}
