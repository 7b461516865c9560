from typing import Any

from zhuoyue.web.shared.dossier.mount import DeskPage
from zhuoyue.web.shared.dossier.shown import language_of_page, said


def framed(place: DeskPage, **context: Any) -> dict[str, Any]:
    """What every kind of section shows: where it stands, whether it may be written, what a return asks of it."""
    section = place.section
    return place.frame(
        **{
            "section": section,
            "title": section.title_in(language_of_page()),
            "part_help": said(section.part.help),
            "number": place.number,
            "count": len(place.sections),
            "refused": place.desk.refused,
            "asked": place.desk.wanted_in(section.key),
            "next_url": place.next_url,
            "self_url": place.self_url,
            **context,
        }
    )
