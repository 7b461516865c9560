"""The pool of experts, their invitations and conflicts of interest."""

from django.urls import path

from zhuoyue.web.secretariat.experts import views

urlpatterns = [
    path("experts/<uuid:expert_id>/", views.expert, name="expert"),
    path("experts/<uuid:expert_id>/edit/", views.edit_expert, name="edit_expert"),
    path("invitations/<uuid:invitation_id>/resend/", views.resend_invitation, name="resend_invitation"),
    path("invitations/<uuid:invitation_id>/revoke/", views.revoke_invitation, name="revoke_invitation"),
    path("conflicts/<uuid:conflict_id>/", views.rule_conflict, name="rule_conflict"),
    path("cycles/<slug:slug>/experts/", views.experts, name="experts"),
    path("cycles/<slug:slug>/experts/new/", views.new_expert, name="new_expert"),
    path("cycles/<slug:slug>/experts/invite/", views.invite, name="invite"),
]
