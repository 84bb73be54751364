"""A review closes by the database’s clock; it is given more time, reminds the silent, and takes late comments by leave."""

from datetime import date

import pytest

from artefacts import operations as artefacts
from artefacts.models import Review
from groups.holidays import record_holiday
from groups.models import HolidayChange
from ledger.verifying import faults
from notifications.models import Notice
from records import sweep
from register.models import Shelf
from tests.artefacts.libraries import local, mails, refused
from tests.pages import text_of

pytestmark = pytest.mark.django_db


class TestTime:
    def test_the_clock_closes_it_once_and_tells_the_secretariat_and_the_owner(self, desk, clock):
        desk.say(desk.review(), 0)
        clock("2023-07-26 16:59:59")
        sweep.run()
        assert Review.objects.get().status == "open"
        clock("2023-07-28 09:00")
        sweep.run()
        sweep.run()
        closed = Review.objects.get()
        assert (closed.status, local(closed.closes_at), local(closed.close_recorded_at)) == ("closed", "2023-07-26 17:00", "2023-07-28 09:00")
        assert mails("is closed, 1 of 3 heard") == sorted({desk.secretary.email, desk.pmo.email, desk.owner.email})
        assert desk.body["versions"][0]["state_in_words"] == "Reviewed; comment log not yet published"

    def test_on_the_shelf_it_is_reviewed_when_its_time_is_over_whoever_is_late(self, desk, clock):
        desk.review()
        states = []
        for at in ("2023-07-26 16:59", "2023-07-26 17:00"):
            clock(at)
            states.append(Shelf.objects.of("artefact").get().state_now)
        assert states == ["in_review", "reviewed"]

    def test_the_silent_are_reminded_and_they_alone_one_mail_a_day_however_many_wait(self, desk, clock):
        first = desk.review()
        desk.review(desk.put_forward("1.0"))
        desk.say(first, 0)
        artefacts.say_no_comments(desk.place(first, 1), by=desk.holders[1])
        clock("2023-07-19 09:00")  # half time
        sweep.run()
        sweep.run()
        told = {each.address: each.body.count("/desk/artefacts/reviews/") for each in Notice.objects.filter(subject__contains="for your comments")}
        assert told == {desk.holders[0].email: 1, desk.holders[1].email: 1, desk.respondent.email: 2}

    def test_the_secretariat_reminds_the_silent_at_once_and_nobody_twice_a_day(self, desk, clock):
        review = desk.review()
        desk.say(review, 0)
        at = f"/desk/do/artefacts.remind_of_review/{review.pk}/"
        visitor = desk.visitor(desk.secretary)
        asked = text_of(visitor.opens(at))
        assert "2 people are mailed: " in asked
        assert desk.holders[0].email not in asked
        assert "The clock reminds them at 09:00 on 19 Jul 2023 all the same." in asked
        visitor.sends(visitor.opens(at))
        assert mails("for your comments") == sorted([desk.holders[1].email, desk.respondent.email])
        with refused("was reminded today. They can be reminded again tomorrow"):
            artefacts.remind_of_review_now(review, by=desk.secretary)
        clock("2023-07-13 10:00")
        artefacts.remind_of_review_now(review, by=desk.secretary)
        assert len(mails("for your comments")) == 4

    def test_only_the_secretariat_reminds_and_only_the_silent_of_what_is_open(self, desk):
        review = desk.review()
        for who in (desk.owner, desk.chair, desk.holders[0], desk.respondent):
            with refused("Only the secretariat"):
                artefacts.remind_of_review_now(review, by=who)
        for n in range(3):
            desk.say(review, n)
        with refused("Everybody who was asked has been heard"):
            artefacts.remind_of_review_now(review, by=desk.secretary)
        desk.closed(review)
        with refused("nobody is reminded of it"):
            artefacts.remind_of_review_now(review, by=desk.secretary)

    def test_after_a_pause_one_reminder_stands_for_all_that_were_missed(self, desk, clock):
        desk.review()
        clock("2023-07-26 10:00")
        sweep.run()
        assert len(mails("for your comments")) == 3
        assert Review.objects.get().next_reminder_at is None

    def test_more_time_is_given_with_a_reason_never_less_and_told_to_all(self, desk):
        review = desk.review()
        for days, match in ((10, "Give more than the 10 working days"), (5, "Give more than the 10"), (61, "at most 60")):
            with refused(match):
                artefacts.extend_review(review, days, why="Holidays", by=desk.secretary)
        with refused("Say why: everybody"):
            artefacts.extend_review(review, 12, why="", by=desk.secretary)
        with refused("Only the secretariat"):
            artefacts.extend_review(review, 12, why="Holidays", by=desk.owner)
        assert local(artefacts.extend_review(review, 12, why="Holidays", by=desk.secretary).closes_at) == "2023-07-28 17:00"
        assert len(mails("more time for comments")) == 5  # the three who are asked, the owner, and the PMO
        assert [each["why"] for each in desk.told["extensions"]] == ["Holidays"]
        assert not list(faults())

    def test_what_is_over_gets_no_more_time_and_is_not_taken_back(self, desk, clock):
        review = desk.review()
        clock("2023-07-26 17:00")
        with refused("is over, since 17:00 on 26 Jul 2023"):
            artefacts.extend_review(review, 12, why="Holidays", by=desk.secretary)
        with refused("is over, since"):
            artefacts.withdraw_review(review, why="A slip", by=desk.secretary)

    def test_a_holiday_proclaimed_late_moves_it_when_somebody_confirms(self, desk):
        review = desk.review()
        [later] = record_holiday(date(2023, 7, 20), HolidayChange.Kind.PROCLAIMED, name="A coronation", announced_on=date(2023, 7, 12), by=desk.pmo)
        assert "close of review 1 of DES-196 D-Flow and Interface Mapping version 0.9: from 26 Jul 2023 to 27 Jul 2023" in str(later)
        assert local(Review.objects.get(pk=review.pk).closes_at) == "2023-07-27 17:00"

    def test_it_is_closed_early_only_when_everybody_was_heard_and_they_are_told(self, desk):
        review = desk.review()
        desk.say(review, 0)
        artefacts.say_no_comments(desk.place(review, 1), by=desk.holders[1])
        with refused("1 of those who were asked is silent: it closes by itself at 17:00 on 26 Jul 2023"):
            artefacts.close_review(review, by=desk.secretary)
        desk.say(review, 2)
        with refused("Only the secretariat"):
            artefacts.close_review(review, by=desk.owner)
        closed = artefacts.close_review(review, by=desk.secretary)
        assert (closed.status, closed.closes_at) == ("closed", closed.close_recorded_at)
        assert len(mails("is closed, 3 of 3 heard")) == 5
        with refused("is closed"):
            artefacts.close_review(review, by=desk.secretary)
        with refused("ask the secretariat for leave"):
            desk.say(review, 0)
        assert not list(faults())

    def test_in_a_withdrawn_one_nothing_is_said_and_nothing_becomes_of_it(self, desk):
        review = desk.review()
        said = desk.say(review, 0)
        with refused("Say why"):
            artefacts.withdraw_review(review, why=" ", by=desk.secretary)
        artefacts.withdraw_review(review, why="The wrong version", by=desk.secretary)
        with refused("was withdrawn: The wrong version"):
            desk.say(review, 1)
        with refused("nothing becomes of its comments"):
            artefacts.resolve(said, "accepted", by=desk.owner)
        assert len(mails("is withdrawn")) == 5
        assert (desk.told["status"], desk.told["withdrawn_why"]) == ("withdrawn", "The wrong version")
        assert desk.body["versions"][0]["state"] == "forward"

    def test_a_version_is_not_taken_back_while_it_is_in_review(self, desk):
        review = desk.review()
        with refused("is in review: withdraw the review first"):
            artefacts.withdraw_version(desk.version, why="A slip", by=desk.owner)
        artefacts.withdraw_review(review, why="A slip", by=desk.secretary)
        artefacts.withdraw_version(desk.version, why="A slip", by=desk.owner)

    def test_late_comments_need_leave_and_are_marked(self, desk, clock):
        review = desk.review()
        row = desk.place(review, 0)
        with refused("is open: nobody needs leave"):
            artefacts.give_review_leave(row, why="Ill", by=desk.secretary)
        desk.closed(review)
        artefacts.refuse_review_leave(desk.place(review, 1), why="Nobody was ill", by=desk.secretary)
        assert len(mails("no late comments of")) == 1
        with refused("ask the secretariat for leave"):
            desk.say(review, 1)
        with refused("was refused already: Nobody was ill"):
            artefacts.give_review_leave(desk.place(review, 1), why="Ill", by=desk.secretary)
        with refused("Say why"):
            artefacts.give_review_leave(row, why="", by=desk.secretary)
        artefacts.give_review_leave(row, why="Ill", by=desk.secretary)
        assert len(mails("may comment late")) == 1
        assert desk.say(review, 0).late
        assert not list(faults())
