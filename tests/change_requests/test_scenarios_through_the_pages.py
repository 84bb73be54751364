"""What the DAG had before it on 12 July 2023, in short, through the pages: CR024, CR025, CR027, DEC56 and DES-196."""


import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from artefacts import operations as artefacts
from artefacts.models import AgreedEdit, ArtefactVersion, Baseline
from change_requests.models import Assessment, ChangeRequest, Implementation
from decisions import operations as decisions
from decisions.models import Decision, Question
from groups.models import Appointment
from ledger.verifying import faults
from records import sweep
from tests.change_requests.test_implementing import CITED, Works
from tests.factories import AppointmentFactory, UserFactory
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db


class Room(Works):
    """The works, with everybody's browser open."""

    def __init__(self, clock):
        super().__init__(clock)
        self.pmo, self.sro = Visitor(self.secretary), Visitor(self.chair)

    def determined(self, title: str, *subjects: dict[str, str]) -> Decision:
        """Decided and published, both through the pages."""
        tabled = decisions.table(decisions.draft(self.group, title, f"The SRO decided on {title}", by=self.secretary), by=self.secretary)
        typed: dict = {"reasons": ["It was weighed."], "consensus": "yes", "step": "check"}
        for n, each in enumerate(subjects):
            typed |= {f"subject-{n}-{name}": told for name, told in each.items()}
        typed["subject-TOTAL_FORMS"] = str(max(3, len(subjects)))
        check = self.sro.sends(self.sro.opens(f"/desk/decisions/{tabled.pk}/determine/"), typed)
        assert "Check before deciding" in text_of(check), text_of(check)[:3000]
        assert "is determined" in text_of(self.sro.sends(check))
        return decisions.publish(Decision.objects.get(pk=tabled.pk), by=self.secretary)

    def implement(self, row: Implementation, **typed) -> str:
        return text_of(self.pmo.does(f"/desk/change-requests/implementations/{row.pk}/", typed))

    def public(self, address: str) -> str:
        return text_of(Visitor().opens(address))


@pytest.fixture
def room(clock):
    return Room(clock)


def cr(outcome: str, **told) -> dict[str, str]:
    return {"kind": "change_request", "ref": "CR001", "version": "1.0", "outcome": outcome} | told


def artefact(ref: str, version: str) -> dict[str, str]:
    return {"kind": "artefact", "ref": ref, "version": version, "outcome": "baselined"}


def test_cr024_when_it_is_implemented_stays_open_until_a_decision_sets_it(room):
    room.determined("CR024", cr("approved"))
    for each in (room.catalogue, room.choreography):
        room.carrying(each)
    assert "Its implementation date is to be decided." in room.public("/change-requests/CR001/")
    dated = room.determined("When CR024 is implemented", {"kind": "other", "ref": "The date of CR024", "version": "", "outcome": "approved"})
    assert "Its implementation date is to be decided." in room.public("/change-requests/CR001/")
    for each in Implementation.objects.all():
        room.implement(each, version=str(each.version_id), dated_on="2023-11-01", dated_by=str(dated.pk))
    words = room.public("/change-requests/CR001/")
    assert "Next, it is in force from 1 Nov 2023." in words
    assert dated.reference in words


