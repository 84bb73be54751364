"""Pages for those who are signed in, about questions, votes, decisions and what is delegated."""

from django.urls import path

from decisions.views import (
    advice,
    announcing,
    consulting,
    deciding,
    delegations,
    determining,
    papers,
    questions,
    roll_call,
    telling,
    voting,
)

app_name = "decisions"
urlpatterns = [
    # questions
    path("groups/<name:code>/questions/", questions.questions, name="questions"),
    path("groups/<name:code>/questions/new/", questions.put, name="put_question"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/change/", questions.change, name="change_question"),
    path("questions/<int:pk>/open/", questions.open_it, name="open_question"),
    path("questions/<int:pk>/no-objections/", roll_call.no_objections, name="no_objections"),
    path("questions/<int:pk>/withdraw/", questions.withdraw, name="withdraw_question"),
    path("questions/<int:pk>/roll-call/", roll_call.roll_call, name="roll_call"),
    path("questions/<int:pk>/roll-call/seats/", roll_call.seats, name="roll_call_seats"),
    path("questions/<int:pk>/roll/", roll_call.roll, name="roll"),
    # their papers, between meetings
    path("questions/<int:pk>/papers/new/", papers.add_paper, name="add_question_paper"),
    path("questions/<int:pk>/papers/circulate/", papers.circulate, name="circulate_question_papers"),
    path("questions/<int:pk>/papers/pack/", papers.pack_now, name="question_pack_now"),
    path("questions/<int:pk>/papers.pdf", papers.pack_file, {"kind": "pdf"}, name="question_pack_pdf"),
    path("questions/<int:pk>/papers.zip", papers.pack_file, {"kind": "zip"}, name="question_pack_zip"),
    path("question-papers/<int:pk>/", papers.paper_file, name="question_paper"),
    path("questions/<int:pk>/told/", telling.told_of_question, name="told_of_question"),
    path("questions/<int:pk>/told/<int:notice>/again/", telling.tell_of_question_again, name="tell_of_question_again"),
    # votes
    path("questions/<int:pk>/vote/", voting.ballot, name="ballot"),
    path("questions/<int:pk>/seats/<int:row>/vote/", voting.vote, name="vote"),
    path("questions/<int:pk>/seats/<int:row>/receipt/", voting.receipt, name="receipt"),
    path("questions/<int:pk>/seats/<int:seat>/position/", voting.position, name="position"),
    path("votes/<int:pk>/answer/", voting.answer_for, name="answer_for"),
    path("rolls/<int:pk>/correct/", voting.correct_silence, name="correct_silence"),
    # consulting a constituency
    path("questions/<int:pk>/seats/<int:seat>/consultation/", consulting.consultation, name="consultation"),
    path("questions/<int:pk>/seats/<int:seat>/consultation/brief/", consulting.brief, name="brief"),
    path("questions/<int:pk>/seats/<int:seat>/consultation/comment/", consulting.comment, name="consultation_comment"),
    path("consultees/<int:pk>/ask/", consulting.ask, name="ask"),
    path("consultations/reply/<str:token>/", consulting.reply, name="reply"),
    # decisions
    path("decisions/<int:pk>/", deciding.decision, name="decision"),
    path("decisions/<int:pk>/determine/", determining.determine, name="determine"),
    path("decisions/<int:pk>/determine/check/", determining.check, name="determine_check"),
    path("decisions/<int:pk>/draft/", determining.draft, name="draft"),
    path("decisions/<int:pk>/promise/", deciding.promise, name="promise"),
    path("decisions/<int:pk>/withdraw/", deciding.withdraw, name="withdraw_decision"),
    path("decisions/<int:pk>/untabled/", deciding.untabled, name="untabled"),
    path("decisions/<int:pk>/level/", deciding.level, name="level"),
    path("decisions/<int:pk>/revise/", deciding.revise, name="revise"),
    path("decisions/<int:pk>/announce/", announcing.announce, name="announce"),
    path("meetings/<name:code>/announced/", announcing.announced, name="announced"),
    path("decisions/<int:pk>/told/", telling.told_of_decision, name="told_of_decision"),
    path("decisions/<int:pk>/told/<int:notice>/again/", telling.tell_of_decision_again, name="tell_of_decision_again"),
    # what is delegated
    path("groups/<name:code>/delegations/new/", delegations.delegate, name="delegate"),
    path("delegations/<int:pk>/", delegations.delegation, name="delegation"),
    path("delegations/<int:pk>/withdraw/", delegations.withdraw, name="withdraw_delegation"),
    path("decisions/<int:pk>/advice/", advice.advice, name="advice"),
]
