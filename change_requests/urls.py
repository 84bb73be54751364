"""Pages for those who are signed in, about change requests and their assessments; and the one of whoever answers by a link."""

from django.urls import path

from change_requests.views import answering, assessments, clarifying, freezing, implementing, organisations, requests, word_forms

app_name = "change_requests"
urlpatterns = [
    path("change-requests/", requests.mine, name="mine"),
    path("groups/<name:code>/change-requests/new/", requests.begin, name="begin"),
    path("change-requests/<int:pk>/", requests.change_request, name="change_request"),
    path("change-requests/<int:pk>/compare/", requests.compare, name="compare"),
    path("change-requests/<int:pk>/change/", requests.change, name="change"),
    path("change-requests/<int:pk>/hold/", requests.hold, name="hold"),
    path("change-requests/<int:pk>/withdraw/", requests.withdraw, name="withdraw"),
    path("change-requests/<int:pk>/exclude/", requests.exclude, name="exclude"),
    path("groups/<name:code>/change-requests/form.docx", word_forms.blank, name="blank_form"),
    path("change-requests/<int:pk>/form.docx", word_forms.take_out, name="form"),
    path("change-requests/<int:pk>/form/", word_forms.bring_back, name="bring_back"),
    path("change-requests/<int:pk>/versions/new/", requests.draft_version, name="draft_version"),
    path("change-requests/versions/<int:pk>/change/", requests.change_version, name="change_version"),
    path("change-requests/versions/<int:pk>/attach/", requests.attach, name="attach"),
    path("change-requests/files/<int:pk>/", requests.file, name="file"),
    path("change-requests/implementations/<int:pk>/", implementing.implement, name="implement"),
    path("groups/<name:code>/freezes/", freezing.freezes, name="freezes"),
    path("groups/<name:code>/freezes/new/", freezing.declare_freeze, name="declare_freeze"),
    path("change-requests/freezes/<int:pk>/end/", freezing.end_freeze, name="end_freeze"),
    # assessments
    path("assessments/", organisations.asked, name="asked"),
    path("organisations/<int:pk>/answering/", organisations.answering, name="answering"),
    path("assessments/originals/<int:pk>/", assessments.original, name="original"),
    path("change-requests/versions/<int:pk>/assess/", assessments.assess, name="assess"),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
    path("assessments/<int:pk>/answers.csv", assessments.as_csv, name="answers_csv"),
    path("assessments/<int:pk>/extend/", assessments.extend, name="extend"),
    path("assessments/<int:pk>/withdraw/", assessments.withdraw, name="withdraw_assessment"),
    path("assessments/<int:pk>/off-roll/", assessments.off_roll, name="off_roll"),
    path("assessments/clarifications/<int:pk>/", clarifying.clarify, name="clarify"),
    path("assessments/<int:pk>/themes/new/", assessments.theme, name="theme"),
    path("assessments/themes/<int:pk>/change/", assessments.change_theme, name="change_theme"),
    path("assessments/themes/<int:pk>/reply/", assessments.reply, name="reply"),
    path("assessments/rows/<int:pk>/mailed/", assessments.mailed, name="mailed"),
    path("assessments/rows/<int:pk>/leave/", assessments.leave, name="leave"),
    path("assessments/rows/<int:pk>/answer/", answering.answer, name="answer"),
    path("assessments/answer/<str:token>/", answering.answer_by_link, name="answer_by_link"),
]
