"""What the page of a change request says at its top: what comes next; and of its life: the vote, and who had it for how long."""

from datetime import date

import pytest

from artefacts import operations as artefacts
from change_requests import operations as changes
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.operations.asking import bring
from decisions.subjects import Subject, Terms
from meetings import operations as meetings
from tests.change_requests.test_offered_for_agendas import Agendas
from tests.decisions.houses import House
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(clock):
    return Agendas(clock)


def page(client, works) -> str:
    return text_of(client.get("/change-requests/CR001/"))


def test_one_sentence_says_what_comes_next_by_what_is_public_and_by_the_clock(works, client, clock):
    assert "No date is set for what comes next." in page(client, works)
    changes.change(works.request, works.request.title, category="normal", target_meeting=works.second, by=works.secretary)
    assert f"Next, it aims to be decided at {works.second} on 23 Aug 2023." in page(client, works)
    assessment = works.assessed(works.request)
    assert "Next, answers are due: 17:00 on 26 Jul 2023." in page(client, works)
    clock("2023-07-28 17:00")
    changes.close_when_due(assessment)
    meetings.table_item(works.first, "CR001: registration hours", purpose="decision", by=works.secretary)
    assert f"Next, it is for decision at {works.first}" not in page(client, works)
    meetings.publish_agenda(works.first, by=works.secretary)
    assert f"Next, it is for decision at {works.first} on 9 Aug 2023." in page(client, works)
    works.decided()
    assert "Its implementation date is to be decided." in page(client, works)
    release = works.issued(works.carrying(works.catalogue), works.carrying(works.choreography))
    artefacts.say_effective(release, date(2023, 9, 1), by_notice="Notice 1", by=works.secretary)
    assert "Next, it is in force from 1 Sep 2023." in page(client, works)
    clock("2023-09-01 00:00")
    assert "Next, it" not in page(client, works)


def test_who_had_it_is_counted_from_raised_to_in_force_and_drawn(works, client, clock):
    assessment = works.assessed(works.request)  # 12 July
    clock("2023-07-26 17:00")
    changes.close_when_due(assessment)
    clock("2023-07-31 10:00")
    item = meetings.table_item(works.first, "CR001: registration hours", purpose="decision", by=works.secretary)
    meetings.publish_agenda(works.first, by=works.secretary)
    clock("2023-08-02 10:00")
    asked = bring(works.group, title="Hours", decision_wording="The SRO approved it", wording="Should it?", subject="CR001", version="1.0", item=item, window_days=3, by=works.secretary)
    question = decisions.open_question(asked, by=works.secretary)
    for n, choice in enumerate(("approve", "reject")):
        decisions.cast_vote(House.row(works, question, n), choice, comment="As consulted", by=works.holders[n])
    clock("2023-08-07 17:00")
    decisions.close_when_due(question)
    clock("2023-08-10 10:00")
    terms = Terms([Subject("change_request", "CR001", Outcome.APPROVED, version="1.0")], reasons=["It was weighed."])
    decisions.publish(decisions.determine(question.decision, terms, by=works.chair), by=works.secretary)
    release = works.issued(works.carrying(works.catalogue), works.carrying(works.choreography))
    artefacts.say_effective(release, date(2023, 8, 20), by_notice="Notice 1", by=works.secretary)
    clock("2023-09-01 10:00")
    words = page(client, works)
    assert "Voted on in version 1.0: 1 approve, 1 reject" in words
    assert "Open since 2 Aug 2023" in words
    for who, days, when in (
        ("Out for assessment", 14, "12 Jul 2023 to 26 Jul 2023"), ("The PMO", 5, "26 Jul 2023 to 31 Jul 2023"),
        (f"The {works.group.code}", 10, "31 Jul 2023 to 10 Aug 2023"), ("Being implemented", 10, "10 Aug 2023 to 20 Aug 2023"),
    ):  # fmt: skip
        assert f"{who} {days} {when}" in words
    drawn = client.get("/change-requests/CR001/").content.decode()
    assert drawn.count('class="app-had app-had--') == 4
    assert "The PMO, 26 Jul 2023 to 31 Jul 2023" in drawn


def test_sent_back_it_is_with_its_raiser_until_the_next_version(works, client, clock):
    clock("2023-07-20 10:00")
    works.decided(Outcome.SENT_BACK)
    clock("2023-07-29 10:00")
    changes.fix(works.with_files(changes.draft_version(works.request, "1.1", issue="It waits.", solution="Answer.", what_changed="Cost", by=works.raiser)), by=works.raiser)
    clock("2023-07-31 10:00")
    words = page(client, works)
    assert "Fenmoor Networks 9 20 Jul 2023 to 29 Jul 2023" in words
    assert "The PMO 10 12 Jul 2023 to 20 Jul 2023 29 Jul 2023 to 31 Jul 2023" in words
