"""A dossier as its readers see it: sections with their answers, series with charts and words, files with links.

    view = dossier_view(snapshot, reader=Reader(file_url=..., mask=mask_of(run, application), options=...))
    {% include "shared/dossier/contents.html" with view=view %}

Nobody reads without saying who reads: what a blind reader must not see is left out here, for every face alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhuoyue.domain.dossiers.blindness import Mask
from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.models import Snapshot
from zhuoyue.domain.dossiers.parts import sections_of, type_of
from zhuoyue.domain.dossiers.queries import Contents, content_of, form_of, titles_of
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import Form
from zhuoyue.web.shared.dossier.parts import face_of
from zhuoyue.web.shared.dossier.shown import Content, DossierView, language_of_page, set_section

Titles = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads. `mask` hides the applicant; None, which must be said, is a reader who may know who applies.

    `file_url` turns the id of a stored file into an address of the reader's own face, which checks its own permission
    and that the file belongs to the snapshot. `options`: the lists of the programme that fields name.
    """

    file_url: Callable[[str], str]
    mask: Mask | None
    options: Options = field(default_factory=dict)

    @property
    def is_blind(self) -> bool:
        return self.mask is not None

    def may_read(self, section: Section) -> bool:
        """Neither facts of the applicant nor files, which would tell, for whom the rules hide who applies."""
        return not (self.is_blind and type_of(section.part).tells_who)


def dossier_view(source: Snapshot | Contents, *, reader: Reader) -> DossierView:
    """A frozen dossier, or the living one as it was read whole. Raises UnknownFormatError."""
    dossier = source.dossier
    content = source.frozen if isinstance(source, Snapshot) else content_of(dossier, source)
    return content_view(content, form_of(dossier), titles_of(dossier.edition_id), reader=reader)


def content_view(content: Mapping[str, Any], form: Form, titles: Titles, *, reader: Reader) -> DossierView:
    """Answers of a form that stand outside a dossier. `content` is shaped like that of a snapshot."""
    shown = _content(content, titles, reader)
    sections = [section for section in sections_of(form, titles) if reader.may_read(section)]
    return DossierView(tuple(set_section(face_of(section.part), section, shown) for section in sections))


def _content(content: Mapping[str, Any], titles: Titles, reader: Reader) -> Content:
    told = reader.mask.over(content) if reader.mask else content
    return Content(told, titles, reader.options, language_of_page(), reader.file_url)
