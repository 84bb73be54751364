"""What is loaded for the demonstration does not contradict itself: who is away does not vote, no vote comes after its close, no wording says what was not decided."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F, Q

from decisions.hooks import votes_of_who_sent_apologies
from decisions.lifecycle import DecisionStatus
from decisions.models import Cast, Decision, Question, RollRow, Settlement
from decisions.preview import ACCEPTED_WORDS
from decisions.rules.wording import refusals_of_contradiction
from decisions.subjects import Subject, Terms
from ledger.verifying import faults
from meetings.models import Action, Meeting
from records.clock import london_date
from records.models import Origin
from records.subjects import find
from register import checking
from rehearsal.demonstration import load_demonstration, load_past

pytestmark = [pytest.mark.django_db, pytest.mark.long]

NAMED = re.compile(r"\b(CR\d+) version (\d+(?:\.\d+)*)")


@pytest.fixture(params=["2026-06-10 11:00", "2026-06-13 22:30", "2026-06-15 07:10"], ids=["a weekday", "a Saturday evening", "a Monday morning"])
def loaded(clock, settings, request):
    """Played by the owner of the tables, on days and at hours of all kinds."""
    settings.DEMO = True
    clock(request.param)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    call_command("load_programme", "programme/mhhs.toml", verbosity=0)
    assert load_past()
    assert load_demonstration()


def test_nothing_in_it_contradicts_anything_else(loaded):
    who_is_away_does_not_vote()
    every_vote_was_given_while_it_was_open()
    what_was_done_at_a_meeting_was_done_on_its_day()
    no_wording_says_what_was_not_decided()
    every_version_that_is_named_exists()
    assert list(faults()) == []
    assert list(checking.faults()) == []


def who_is_away_does_not_vote() -> None:
    assert [said for meeting in Meeting.objects.all() for said in votes_of_who_sent_apologies(meeting)] == []
    for meeting in Meeting.objects.filter(items__questions__origin=Origin.PORTAL, items__questions__tally__isnull=False).distinct():
        away = meeting.attendances.filter(section="apologies").values("seat")
        assert set(RollRow.objects.filter(question__item__meeting=meeting, seat__in=away).values_list("state", flat=True)) <= {"absent"}, meeting


def every_vote_was_given_while_it_was_open() -> None:
    late = Q(recorded_at__gte=F("row__question__closes_at")) | Q(recorded_at__lt=F("row__question__opens_at"))
    assert not Cast.objects.exclude(capacity=Cast.Capacity.IMPORTED).filter(late).exists()


def what_was_done_at_a_meeting_was_done_on_its_day() -> None:
    for question in Question.objects.filter(origin=Origin.PORTAL, window_days=None, tally__isnull=False).select_related("item__meeting"):
        days = {london_date(question.opens_at), london_date(question.closes_at)}
        assert days == {question.item.meeting.held_on}, question
    for decision in Decision.objects.filter(origin=Origin.PORTAL, status=DecisionStatus.DETERMINED, where_taken="meeting").select_related("meeting"):
        assert {decision.decided_on, london_date(decision.determined_at)} == {decision.meeting.held_on}, decision
    for action in Action.objects.filter(origin=Origin.PORTAL).exclude(closed_on=None).select_related("meeting"):
        assert action.closed_on >= action.meeting.held_on, action


def no_wording_says_what_was_not_decided() -> None:
    for decision in Decision.objects.filter(status=DecisionStatus.DETERMINED).prefetch_related("settlements"):
        settled = [Subject(each.subject_kind, each.subject_ref, each.outcome, version=each.subject_version) for each in decision.settlements.all()]
        assert list(refusals_of_contradiction(Terms(settled, wording=decision.wording))) == [], decision
        assert [each.ref for each in settled if each.kind == "change_request" and each.ref not in decision.wording] == [], decision
    for decision in Decision.objects.filter(status__in=(DecisionStatus.DRAFT, DecisionStatus.TABLED)):
        assert not ACCEPTED_WORDS.search(decision.wording), decision


def every_version_that_is_named_exists() -> None:
    portal = Decision.objects.filter(origin=Origin.PORTAL)
    texts = [*portal.values_list("wording", flat=True), *Question.objects.filter(origin=Origin.PORTAL).values_list("wording", flat=True)]
    for reference, label in (found.groups() for text in texts for found in NAMED.finditer(text)):
        assert label in find(reference)[reference].versions, (reference, label)
    for decision in portal.prefetch_related("settlements"):
        for each in decision.settlements.exclude(subject_version=Settlement.NOT_STATED):
            assert each.subject_version in find(each.subject_ref)[each.subject_ref].versions, each
            if each.subject_kind == "artefact":
                said = re.findall(r"\bversion (\d+(?:\.\d+)*)", decision.wording)
                assert set(said) <= set(find(each.subject_ref)[each.subject_ref].versions), decision
                assert each.subject_version in said, decision
