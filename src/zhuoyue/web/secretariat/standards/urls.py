from django.urls import path

from zhuoyue.web.secretariat.standards.views import outline, reading, standards

urlpatterns = [
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
]
