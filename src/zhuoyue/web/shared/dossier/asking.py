"""Sections of a form that stands outside a dossier (a sign-up): their questions, and what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from zhuoyue.domain.dossiers.checks import Fault
from zhuoyue.domain.dossiers.desk import Options
from zhuoyue.domain.dossiers.parts import sections_of
from zhuoyue.domain.dossiers.sections import Section
from zhuoyue.packs.programmes.schema.forms import Form
from zhuoyue.web.shared.dossier.fields import Box
from zhuoyue.web.shared.dossier.parts import face_of
from zhuoyue.web.shared.dossier.parts.base import TypedFace, errors_of


def questions_of(
    section: Section, value: Mapping[str, Any], faults: Sequence[Fault] = (), options: Options | None = None
) -> list[Box]:
    part = section.part
    return face_of(part).boxes(part, section, value, errors_of(faults), options or {})


def asked_sections(form: Form) -> tuple[Section, ...]:
    """The sections that are asked one question below the other."""
    return tuple(section for section in sections_of(form) if questions_of(section, {}))


def posted_in(section: Section, data: QueryDict) -> dict[str, Any]:
    """What was typed into one of `asked_sections`, in the shape that `dossiers.cleaning` takes."""
    face = face_of(section.part)
    return face.posted(section.part, data) if isinstance(face, TypedFace) else {}
