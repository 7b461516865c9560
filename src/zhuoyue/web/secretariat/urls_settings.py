"""设置 and 推荐单位: standards, packs, phases, people of the office, outbox, record, recommending bodies."""

from django.urls import path

from zhuoyue.web.secretariat.views import settings_packs as packs
from zhuoyue.web.secretariat.views import settings_reading as reading
from zhuoyue.web.secretariat.views import settings_standards as standards
from zhuoyue.web.secretariat.views import settings_start as start
from zhuoyue.web.secretariat.views import settings_versions as versions

urlpatterns = [
    path("", start.settings, name="settings"),
    path("standards/", standards.standards, name="standards"),
    path("standards/import/", standards.import_standard, name="import_standard"),
    path("standards/shipped/", standards.load_shipped, name="load_shipped"),
    path("standards/<uuid:edition_id>/", standards.edition, name="edition"),
    path("standards/<uuid:edition_id>/edit/", standards.edit_edition, name="edit_edition"),
    path("standards/<uuid:edition_id>/confirm/", standards.confirm_edition, name="confirm_edition"),
    path("standards/<uuid:edition_id>/reopen/", standards.reopen_edition, name="reopen_edition"),
    path("standards/<uuid:edition_id>/document/", standards.edition_document, name="edition_document"),
    path("standards/<uuid:edition_id>/review/", reading.review_edition, name="review_edition"),
    path("standards/nodes/<uuid:node_id>/edit/", reading.edit_node, name="edit_node"),
    path("packs/", packs.packs, name="packs"),
    path("packs/check/", packs.check, name="check_pack"),
    path("packs/load/", packs.load, name="load_pack"),
    path("packs/shipped/<slug:key>/", packs.shipped, name="shipped_pack"),
    path("packs/shipped/<slug:key>/file/", packs.export_shipped, name="export_shipped"),
    path("packs/versions/<uuid:version_id>/", versions.rules_version, name="rules_version"),
    path("packs/versions/<uuid:version_id>/file/", versions.download_version, name="download_version"),
    path("packs/versions/<uuid:version_id>/cycle/", versions.make_cycle, name="make_cycle"),
]