@pytest.mark.long
def test_cr024_is_put_to_a_second_window_with_one_question_and_decided_between_meetings(room, clock):
    """Amended after its assessment: version 2.0 with a redline goes out for five days; one firm keeps its answer, one changes it, one says nothing and stands for 1.0 only."""
    first = room.assessed(room.request)
    for n, position in enumerate(("support", "object", "support")):
        room.answer(first, n, position=position, impact="low", comments=f"Said of 1.0 by {n}")
    clock("2023-07-26 17:00")
    sweep.run()
    clock("2023-07-27 10:00")
    raiser, cr = Visitor(room.raiser), room.request.pk
    page = raiser.does(f"/desk/change-requests/{cr}/versions/new/", {"label": "2.0", "what_changed": "The hours are fewer.", "solution": "Answer them by day.", "artefacts": CITED})
    second = room.request.versions.get(label="2.0")
    redline = SimpleUploadedFile("cr001-redline.txt", b"Answer them by day, not at once.")
    assert "is attached" in text_of(raiser.does(f"/desk/change-requests/versions/{second.pk}/attach/", {"file": redline, "what": "redline", "visibility": "public"})), text_of(page)
    raiser.sends(raiser.opens(f"/desk/do/change_requests.fix/{second.pk}/"))
    assert "cr001-redline.txt" in room.public("/change-requests/CR001/")

    form = room.pmo.opens(f"/desk/change-requests/versions/{second.pk}/assess/")
    assert dict(forms_on(form)[0]["data"])["days"] == "5"
    check = room.pmo.sends(form, {"kind": "impact", "authority": "The Programme’s", "question": "Can you meet November?"})
    assert "5 working days after 27 Jul 2023 is 3 Aug 2023" in text_of(check)
    room.pmo.sends(check, {"step": "issue"})
    again = Assessment.objects.get(version=second)
    for n, typed in ((0, {"answer": "Yes"}), (1, {"answer": "By December", "position": "with_comments"})):
        respondent, here = Visitor(room.respondents[n]), f"/desk/assessments/rows/{room.place(again, n).pk}/answer/"
        page = respondent.opens(here)
        assert f"Said of 1.0 by {n}" in text_of(page)
        assert "It still stands: confirm it" not in text_of(page), "another question is asked than before"
        whole = next(n for n, form in enumerate(forms_on(page)) if "comments" in dict(form["data"]))
        sent = respondent.sends(respondent.sends(page, typed | {"step": "check"}, form=whole), {"step": "submit"})
        assert "Your answer is recorded" in text_of(sent), text_of(sent)[:2000]
    clock("2023-08-03 17:00")
    sweep.run()
    told = text_of(room.pmo.opens(f"/desk/assessments/{again.pk}/"))
    assert told.count("not confirmed for this version, and not counted") == 1
    room.pmo.sends(room.pmo.opens(f"/desk/do/change_requests.publish_results/{again.pk}/"))

    asked = f"/desk/groups/{room.group.code}/questions/new/?subject=CR001&version=2.0&window=window"
    room.pmo.does(asked, {"title": "CR024", "wording": "Should CR001 version 2.0 be approved?", "decision_wording": "The SRO approved CR001 version 2.0", "window": "window", "window_days": "5", "subject": "CR001", "version": "2.0"})
    question = Question.objects.get()
    room.pmo.sends(room.pmo.opens(f"/desk/questions/{question.pk}/open/"))
    for holder in room.holders:
        seat = Visitor(holder)
        seat.sends(seat.does(f"/desk/questions/{question.pk}/vote/", {"choice": "approve", "comment": "As consulted", "step": "check"}), {"step": "cast"})
    clock("2023-08-11 17:00")
    sweep.run()
    question.refresh_from_db()
    assert (question.tally, question.decision.where_taken) == ({"approve": 2}, "ex_committee")
    typed = {"subject-0-outcome": "approved", "reasons": ["Both seats advise it."], "consensus": "yes", "step": "check"}
    check = room.sro.sends(room.sro.opens(f"/desk/decisions/{question.decision_id}/determine/"), typed)
    assert "is determined" in text_of(room.sro.sends(check)), text_of(check)[:3000]
    decisions.publish(Decision.objects.get(), by=room.secretary)
    words = room.public("/change-requests/CR001/")
    for said in ("in version 2.0", "Impact assessment of version 1.0 closed", "Impact assessment of version 2.0 closed", "2 of 2 artefacts still to follow"):
        assert said in words, said
    for each in (room.catalogue, room.choreography):
        room.carrying(each)
    assert "Its implementation date is to be decided." in room.public("/change-requests/CR001/")
    assert not list(faults())


def test_cr025_is_approved_subject_to_how_it_is_implemented_and_its_redline_comes_back(room):
    room.determined("CR025", cr("approved_subject_to", conditions="implementing it in the way agreed"))
    words = room.public("/change-requests/CR001/")
    assert "Approved with conditions" in words
    assert "Subject to implementing it in the way agreed" in words
    assert f"Its redline is to come back to the {room.group.code}" in words
    assert "2 of 2 artefacts still to follow" in words


def test_cr027_agreed_to_go_out_for_assessment_is_not_settled(room):
    decision = room.determined("CR027", cr("issued_to_assessment"))
    version = ChangeRequest.objects.get().versions.get()
    check = room.pmo.does(f"/desk/change-requests/versions/{version.pk}/assess/", {"kind": "impact", "decision": str(decision.pk), "authority": "", "days": "10"})
    assert "is out for impact assessment" in text_of(room.pmo.sends(check, {"step": "issue"}))
    words = room.public("/change-requests/CR001/")
    assert "Out for impact assessment until" in words
    assert "Next, answers are due" in words
    assert decision.reference in words


