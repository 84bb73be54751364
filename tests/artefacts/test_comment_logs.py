"""What becomes of each comment of a review, the log of them that is published, and the baseline that follows."""


import pytest

from artefacts import operations as artefacts
from artefacts.models import Comment, Resolution
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from ledger.verifying import faults
from notifications.models import Notice
from tests.artefacts.libraries import refused
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SLUG = "des-196-d-flow-and-interface-mapping"


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
