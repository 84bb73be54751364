"""A version is put to seats and organisations: they comment in time or say that they have none; the owner resolves; the log is published."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from artefacts.models import Comment, NoComments, Resolution, Review, ReviewRow
from artefacts.operations.commenting import Said
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from desk.things import things_to_do
from groups.holidays import record_holiday
from groups.models import HolidayChange, Policy
from groups.standing import Standing
from ledger.verifying import faults
from notifications.models import Notice
from records import sweep
from records.clock import LONDON, portal_now
from records.rules import Refused
from register.models import Shelf
from tests.artefacts.libraries import Desk
from tests.factories import AlternateFactory, AppointmentFactory, OrganisationFactory, SeatFactory, UserFactory, user_of
from tests.pages import Visitor, drained, text_of

pytestmark = pytest.mark.django_db
SLUG = "des-196-d-flow-and-interface-mapping"


@pytest.fixture
def desk(clock):
    return Desk(clock)


def refused(match: str):
    return pytest.raises(Refused, match=match)


def local(moment) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def mails(about: str) -> list[str]:
    return sorted(Notice.objects.filter(subject__icontains=about).values_list("address", flat=True))


def heard(row: ReviewRow) -> str:
    return ReviewRow.objects.get(pk=row.pk).heard


class TestOpening:
    def test_it_closes_at_five_in_london_on_the_tenth_working_day(self, desk):
        review = desk.review()
        assert (local(review.closes_at), review.window_days, review.days_why, review.n) == ("2023-07-26 17:00", 10, "", 1)
        assert desk.told["status"] == "open"
        assert desk.body["state_in_words"] == "Version 0.9: in review until 5:00pm on 26 Jul 2023"
        assert not list(faults())

    def test_the_groups_own_policy_says_for_how_long(self, desk):
        Policy(group=desk.group, key=Policy.Key.REVIEW, value="15", since=date(2023, 1, 1)).save_by(desk.pmo)
        assert desk.review().window_days == 15

    def test_any_other_number_of_days_says_why(self, desk):
        with refused("The policy is 10 working days: say why it is 3 here"):
            desk.review(days=3)
        assert desk.review(days=3, days_why="It is short").days_why == "It is short"

    @pytest.mark.parametrize("days", [0, -1, 61, 10**6])
    def test_no_window_is_endless_or_empty(self, desk, days):
        with refused("Give between 1 and 60 working days"):
            desk.review(days=days, days_why="A slip")

    def test_without_a_word_of_whom_every_held_seat_is_asked_but_the_secretariats(self, desk):
        SeatFactory(group=desk.group)  # which nobody holds
        review = desk.review(seats=None, organisations=())
        roles = [row.seat.role for row in review.roll.select_related("seat").order_by("order")]
        assert sorted(roles) == ["assurance", "chair", "member", "member", "observer"]

    def test_it_is_the_secretariats_to_open(self, desk):
        for who in (desk.owner, desk.chair, desk.holders[0], desk.reader, desk.stranger):
            with refused("Only the secretariat"):
                desk.review(by=who)

    def test_it_says_what_is_asked_and_of_whom(self, desk):
        with refused("Say what is asked"):
            desk.review(asked=" ")
        with refused("Say who is asked"):
            desk.review(seats=[], organisations=[])
        with refused("Not a seat of"):
            desk.review(seats=[SeatFactory()])
        nobodys = OrganisationFactory(name="Tarn Networks")
        with refused("Nobody is appointed to answer for Tarn Networks"):
            desk.review(organisations=[nobodys])

    def test_only_what_is_put_forward_is_reviewed_and_once_at_a_time(self, desk):
        with refused("is draft: only what is put forward is reviewed"):
            desk.review(artefacts.draft_version(desk.artefact, "1.0", by=desk.owner))
        first = desk.review()
        with refused("is in review already"):
            desk.review()
        with pytest.raises(IntegrityError, match="review_one_open"), transaction.atomic():
            Review(version=desk.version, n=9, asked="x", opens_at=first.opens_at, closes_at=first.closes_at).save_by(desk.secretary)
        artefacts.withdraw_review(first, why="The wrong version", by=desk.secretary)
        assert desk.review().n == 2

    def test_a_row_is_a_seat_or_an_organisation_and_not_both(self, desk):
        review = desk.review()
        for told in ({"seat": desk.seats[0], "organisation": desk.firm}, {}):
            with pytest.raises(IntegrityError, match="review_row_seat_or_organisation"), transaction.atomic():
                ReviewRow(review=review, order=9, name="Both or none", **told).save_by(desk.secretary)

    def test_everybody_who_speaks_for_one_that_is_asked_is_told_and_when(self, desk):
        alternate = AlternateFactory(seat=desk.seats[0])
        review = desk.review()
        assert mails("review of version 0.9, until") == sorted(each.email for each in (*desk.holders, alternate.person, desk.respondent))
        assert mails("version 0.9 is in review") == [desk.owner.email]
        assert [row.told_at is not None for row in review.roll.all()] == [True] * 3
        assert sorted(desk.place(review, 0).told) == sorted([desk.holders[0].email, alternate.person.email])


class TestCommenting:
    def test_holder_and_alternate_comment_for_the_seat_and_whoever_is_appointed_for_the_firm(self, desk):
        review = desk.review()
        alternate = UserFactory(person=AlternateFactory(seat=desk.seats[0]).person)
        made = [desk.say(review, 0), artefacts.comment(desk.place(review, 0), "", "Why so?", "question", by=alternate), desk.say(review, 2)]
        assert [each.number for each in made] == ["R1-1-1", "R1-1-2", "R1-3-1"]
        assert str(made[0]) == "comment R1-1-1 on DES-196 D-Flow and Interface Mapping version 0.9"
        assert not list(faults())

    @pytest.mark.parametrize("who", ["secretary", "chair", "owner", "reader", "respondent", "stranger"])
    def test_nobody_else_does(self, desk, who):
        row = desk.place(desk.review(), 0)
        for act in (lambda by: artefacts.comment(row, "", "No", "must", by=by), lambda by: artefacts.say_no_comments(row, by=by)):
            with refused("There is no such review"):
                act(getattr(desk, who))

    @pytest.mark.parametrize(
        ("said", "match"),
        [
            (("4.2", " ", "must"), "Write the comment"), (("4.2", "Text", ""), "Say how much it weighs"), (("4.2", "Text", "enormous"), "Say how much it weighs"),
            (("x" * 201, "Text", "must"), "Keep the section under 200"), (("4.2", "x" * 10_001, "must"), "Keep the comment under 10,000"),
        ],
    )  # fmt: skip
    def test_an_unsound_comment_is_refused(self, desk, said, match):
        row = desk.place(desk.review(), 0)
        with refused(match):
            artefacts.comment(row, *said, by=desk.holders[0])
        assert not Comment.objects.exists()

    def test_no_comments_is_said_once_and_a_comment_counts_instead(self, desk):
        review = desk.review()
        row = desk.place(review, 0)
        assert heard(row) == "silent"
        artefacts.say_no_comments(row, by=desk.holders[0])
        assert heard(row) == "no_comments"
        with refused("has said already that it has no comments"):
            artefacts.say_no_comments(row, by=desk.holders[0])
        desk.say(review, 0)
        assert heard(row) == "comments"
        with refused("has commented already"):
            artefacts.say_no_comments(row, by=desk.holders[0])
        assert not list(faults())

    @pytest.mark.parametrize(("at", "taken"), [("2023-07-26 16:59:59.999999", True), ("2023-07-26 17:00", False)])
    def test_the_closing_second_is_the_databases(self, desk, clock, at, taken):
        review = desk.review()
        clock(at)
        if taken:
            assert not desk.say(review, 0).late
        else:
            with refused("It closed at 17:00 on 26 Jul 2023"):
                desk.say(review, 0)
            with refused("It closed at 17:00 on 26 Jul 2023"):
                artefacts.say_no_comments(desk.place(review, 0), by=desk.holders[0])

    @pytest.mark.forged
    @pytest.mark.parametrize("table", ["artefacts_comment", "artefacts_nocomments"])
    def test_the_database_itself_takes_nothing_out_of_its_window(self, desk, clock, table):
        review = desk.review()
        said, none = desk.say(review, 0), artefacts.say_no_comments(desk.place(review, 1), by=desk.holders[1])
        columns = {"artefacts_comment": "n, section, text, weight, said_by_id, late, recorded_by_id", "artefacts_nocomments": "said_by_id, late, recorded_by_id"}[table]
        values = columns.replace("n, ", "9, ", 1) if table == "artefacts_comment" else columns
        clock("2023-07-26 17:00")
        with pytest.raises(IntegrityError, match="the review is closed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} (row_id, {columns}) SELECT %s, {values} FROM {table}", [desk.place(review, 2).pk])  # noqa: S608
        assert said.row_id
        assert none.pk

    def test_what_is_written_while_the_last_moment_comes_is_refused_in_words(self, desk, clock, monkeypatch):
        """The operation reads the clock before, the database after."""
        row = desk.place(desk.review(), 0)
        before = portal_now()
        clock("2023-07-26 17:00")
        monkeypatch.setattr("artefacts.operations.commenting.portal_now", lambda: before)
        for act in (lambda: artefacts.comment(row, "", "Late by a hair", "must", by=desk.holders[0]), lambda: artefacts.say_no_comments(row, by=desk.holders[0])):
            with refused("It closed at 17:00 on 26 Jul 2023"):
                act()
        assert not Comment.objects.exists()
        assert not NoComments.objects.exists()


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
        assert "close of review 1 of DES-196 D-Flow and Interface Mapping version 0.9: from Wed 26 Jul 2023 to Thu 27 Jul 2023" in str(later)
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


class TestResolving:
    @pytest.mark.parametrize(
        ("outcome", "why", "match"),
        [
            ("", "", "Say what becomes of it"), ("perhaps", "", "Say what becomes of it"), ("not_accepted", " ", "Say why it is not accepted"),
            ("out_of_scope", "", "Say why it is out of scope"), ("answered", "", "Write the answer"), ("accepted", "x" * 10_001, "Keep it under 10,000"),
        ],
    )  # fmt: skip
    def test_an_unsound_word_is_refused(self, desk, outcome, why, match):
        said = desk.say(desk.review(), 0)
        with refused(match):
            artefacts.resolve(said, outcome, why=why, by=desk.owner)
        assert not Resolution.objects.exists()

    def test_owner_and_secretariat_resolve_and_the_latest_word_counts(self, desk):
        said = desk.say(desk.review(), 0)
        for who in (desk.chair, desk.holders[0], desk.reader, desk.stranger):
            with refused("Only the owner of DES-196"):
                artefacts.resolve(said, "accepted", by=who)
        artefacts.resolve(said, "accepted", by=desk.owner)
        artefacts.resolve(said, "in_part", why="The first half", by=desk.secretary)
        assert [(each.n, each.outcome) for each in Resolution.objects.order_by("n")] == [(1, "accepted"), (2, "in_part")]
        assert Comment.objects.get().resolution.outcome == "in_part"
        assert not list(faults())


class TestTheLog:
    @pytest.fixture
    def review(self, desk):
        """Closed: the first seat says two things, the second has no comments, the firm is silent."""
        review = desk.review()
        desk.say(review, 0, "Canary must", "must", section="Canary section")
        desk.say(review, 0, "Canary should")
        artefacts.say_no_comments(desk.place(review, 1), by=desk.holders[1])
        return desk.closed(review)

    def test_nothing_is_published_before_the_close_nor_while_a_must_is_open(self, desk, review):
        running = desk.review(desk.put_forward("1.0"))
        with refused("is open: nothing is published before it is closed"):
            artefacts.publish_log(running, by=desk.secretary)
        with refused("Nobody has said yet what becomes of what must change: R1-1-1"):
            artefacts.publish_log(review, by=desk.secretary)
        artefacts.resolve(Comment.objects.get(weight="must"), "accepted", by=desk.owner)
        with refused("Only the secretariat"):
            artefacts.publish_log(review, by=desk.owner)
        artefacts.publish_log(review, by=desk.secretary)
        with refused("The comment log was published on 26 Jul 2023"):
            artefacts.publish_log(review, by=desk.secretary)

    def test_before_that_no_public_page_says_more_than_that_there_is_a_review(self, desk, review, client):
        artefacts.resolve(Comment.objects.get(weight="must"), "not_accepted", why="Canary why", by=desk.owner)
        assert desk.told["log"] is None
        for address in (f"/artefacts/{SLUG}/", f"/artefacts/{SLUG}.json", f"/artefacts/{SLUG}/changes/", "/artefacts.csv", "/artefacts.json", "/artefacts.atom", "/search/?q=canary", f"/artefacts/{SLUG}/reviews/1/", f"/artefacts/{SLUG}/reviews/1.csv"):
            page = client.get(address).content.decode()
            assert "Canary" not in page, address
            assert desk.seats[0].label not in page, address
            assert "Are the flows complete?" not in page, address
        assert client.get(f"/artefacts/{SLUG}/reviews/1/").status_code == 404
        assert "comment log not yet published" in text_of(client.get(f"/artefacts/{SLUG}/"))

    def test_those_who_keep_it_read_everything_the_others_what_they_said_themselves(self, desk, review):
        page = f"/desk/artefacts/reviews/{review.pk}/"
        reads = {name: "Canary must" in desk.reads(getattr(desk, name), page) for name in ("secretary", "chair", "owner", "reader", "observer", "respondent")}
        assert reads == {"secretary": True, "chair": True, "owner": True, "reader": True, "observer": False, "respondent": False}
        assert ["Canary must" in desk.reads(who, page) for who in desk.holders] == [True, False]
        assert ["Canary must" in desk.visitor(who).client.get(f"{page}log.csv").content.decode() for who in (*desk.holders, desk.secretary)] == [True, False, True]
        assert desk.visitor(desk.stranger).client.get(page).status_code == 404
        assert desk.reader.person.assurance_readings.filter(reference__startswith="comments in").exists()

    def test_published_it_says_which_seats_were_heard_how_and_of_the_silent_how_many(self, desk, review, client):
        must, should = Comment.objects.order_by("n")
        artefacts.resolve(must, "not_accepted", why="As the group agreed", by=desk.owner)
        artefacts.publish_log(review, by=desk.secretary)
        log = desk.told["log"]
        assert log["counts"] == {"asked": 3, "commented": 1, "no_comments": 1, "silent": 1}
        assert log["heard"] == [{"name": desk.seats[0].label, "comments": 2}, {"name": desk.seats[1].label, "comments": 0}]
        assert [(each["number"], each["of"], each["outcome_in_words"], each["why"]) for each in log["comments"]] == [
            ("R1-1-1", desk.seats[0].label, "Not accepted", "As the group agreed"), ("R1-1-2", desk.seats[0].label, None, ""),
        ]  # fmt: skip
        for address in (f"/artefacts/{SLUG}/reviews/1/", f"/artefacts/{SLUG}/reviews/1.csv", f"/artefacts/{SLUG}.json"):
            page = client.get(address + "?now").content.decode()
            assert "Canary must" in page, address
            assert str(desk.holders[0]) not in page, address  # nobody by name
            assert "Fenmoor Networks" not in page, address  # which was silent
        assert "Canary" in text_of(client.get("/search/?q=canary+section"))
        assert "3 asked, 1 commented, 1 has no comments and 1 was silent" in text_of(client.get(f"/artefacts/{SLUG}/"))
        assert desk.body["state_in_words"] == "Version 0.9: reviewed"
        artefacts.resolve(should, "accepted", by=desk.owner)
        assert desk.told["log"]["comments"][1]["outcome"] == "accepted"
        with refused("The comment log is published: no more comments are taken"):
            desk.say(review, 2)
        assert not list(faults())

    def test_whoever_commented_is_told_once_what_became_of_it(self, desk, review):
        artefacts.resolve(Comment.objects.get(weight="must"), "answered", why="See table 3", by=desk.owner)
        artefacts.publish_log(review, by=desk.secretary)
        told = Notice.objects.get(subject__contains="what became of your comments")
        assert told.address == desk.holders[0].email
        for words in ("R1-1-1", "Canary must", "Answered", "See table 3", "Nobody has said yet what becomes of it"):
            assert words in told.body

    def test_a_body_of_before_there_were_reviews_is_read_as_one_without(self):
        from artefacts.bodies import with_reviews

        assert with_reviews({"reference": "x"}) == {"reference": "x", "reviews": []}


class TestWhatWaits:
    def waits(self, user, now) -> dict[str, str | None]:
        things = things_to_do(Standing.at(user, now), now)
        return {thing.title: thing.due_at and local(thing.due_at) for thing in things if "DES-196" in thing.title}

    def test_a_comment_waits_with_its_hour_until_something_is_said(self, desk):
        review, now = desk.review(), portal_now()
        assert self.waits(desk.respondent, now) == {"Comment on DES-196 D-Flow and Interface Mapping version 0.9 for Fenmoor Networks": "2023-07-26 17:00"}
        artefacts.say_no_comments(desk.place(review, 2), by=desk.respondent)
        assert self.waits(desk.respondent, now) == {}

    def test_what_becomes_of_comments_waits_for_the_owner_and_the_log_for_the_secretariat(self, desk):
        review = desk.review()
        said = desk.say(review, 0, weight="must")
        assert list(self.waits(desk.owner, portal_now())) == ["Say what becomes of the comments on DES-196 D-Flow and Interface Mapping version 0.9"]
        desk.closed(review)
        assert self.waits(desk.secretary, portal_now()) == {}
        artefacts.resolve(said, "accepted", by=desk.owner)
        assert self.waits(desk.owner, portal_now()) == {}
        assert list(self.waits(desk.secretary, portal_now())) == ["Publish the comment log of review 1 of DES-196 D-Flow and Interface Mapping version 0.9"]


class TestBaselining:
    def determined(self, desk, *reasons: str):
        decision = decisions.table(decisions.draft(desk.group, "D-Flow", "The SRO baselined it", by=desk.secretary), by=desk.secretary)
        subject = Subject("artefact", "DES196 D-Flow and Interface Mapping", Outcome.BASELINED, version="0.9")
        return decisions.determine(decision, Terms([subject], reasons=list(reasons)), by=desk.chair)

    def test_what_is_in_review_still_is_baselined_with_a_reason_that_names_it(self, desk):
        desk.review()
        for reasons in ((), ("It is good enough.",), ("As review 12 said.",)):
            with refused("version 0.9 is open: a reason has to say why it is baselined all the same, and name review 1"):
                self.determined(desk, *reasons)
        assert self.determined(desk, "It is needed before review 1 is over.").settlements.count() == 1

    def test_so_is_what_must_change_and_nobody_has_said_what_becomes_of_it(self, desk):
        review = desk.review()
        said = [desk.say(review, 0, weight="must"), desk.say(review, 2, weight="must")]
        desk.closed(review)
        with refused("has 2 comments on what must change of which nobody has said what becomes of them"):
            self.determined(desk, "It is good enough.")
        for each in said:
            artefacts.resolve(each, "accepted", by=desk.owner)
        self.determined(desk, "It is good enough.")

    def test_a_review_that_was_withdrawn_is_none(self, desk):
        artefacts.withdraw_review(desk.review(), why="The wrong version", by=desk.secretary)
        self.determined(desk)


class TestPages:
    def test_the_secretariat_opens_one_with_every_held_seat_ticked(self, desk):
        visitor = Visitor(desk.secretary)
        page = visitor.does(f"/desk/artefacts/versions/{desk.version.pk}/review/", {"asked": "", "organisations": [str(desk.firm.pk)]})
        assert "Say what is asked" in text_of(page)
        page = visitor.sends(page, {"asked": "Are the flows complete?"})
        assert "is in review. 6 are asked, and told." in text_of(page)
        assert {row.name for row in Review.objects.get().roll.all()} >= {"Fenmoor Networks", desk.seats[0].label}

    def test_a_representative_comments_and_reads_what_became_of_it(self, desk):
        review = desk.review()
        row, visitor = desk.place(review, 0), Visitor(desk.holders[0])
        page = visitor.does(f"/desk/artefacts/reviews/rows/{row.pk}/comment/", {"text": "Flow D0300\nis missing.", "section": "4.2"})
        assert "Say how much it weighs" in text_of(page)
        page = visitor.sends(page, {"weight": "must"})
        assert "Comment R1-1-1" in text_of(page)
        owner = Visitor(desk.owner)
        page = owner.does(f"/desk/artefacts/comments/{Comment.objects.get().pk}/resolve/", {"outcome": "not_accepted"})
        assert "Say why it is not accepted" in text_of(page)
        owner.sends(page, {"why": "It is in 4.3"})
        assert "Not accepted : It is in 4.3" in desk.reads(desk.holders[0], f"/desk/artefacts/reviews/{review.pk}/")

    def test_no_comments_is_one_press_and_a_page_that_says_what_it_means(self, desk):
        review = desk.review()
        row, visitor = desk.place(review, 0), Visitor(desk.holders[0])
        assert f"{row.name} has no comments" in text_of(visitor.opens(f"/desk/artefacts/reviews/{review.pk}/"))
        check = visitor.opens(f"/desk/do/artefacts.say_no_comments/{row.pk}/")
        assert "comment all the same" in text_of(check)
        assert not NoComments.objects.exists()
        visitor.sends(check)
        assert NoComments.objects.get().row == row

    def test_leave_more_time_and_withdrawal_have_their_forms(self, desk):
        review, visitor = desk.review(), Visitor(desk.secretary)
        here = f"/desk/artefacts/reviews/{review.pk}/"
        assert "It has more time" in text_of(visitor.does(f"{here}extend/", {"days": "15", "why": "Holidays"}))
        other = desk.review(desk.put_forward("1.0"))
        assert "It is withdrawn" in text_of(visitor.does(f"/desk/artefacts/reviews/{other.pk}/withdraw/", {"why": "A slip"}))
        desk.clock("2023-08-02 17:00")
        artefacts.close_review_when_due(review)
        page = visitor.does(f"/desk/artefacts/reviews/rows/{desk.place(review, 0).pk}/leave/", {"leave": "given", "why": "Ill"})
        assert "is told." in text_of(page)
        assert desk.say(review, 0).late

    def test_whoever_is_asked_gets_the_files_of_the_version_that_participants_may_have(self, desk):
        draft = artefacts.draft_version(desk.artefact, "1.0", by=desk.owner)
        kept = {each: artefacts.attach(draft, (f"{each}.csv", each.encode()), form="annex", visibility=each, by=desk.owner) for each in ("participants", "pmo_and_assurance")}
        review = desk.review(artefacts.put_forward(draft, by=desk.owner))
        asked = {each: drained(Visitor(desk.respondent).client.get(f"/desk/artefacts/files/{file.pk}/")).status_code for each, file in kept.items()}
        assert asked == {"participants": 200, "pmo_and_assurance": 404}
        page = desk.reads(desk.respondent, f"/desk/artefacts/reviews/{review.pk}/")
        assert "participants.csv" in page
        assert "pmo_and_assurance.csv" not in page
        other = UserFactory(person=AppointmentFactory(kind="respondent", organisation=OrganisationFactory()).person)
        assert Visitor(other).client.get(f"/desk/artefacts/files/{kept['participants'].pk}/").status_code == 404

    @pytest.mark.parametrize("who", ["secretary", "owner", "respondent"])
    def test_the_page_asks_as_often_of_fifty_comments_as_of_one(self, desk, who):
        review = desk.review()
        visitor, asked = Visitor(getattr(desk, who)), []
        for n in (1, 50):
            artefacts.add_comments(desk.place(review, 2), [Said("", f"Comment {n}.{m}", "should") for m in range(n)], by=desk.respondent)
            for address in ("", "log.csv"):
                visitor.client.get(f"/desk/artefacts/reviews/{review.pk}/{address}")
                with CaptureQueriesContext(connection) as queries:
                    visitor.client.get(f"/desk/artefacts/reviews/{review.pk}/{address}")
                asked.append(len(queries))
        assert asked[:2] == asked[2:]
        assert max(asked) < 35

    def test_an_endless_log_is_published_all_the_same(self, desk):
        """PostgreSQL refuses to make more than a megabyte of words searchable."""
        review = desk.review()
        words = iter(range(10**6))
        said = [Said("", " ".join(f"word{next(words):x}q" for _ in range(900)), "should") for _ in range(150)]
        artefacts.add_comments(desk.place(review, 0), said, by=desk.holders[0])
        artefacts.publish_log(desk.closed(review), by=desk.secretary)
        assert len(desk.told["log"]["comments"]) == 150

    def test_a_member_who_is_not_asked_reads_that_it_runs_and_no_more(self, desk):
        review = desk.review()
        other = user_of(SeatFactory(group=desk.group))
        page = desk.reads(other, f"/desk/artefacts/reviews/{review.pk}/")
        assert "Open until" in page
        assert "Who said what is for the secretariat" in page
        assert "silent" not in page