def test_cr027_is_refused_without_the_attachment_it_names_and_issued_with_it(room):
    """Its text speaks of an annex that is not in its list; then of one whose file is not there."""
    raiser, cr = Visitor(room.raiser), room.request.pk
    said = {"label": "1.1", "what_changed": "An annex.", "solution": "See annex 1.", "issue": "Messages wait."}
    raiser.does(f"/desk/change-requests/{cr}/versions/new/", said)
    version = room.request.versions.get(label="1.1")
    fix, form = f"/desk/do/change_requests.fix/{version.pk}/", f"/desk/change-requests/versions/{version.pk}/change/"
    assert "Its text speaks of an attachment that is not in its list: name it there." in text_of(raiser.opens(fix))
    raiser.does(form, {"attachments": ["Message formats"]})
    assert "“Message formats” is named as an attachment, and its file is not there: attach it." in text_of(raiser.opens(fix))
    here = f"/desk/change-requests/versions/{version.pk}/assess/"
    assert "is a draft: what is assessed has to stay as it is. Fix it first." in text_of(room.pmo.opens(here))
    named = version.attachments.get(dropped=False)
    annex = SimpleUploadedFile("formats.txt", b"Message formats")
    raiser.does(f"/desk/change-requests/versions/{version.pk}/attach/", {"file": annex, "what": str(named.pk), "visibility": "public"})
    raiser.sends(raiser.opens(fix))
    check = room.pmo.does(here, {"kind": "impact", "authority": "The Programme’s", "days": "10"})
    assert "1. Message formats" in text_of(check)
    assert "formats.txt" in text_of(check)
    assert "is out for impact assessment" in text_of(room.pmo.sends(check, {"step": "issue"}))
    (sent,) = Assessment.objects.get().sends
    assert (sent["title"], bool(sent["sha256"])) == ("Message formats", True)
    assert not list(faults())


def test_dec56_baselines_three_in_one(room):
    names = ["Interface Code of Connections", "DIP PKI Certificate Profiles", "DIP PKI Policy"]
    for name in names:
        made = artefacts.add_artefact(room.group, name, by=room.secretary)
        artefacts.put_forward(artefacts.draft_version(made, "1.0", by=room.secretary), by=room.secretary)
    decision = room.determined("DIP design documents", *(artefact(name, "1.0") for name in names))
    assert {each.artefact.name: each.settlement.decision for each in Baseline.objects.all()} == dict.fromkeys(names, decision)
    assert all(f"Baselined by {decision.reference}" in room.public(f"/artefacts/{each.artefact.slug}/") for each in Baseline.objects.all())
    assert not list(faults())


@pytest.mark.long
def test_des196_is_put_as_0_9_and_issued_as_1_0_when_somebody_else_has_ticked_its_three_edits(room):
    owner = UserFactory(person=AppointmentFactory(kind=Appointment.Kind.ARTEFACT_OWNER, scope=room.catalogue.slug, group=room.group).person)
    put = artefacts.put_forward(artefacts.draft_version(room.catalogue, "0.9", by=owner), by=owner)
    for n in (1, 2, 3):
        room.pmo.does(f"/desk/artefacts/versions/{put.pk}/agree-edit/", {"text": f"Edit {n}", "agreed_where": "DAG026 4.1"})
    decision = room.determined("DES-196", artefact(CITED[0], "0.9"))
    page = f"/artefacts/{room.catalogue.slug}/"
    assert f"Baselined by {decision.reference} as 1.0; edits being made: 0 of 3" in room.public(page)
    issued = artefacts.draft_version(room.catalogue, "1.0", made_from=put, by=owner)
    here, own = f"/desk/do/artefacts.put_forward/{issued.pk}/", Visitor(owner)
    assert "Somebody other than the owner has still to see that the agreed edits are made: 1, 2, 3." in text_of(own.opens(here))
    for edit in AgreedEdit.objects.order_by("n"):
        assert own.client.post(f"/desk/do/artefacts.see_edit_done/{edit.pk}/").status_code == 403
        room.pmo.client.post(f"/desk/do/artefacts.see_edit_done/{edit.pk}/")
    own.does(here)
    assert ArtefactVersion.objects.get(pk=issued.pk).status == "fixed"
    assert f"Baselined by {decision.reference}" in room.public(page)
    assert room.reads(room.secretary, f"/desk/artefacts/{room.catalogue.slug}/").count(str(owner.person)) == 1

    approved = room.determined("CR018", cr("approved"))
    typed = {"label": "1.1", "made_from": str(issued.pk), "what_changed": "Hours, and two defects."}
    carried = (("change_request", "CR001", approved.reference), ("defect", "DIN-1066", "Design authority"), ("defect", "DIN-1070", "Design authority"))
    empty = own.does(f"/desk/artefacts/{room.catalogue.slug}/versions/new/", typed)
    following = room.catalogue.versions.get(label="1.1")
    assert "say what version 1.1 carries, and who authorised it" in text_of(own.opens(f"/desk/do/artefacts.put_forward/{following.pk}/")), text_of(empty)[:2000]
    for n, (kind, reference, by) in enumerate(carried):
        typed |= {f"carries-{n}-kind": kind, f"carries-{n}-reference": reference, f"carries-{n}-authorised_by": by}
    own.does(f"/desk/artefacts/versions/{following.pk}/change/", typed)
    own.does(f"/desk/do/artefacts.put_forward/{following.pk}/")
    words = room.public(page)
    for said in ("Version 1.1", "CR001", "DIN-1066", "DIN-1070", f"Authorised by {approved.reference}".lower()):
        assert said in words or said in words.lower(), said
    assert Implementation.objects.get(artefact=room.catalogue).version == following
    assert "1 of 2 artefacts still to follow" in room.public("/change-requests/CR001/")
    assert not list(faults())
