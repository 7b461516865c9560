"""Packs, the versions of a programme's rules, and the phases of a cycle."""

from django.urls import path

from zhuoyue.web.secretariat.programmes.views import packs, phases, versions

urlpatterns = [
    path("packs/", packs.packs, name="packs"),
    path("packs/check/", packs.check, name="check_pack"),
    path("packs/load/", packs.load, name="load_pack"),
    path("packs/shipped/<slug:key>/", packs.shipped, name="shipped_pack"),
    path("packs/shipped/<slug:key>/file/", packs.export_shipped, name="export_shipped"),
    path("packs/versions/<uuid:version_id>/", versions.rules_version, name="rules_version"),
    path("packs/versions/<uuid:version_id>/file/", versions.download_version, name="download_version"),
    path("packs/versions/<uuid:version_id>/cycle/", versions.make_cycle, name="make_cycle"),
    path("phases/<uuid:phase_id>/edit/", phases.edit_phase, name="edit_phase"),
    path("deadlines/<uuid:deadline_id>/edit/", phases.edit_deadline, name="edit_deadline"),
    path("cycles/<slug:slug>/phases/", phases.phases, name="phases"),
]
