"""设置 and 推荐单位: standards, packs, phases, people of the office, outbox, record, recommending bodies."""

from django.urls import path

from zhuoyue.web.secretariat.views import bodies
from zhuoyue.web.secretariat.views import settings_letters as letters
from zhuoyue.web.secretariat.views import settings_outline as outline
from zhuoyue.web.secretariat.views import settings_packs as packs
from zhuoyue.web.secretariat.views import settings_people as people
from zhuoyue.web.secretariat.views import settings_phases as phases
from zhuoyue.web.secretariat.views import settings_reading as reading
from zhuoyue.web.secretariat.views import settings_record as record
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
    path("standards/<uuid:edition_id>/take-on/", standards.take_on_edition, name="take_on_edition"),
    path("standards/<uuid:edition_id>/confirm/", standards.confirm_edition, name="confirm_edition"),
    path("standards/<uuid:edition_id>/reopen/", standards.reopen_edition, name="reopen_edition"),
    path("standards/<uuid:edition_id>/document/", standards.edition_document, name="edition_document"),
    path("standards/<uuid:edition_id>/review/", reading.review_edition, name="review_edition"),
    path("standards/nodes/<uuid:node_id>/edit/", reading.edit_node, name="edit_node"),
    path("standards/nodes/<uuid:node_id>/arrange/", outline.arrange_node, name="arrange_node"),
    path("standards/nodes/<uuid:node_id>/move/", outline.move_node, name="move_node"),
    path("standards/nodes/<uuid:node_id>/merge/", outline.merge_node, name="merge_node"),
    path("standards/nodes/<uuid:node_id>/split/", outline.split_node, name="split_node"),
    path("standards/nodes/<uuid:node_id>/remove/", outline.remove_node, name="remove_node"),
    path("standards/<uuid:edition_id>/place/", outline.place_lines, name="place_lines"),
    path("standards/<uuid:edition_id>/undo/", outline.undo_change, name="undo_change"),
    path("packs/", packs.packs, name="packs"),
    path("packs/check/", packs.check, name="check_pack"),
    path("packs/load/", packs.load, name="load_pack"),
    path("packs/shipped/<slug:key>/", packs.shipped, name="shipped_pack"),
    path("packs/shipped/<slug:key>/file/", packs.export_shipped, name="export_shipped"),
    path("packs/versions/<uuid:version_id>/", versions.rules_version, name="rules_version"),
    path("packs/versions/<uuid:version_id>/file/", versions.download_version, name="download_version"),
    path("packs/versions/<uuid:version_id>/cycle/", versions.make_cycle, name="make_cycle"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add_colleague, name="add_colleague"),
    path("people/<uuid:membership_id>/call/", people.call_colleague, name="call_colleague"),
    path("people/<uuid:membership_id>/end/", people.end_colleague, name="end_colleague"),
    path("phases/<uuid:phase_id>/edit/", phases.edit_phase, name="edit_phase"),
    path("health/", record.health, name="health"),
    path("cycles/<slug:slug>/phases/", phases.phases, name="phases"),
    path("cycles/<slug:slug>/letters/", letters.letters, name="letters"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("cycles/<slug:slug>/letters/again/", letters.send_failed_again, name="send_failed_again"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/ask/", letters.ask_hand_over, name="ask_hand_over"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/hand-over/", letters.hand_over, name="hand_over_letter"),
    path("cycles/<slug:slug>/letters/<uuid:letter_id>/again/", letters.send_again, name="send_letter_again"),
    path("cycles/<slug:slug>/record/", record.record, name="record"),
    path("cycles/<slug:slug>/record/verify/", record.verify, name="verify_record"),
    path("cycles/<slug:slug>/bodies/", bodies.bodies, name="bodies"),
    path("cycles/<slug:slug>/bodies/add/", bodies.add_body, name="add_body"),
    path("cycles/<slug:slug>/bodies/<uuid:body_id>/extend/", bodies.extend_term, name="extend_term"),
    path("cycles/<slug:slug>/bodies/officers/<uuid:officer_id>/end/", bodies.end_officer, name="end_officer"),
    path(
        "cycles/<slug:slug>/bodies/officers/<uuid:officer_id>/confirm/",
        bodies.confirm_officer,
        name="confirm_officer",
    ),
]
