"""What a ballot says of what is voted on; and that a second question is answered in the words in which it is asked, wherever its answers are shown."""

import pytest

from artefacts import operations as artefacts
from change_requests import operations as changes
from decisions import operations
from decisions.bodies import everything_of
from decisions.models import Choice, Decision, Outcome, Question
from decisions.sentences import roll_sentence, segments
from decisions.subjects import Subject, Terms
from ledger.models import Entry
from notifications.models import Notice
from records.subjects import describe
from tests.change_requests.offices import Office
from tests.decisions.houses import vote_at
from tests.pages import Visitor, drained, text_of
from tests.register.proving import run_script, written

pytestmark = pytest.mark.django_db


class TestAFollowUpIsAnsweredAsItIsAsked:
    @pytest.fixture
    def asked(self, house) -> Question:
        return house.ask(follow_up="If it is approved, should it go into the next release?")

    @pytest.mark.parametrize(
        ("wording", "yes_or_no"),
        [
            ("Should it go into the next release?", True), ("Do the seats want it in test first?", True), ("Is June too late?", True),
            ("If it is approved, shall it wait for CR017?", True), ("The next release, or the one after?", False), ("CR017 version 1.0", False),
        ],
    )  # fmt: skip
    def test_by_how_it_begins_and_what_is_put_first_never(self, wording, yes_or_no):
        assert Question(wording=wording, follows_id=1).asks_yes_or_no is yes_or_no
        assert Question(wording=wording).asks_yes_or_no is False

    def test_on_the_ballot_its_check_page_and_its_receipt(self, house, asked):
        holder, row = Visitor(house.holders[0]), house.row(asked)
        ballot = holder.opens(vote_at(asked, row))
        assert "Approve Reject Abstain" in text_of(ballot)
        assert "Yes No Abstain" in text_of(ballot)
        check = holder.sends(ballot, {"choice": "approve", "comment": "As consulted", "choice-2": "reject", "comment-2": "Too early"})
        assert [word in text_of(check) for word in ("Approve", "No", "Reject")] == [True, True, False]
        receipt = text_of(holder.sends(check, {"step": "cast"}))
        assert "Vote No Too early" in receipt
        assert any("Vote: No" in notice.body for notice in Notice.objects.all())
        assert Entry.objects.filter(kind="voted").count() == 2

    def test_in_the_mail_that_says_how_it_closed_each_count_is_called_as_it_was_answered(self, house, asked):
        house.vote(asked, "approve", "reject")
        house.vote(asked.follow_ups.get(), "approve", "reject")
        house.clock("2023-07-19 17:00")
        for question in (asked, asked.follow_ups.get()):
            operations.close_when_due(question)
        bodies = [notice.body for notice in Notice.objects.filter(key__endswith="-closed", person=house.chair.person).order_by("pk")]
        assert "  Approve: 1\n  Reject: 1\n  Not cast: 1" in bodies[0]
        assert "  Yes: 1\n  No: 1\n  Not cast: 1" in bodies[1]
        assert all(body.count("London") == 1 for body in bodies)

    def test_what_is_sealed_stays_the_choice(self, house, asked):
        rider = asked.follow_ups.get()
        cast = operations.cast_vote(house.row(rider), "reject", comment="Too early", by=house.holders[0])
        assert cast.in_words == "No"
        assert cast.sealed()["choice"] == Choice.REJECT

    def test_without_a_choice_it_says_what_there_is_to_choose(self, house, asked):
        holder, row = Visitor(house.holders[0]), house.row(asked)
        answer = text_of(holder.does(vote_at(asked, row), {"choice": "approve", "comment": "As consulted", "step": "check"}))
        assert "Choose yes, no or abstain." in answer
        assert "Choose approve, reject or abstain." not in answer

    def test_on_the_roll_call(self, house):
        asked = house.ask(window_days=None, follow_up="Should it go into the next release?")
        page = text_of(Visitor(house.secretary).opens(f"/desk/questions/{asked.follow_ups.get().pk}/roll-call/"))
        assert "Yes No Abstain" in page
        assert "A yes, R no, B abstain" in page

    def test_on_the_page_of_the_decision_its_bar_and_its_proof(self, house, asked, client, tmp_path):
        rider = asked.follow_ups.get()
        house.vote(asked, "approve", "approve", "reject")
        house.vote(rider, "approve", "approve", "reject")
        house.clock("2023-07-19 17:00")
        operations.close_when_due(asked)
        operations.close_when_due(rider)
        decision = operations.determine(Decision.objects.get(pk=asked.decision_id), Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=house.chair)
        decision = operations.publish(decision, by=house.secretary)
        rows = everything_of(decision)["votes"][1]["rows"]
        assert roll_sentence(rows) == "Two seats said yes and one no."
        assert [part["label"] for part in segments(rows)] == ["Yes", "No"]
        page = text_of(client.get(decision.get_absolute_url()))
        assert "Two seats advised approving and one rejecting." in page
        assert "Two seats said yes and one no." in page
        code, said = run_script(written(tmp_path, client.get(f"{decision.get_absolute_url()}verify.json").json()))
        assert (code, "said yes and one no" in said) == (2, True), "no head vouches for it yet"


class TestTheBallotSaysWhatIsVotedOn:
    @pytest.fixture
    def office(self, clock):
        return Office(clock)

    def ballot(self, office, asked):
        return Visitor(office.holders[0]).opens(vote_at(asked, office.row(asked)))

    def test_of_a_change_request_its_title_what_it_means_its_page_and_the_documents_of_that_version(self, office):
        request = office.raised("Retrying failed messages", "1.3", attachments=["Message formats"], solution="Send it again three times.")
        page = self.ballot(office, office.ask(subject=request.reference, version="1.3"))
        assert f"What it is {request.reference}: Retrying failed messages Document: Message formats" in text_of(page)
        assert "If it is approved Send it again three times." in text_of(page)
        assert f'href="{request.get_absolute_url()}"' in page.content.decode()
        for address in [each.where for each in describe(request.reference, "1.3").documents]:
            assert drained(Visitor(office.holders[0]).opens(address)).status_code == 200

    def test_of_an_artefact_its_name_and_what_is_baselined(self, office):
        artefact = artefacts.add_artefact(office.group, "Interface catalogue", document_number="TST-01", by=office.secretary)
        version = artefacts.draft_version(artefact, "1.0", what_changed="Night-time messages are described.", by=office.secretary)
        artefacts.attach(version, ("catalogue.txt", b"Messages"), form="clean", by=office.secretary)
        artefacts.put_forward(version, by=office.secretary)
        page = text_of(self.ballot(office, office.ask(subject=artefact.cited, version="1.0")))
        assert f"{artefact.cited}, version 1.0 Document: The document" in page
        assert f"{artefact.cited} is baselined as version 1.0. Night-time messages are described." in page

    def test_what_only_the_secretariat_and_assurance_have_is_not_named(self, office):
        request = office.drafted(label="1.0")
        changes.attach(request.versions.get(), ("costs.txt", b"Costs"), form="clean", visibility="pmo_and_assurance", by=office.raiser)
        request = changes.raise_request(request, by=office.raiser)
        assert describe(request.reference, "1.0").documents == ()

    def test_of_what_the_portal_does_not_keep_it_says_no_more_than_the_question(self, office):
        assert "What it is" not in text_of(self.ballot(office, office.ask(subject="CR999", version="1.0")))
