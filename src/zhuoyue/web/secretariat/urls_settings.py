"""设置 and 推荐单位: standards, packs, phases, people of the office, outbox, record, recommending bodies."""

from django.urls import path

from zhuoyue.web.secretariat.views import settings_reading as reading
from zhuoyue.web.secretariat.views import settings_standards as standards
from zhuoyue.web.secretariat.views import settings_start as start

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
]
