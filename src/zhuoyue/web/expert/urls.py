from django.urls import path

from zhuoyue.web.expert.views import books, consensus, desk, home, invitations, record, visits

app_name = "expert"
urlpatterns = [
    path("", home.home, name="home"),
    path("invitations/<uuid:invitation_id>/", invitations.invitation, name="invitation"),
    path("invitations/<uuid:invitation_id>/accept/", invitations.accept, name="accept"),
    path("invitations/<uuid:invitation_id>/decline/", invitations.decline, name="decline"),
    path("invitations/<uuid:invitation_id>/conflicts/", invitations.conflicts, name="conflicts"),
    path("invitations/<uuid:invitation_id>/conflicts/add/", invitations.add_tie, name="add_tie"),
    path("invitations/<uuid:invitation_id>/conflicts/declare/", invitations.declare, name="declare"),
    path("scoring/", books.books, name="books"),
    path("scoring/next/", home.next_book, name="next_book"),
    path("scoring/<uuid:assignment_id>/", desk.book, name="book"),
    path("scoring/<uuid:assignment_id>/next/", desk.next_item, name="next_item"),
    path("scoring/<uuid:assignment_id>/submit/", desk.submit, name="submit"),
    path("scoring/<uuid:assignment_id>/dossier/", desk.dossier, name="dossier"),
    path("scoring/<uuid:assignment_id>/files/<uuid:file_id>/", desk.file, name="file"),
    path("scoring/<uuid:assignment_id>/items/<str:code>/", desk.item, name="item"),
    path("consensus/", consensus.consensus_list, name="consensus_list"),
    path("consensus/<uuid:entry_id>/", consensus.room, name="consensus"),
    path("consensus/<uuid:entry_id>/items/<str:code>/agree/", consensus.agree, name="agree"),
    path("consensus/<uuid:entry_id>/items/<str:code>/dissent/", consensus.dissent, name="dissent"),
    path("consensus/<uuid:entry_id>/finish/", consensus.finish, name="finish_consensus"),
    path("consensus/<uuid:entry_id>/record.xlsx", consensus.export, name="consensus_record"),
    path("visits/", visits.visit_list, name="visits"),
    path("visits/<uuid:entry_id>/", visits.visit, name="visit"),
    path("visits/<uuid:entry_id>/plan/", visits.plan, name="plan"),
    path("visits/<uuid:entry_id>/issues/", visits.add_issue, name="add_issue"),
    path("visits/<uuid:entry_id>/issues/<uuid:issue_id>/", visits.finding, name="finding"),
    path("visits/<uuid:entry_id>/items/<str:code>/", visits.change, name="change"),
    path("visits/<uuid:entry_id>/finish/", visits.finish, name="finish_visit"),
    path("record/", record.record, name="record"),
]
