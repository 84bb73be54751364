"""A version is put to review: seats and organisations are asked, and comment; what waits for whom, and their pages."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from artefacts.models import Comment, NoComments, Review, ReviewRow
from artefacts.operations.commenting import NewComment
from desk.things import things_to_do
from groups.models import Policy
from groups.standing import Standing
from ledger.verifying import faults
from records.clock import portal_now
from tests.artefacts.libraries import heard, local, mails, refused
from tests.factories import AlternateFactory, AppointmentFactory, OrganisationFactory, SeatFactory, UserFactory, user_of
from tests.pages import Visitor, drained, text_of

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_it_closes_at_five_in_london_on_the_tenth_working_day(self, desk):
        review = desk.review()
        assert (local(review.closes_at), review.window_days, review.days_why, review.n) == ("2023-07-26 17:00", 10, "", 1)
        assert desk.told["status"] == "open"
        assert desk.body["state_in_words"] == "Version 0.9: in review until 17:00 on 26 Jul 2023"
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


class TestPages:
    def test_the_secretariat_opens_one_with_every_held_seat_ticked(self, desk):
        visitor = Visitor(desk.secretary)
        page = visitor.does(f"/desk/artefacts/versions/{desk.version.pk}/review/", {"asked": "", "organisations": [str(desk.firm.pk)]})
        assert "Say what is asked" in text_of(page)
        page = visitor.sends(visitor.sends(page, {"asked": "Are the flows complete?"}), {"step": "issue"})
        assert "is in review. 6 are asked, and told." in text_of(page)
        assert {row.name for row in Review.objects.get().roll.all()} >= {"Fenmoor Networks", desk.seats[0].label}

    def test_a_representative_comments_and_reads_what_became_of_it(self, desk):
        review = desk.review()
        row, visitor = desk.place(review, 0), Visitor(desk.holders[0])
        page = visitor.does(f"/desk/artefacts/reviews/rows/{row.pk}/comment/", {"text": "Flow D0300\nis missing.", "section": "4.2"})
        assert "Say how much it weighs" in text_of(page)
        check = visitor.sends(page, {"weight": "must"})
        assert "It stays as it is" in text_of(check)
        assert "Flow D0300 is missing." in text_of(check)
        assert not Comment.objects.exists()
        assert "How much does it weigh?" in text_of(visitor.sends(check, {"step": "change"}))
        assert "Comment R1-1-1" in text_of(visitor.sends(check, {"step": "record"}))
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
            artefacts.add_comments(desk.place(review, 2), [NewComment("", f"Comment {n}.{m}", "should") for m in range(n)], by=desk.respondent)
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
        said = [NewComment("", " ".join(f"word{next(words):x}q" for _ in range(900)), "should") for _ in range(150)]
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
