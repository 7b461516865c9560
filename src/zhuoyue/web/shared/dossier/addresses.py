"""The addresses of a desk, for a face to stand among its own.

urlpatterns = [..., *desk_addresses("applications/<uuid:application_id>/", MOUNT)]
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import URLPattern, path

from zhuoyue.kernel.pages import page
from zhuoyue.web.shared.dossier.answering import series
from zhuoyue.web.shared.dossier.mount import Mount
from zhuoyue.web.shared.dossier.views import check, documents, sections

READ, WRITE, BOTH = ("GET",), ("POST",), ("GET", "POST")


def desk_addresses(prefix: str, mount: Mount) -> list[URLPattern]:
    """Every page of the desk, each under the permission of the owner to see it."""
    see = mount.declared.see

    def at(route: str, view: Callable[..., Any], name: str, methods: tuple[str, ...] = READ) -> URLPattern:
        declared = page(see, find=mount.find, methods=methods)(partial(view, mount=mount))
        return path(f"{prefix}{route}", declared, name=f"{mount.prefix}{name}")

    return [
        at("part/<path:key>/", sections.section, "section", BOTH),
        at("series/new/<str:node>/", series.new, "new_series", BOTH),
        at("series/preview/<str:node>/", series.preview, "preview_series"),
        at("series/<uuid:indicator_id>/", series.edit, "edit_series", BOTH),
        at("series/<uuid:indicator_id>/remove/", series.remove, "remove_series", WRITE),
        at("files/<uuid:file_id>/", sections.file, "file"),
        at("check/", check.check, "check"),
        at("preview/", documents.preview, "preview"),
        at("document.pdf", documents.pdf, "pdf"),
        at("document.docx", documents.word, "word"),
        at("versions/<int:number>/", check.version, "version"),
    ]
