"""Pages for those who are signed in, about what is said against decisions and what is passed between groups."""

from django.urls import path

from dissent.views import referrals, statements

app_name = "dissent"
urlpatterns = [
    # what is said beside them
    path("decisions/<int:pk>/statement/", statements.statement, name="statement"),
    path("decisions/<int:pk>/procedure/", statements.procedural_concern, name="procedural_concern"),
    path("procedural-concerns/<int:pk>/rule/", statements.rule, name="rule"),
    # concerns and referrals
    path("decisions/<int:pk>/concern/", referrals.concern, name="concern"),
    path("concerns/", referrals.mine, name="concerns"),
    path("groups/<name:code>/referrals/", referrals.of_group, name="referrals"),
    path("groups/<name:code>/referrals/new/", referrals.refer, name="refer"),
    path("referrals/<int:pk>/", referrals.referral, name="referral"),
    path("referrals/<int:pk>/take-on/", referrals.take_on, name="take_on"),
    path("referrals/<int:pk>/answer/", referrals.answer, name="answer_referral"),
    path("referrals/<int:pk>/not-satisfied/", referrals.dispute, name="dispute_answer"),
    path("referrals/<int:pk>/carry/", referrals.carry, name="carry_up"),
    path("referrals/<int:pk>/withdraw/", referrals.withdraw, name="withdraw_referral"),
]
