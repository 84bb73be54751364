"""A change request is drafted, raised with its first version, followed by others, held and withdrawn."""

from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction

from change_requests import operations as changes
from change_requests.models import ChangeRequest
from groups.models import Organisation
from ledger.verifying import faults
from notifications.models import Notice
from records.rules import Refused
from tests.change_requests.offices import SAID, Office
from tests.conftest import set_clock
from tests.factories import OrganisationFactory, UserFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def offices(scene):
    return scene(lambda: Office(set_clock))


@pytest.fixture
def office(offices):
    return offices()


def refused(match: str):
    return pytest.raises(Refused, match=match)


def test_it_gets_the_programmes_next_number_and_both_it_and_its_version_are_public(office):
    first, second = office.raised("One"), office.raised("Two")
    assert (first.reference, second.reference) == ("CR001", "CR002")
    version = first.versions.get()
    assert (version.status, version.called) == ("fixed", "version 1.0")
    body = first.editions.latest("n").body
    assert (body["raised_by"], body["state"], body["versions"][0]["texts"]["issue"]) == ("Fenmoor Networks", "raised", "Messages wait.")
    assert not list(faults())


def test_a_fictional_group_numbers_its_own(clock):
    office = Office(clock, fictional=True)
    Organisation.objects.filter(pk=office.organisation.pk).update(fictional=True)
    office.organisation.refresh_from_db()
    assert office.raised().reference == "CR801"


def test_the_secretariat_is_told_and_whoever_raised_it_is_not(office):
    office.raised()
    assert set(Notice.objects.filter(subject__contains="is raised").values_list("person", flat=True)) == {office.secretary.person_id, office.pmo.person_id}


def test_a_draft_has_no_edition_and_no_number(office):
    draft = office.drafted()
    assert (draft.number, draft.published_at, draft.editions.count()) == (None, None, 0)
    assert draft.reference.startswith("Draft ")


@pytest.mark.parametrize("who", ["stranger", "chair", "reader"])
def test_only_an_appointed_raiser_or_the_secretariat_begins_one(office, who):
    with refused("Only somebody appointed"):
        changes.draft(office.group, "Mine", office.organisation, by=getattr(office, who))


def test_nobody_raises_in_the_name_of_another_organisation(office):
    with refused("You were not appointed to raise change requests for"):
        changes.draft(office.group, "Theirs", OrganisationFactory(), by=office.raiser)


def test_the_secretariat_raises_on_behalf_of_any(office):
    assert changes.draft(office.group, "Theirs", OrganisationFactory(), by=office.secretary).raised_by_person is None


def test_an_urgent_one_says_why(office):
    with refused("Say why it is urgent"):
        changes.draft(office.group, "Now", office.organisation, category="urgent", by=office.raiser)


def test_one_without_a_version_is_not_raised(office):
    with refused("Write its first version"):
        changes.raise_request(changes.draft(office.group, "Empty", office.organisation, by=office.raiser), by=office.raiser)


@pytest.mark.parametrize(("said", "missing"), [({"issue": " "}, "does not say what the issue is"), ({"solution": ""}, "does not say what the solution would be")])
def test_a_version_that_says_nothing_is_not_raised(office, said, missing):
    with refused(missing):
        office.raised(**said)


@pytest.mark.parametrize("text", ["The formats are in attachment 1.", "See the annex.", "A table is attached.", "See appendix B"])
def test_an_attachment_that_the_text_speaks_of_cannot_be_left_behind(office, text):
    with refused("Its text speaks of an attachment that is not in its list"):
        office.raised(solution=text)
    assert office.raised(solution=text, attachments=["Message formats"]).versions.get().attachments.count() == 1


def test_two_that_are_named_by_number_need_two(office):
    with refused("Its text speaks of an attachment that is not in its list"):
        office.raised(solution="See attachment 1 and attachment 2, as attachment 1 says.", attachments=["Formats"])


def test_a_fixed_version_cannot_be_changed_and_the_next_says_what_changed(office):
    request = office.raised()
    with refused("is fixed: what it asks for is frozen"):
        changes.change_version(request.versions.get(), "1.0", by=office.raiser, **SAID)
    with refused("Say what changed since version 1.0"):
        changes.draft_version(request, "1.1", by=office.raiser, **SAID)
    with refused("CR001 version 1.0 comes after that"):
        changes.draft_version(request, "0.9", what_changed="Older", by=office.raiser, **SAID)
    with refused("CR001 version 1.0 is there already"):
        changes.draft_version(request, "v1.0", what_changed="The same", by=office.raiser, **SAID)
    draft = changes.draft_version(request, "1.1", what_changed="Shorter", by=office.raiser, **SAID)
    with refused("CR001 version 1.1 is a draft already"):
        changes.draft_version(request, "1.2", what_changed="Another", by=office.raiser, **SAID)
    changes.fix(draft, by=office.raiser)
    assert [each["label"] for each in request.editions.latest("n").body["versions"]] == ["1.1", "1.0"]


@pytest.mark.forged
@pytest.mark.parametrize("sql", ["UPDATE change_requests_changerequestversion SET solution = 'x'", "UPDATE change_requests_attachment SET title = 'x'", "UPDATE change_requests_requestfile SET name = 'x'"])
def test_the_database_itself_keeps_a_fixed_version_and_its_attachments(office, sql):
    office.raised(attachments=["Formats"])
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_attachment_named_no_more_is_left_out_and_kept(office):
    draft = office.drafted(attachments=["Formats", "Costs"])
    version = draft.versions.get()
    changes.change_version(version, "1.0", attachments=["costs", "Dates"], by=office.raiser, **SAID)
    assert list(version.attachments.values_list("n", "title", "dropped")) == [(1, "Formats", True), (2, "Costs", False), (3, "Dates", False)]


@pytest.mark.parametrize("written", ["DES-196", "des196", "DES-196 D-Flow and Interface Mapping", "d-flow and interface mapping"])
def test_it_is_found_by_the_artefact_that_it_changes_however_that_is_written(office, client, written):
    office.raised(artefacts=["DES-196 D-Flow and Interface Mapping"])
    assert "CR001" in text_of(client.get("/change-requests/", {"artefact": written}))
    assert "CR001" not in text_of(client.get("/change-requests/", {"artefact": "DES-195"}))


def test_the_file_of_an_attachment_named_no_more_is_published_with_nothing(office):
    request = office.drafted(attachments=["Formats", "Cost model"])
    draft = request.versions.get()
    changes.change_version(draft, "1.0", attachments=["Formats"], by=office.raiser, **SAID)
    raised = changes.raise_request(request, by=office.raiser)
    body = raised.editions.latest("n").body["versions"][0]
    assert [each["attachment"] for each in body["files"]] == [1]
    assert "Cost model" not in str(body)


def test_a_title_that_was_taken_off_keeps_its_number_when_its_file_comes(office):
    request = office.drafted(attachments=["Annex A"])
    draft = request.versions.get()
    changes.change_version(draft, "1.0", by=office.raiser, **SAID)
    changes.attach(draft, ("Annex A.csv", b"1;2"), form="attachment", by=office.raiser)
    changes.change_version(draft, "1.0", attachments=["Annex A", "Annex B"], by=office.raiser, **SAID)
    assert [(each.n, each.title) for each in draft.attachments.filter(dropped=False)] == [(1, "Annex A"), (2, "Annex B")]


@pytest.mark.parametrize("visibility", ["participants", "pmo_and_assurance"])
def test_the_name_of_a_confidential_file_becomes_no_title(office, visibility):
    request = office.drafted()
    with refused("name the attachment in the version first"):
        changes.attach(request.versions.get(), ("Fenmoor outage costs.csv", b"1;2"), form="attachment", visibility=visibility, by=office.raiser)


def test_neither_name_nor_hash_of_a_confidential_file_is_public(office):
    request = office.drafted(attachments=["Attachment 1"])
    draft = request.versions.get()
    file = changes.attach(draft, ("Fenmoor outage costs.csv", b"1;2"), form="attachment", attachment=draft.attachments.get(), visibility="participants", by=office.raiser)
    assessment = office.assessed(changes.raise_request(request, by=office.raiser))
    body = str(assessment.version.change_request.editions.latest("n").body)
    assert "outage" not in body
    assert file.digest not in body
    assert file.sha256 not in body


def test_what_is_out_for_assessment_is_neither_held_nor_withdrawn(office):
    assessment = office.assessed()
    for act, by in ((changes.hold, office.secretary), (changes.withdraw, office.raiser)):
        with refused("is out for assessment"):
            act(assessment.version.change_request, why="To think", by=by)


def test_a_draft_of_the_next_version_is_as_private_as_the_first(office):
    request = office.raised()
    draft = changes.draft_version(request, "1.1", what_changed="Canary change", by=office.raiser, **(SAID | {"solution": "Canary solution"}))
    page, fix = f"/desk/change-requests/{request.pk}/", f"/desk/do/change_requests.fix/{draft.pk}/"
    seen = {name: "Canary" in office.reads(getattr(office, name), page) for name in ("raiser", "secretary", "reader", "chair", "observer")}
    assert seen == {"raiser": True, "secretary": True, "reader": True, "chair": False, "observer": False}
    assert "Canary" not in office.reads(office.holders[0], page)
    assert office.visitor(office.holders[0]).opens(fix).status_code == 404


def test_no_organisation_of_a_story_raises_to_a_real_group(office):
    with refused("is fictional"):
        changes.draft(office.group, "Hours", OrganisationFactory(name="Tallow (fictional)", fictional=True), by=office.secretary)


def test_a_title_that_is_too_long_is_said_and_what_was_typed_is_kept(office):
    request = office.drafted()
    page = f"/desk/change-requests/versions/{request.versions.get().pk}/change/"
    answer = office.visitor(office.raiser).does(page, {"attachments": ["T" * 201]})
    assert answer.status_code == 400
    assert "Attachment 1 is too long: keep it under 200 characters." in answer.content.decode()
    assert "T" * 201 in answer.content.decode()


def test_it_is_held_taken_up_again_and_withdrawn_with_a_reason_that_everybody_reads(office):
    request = office.raised()
    with refused("Say why"):
        changes.hold(request, why=" ", by=office.secretary)
    with refused("Only the secretariat"):
        changes.hold(request, why="The code changes", by=office.raiser)
    changes.hold(request, why="The code changes", by=office.secretary)
    assert request.editions.latest("n").body["state_in_words"] == "On hold: The code changes"
    changes.resume(ChangeRequest.objects.get(), by=office.secretary)
    changes.withdraw(ChangeRequest.objects.get(), why="Not needed", by=office.raiser)
    body = request.editions.latest("n").body
    assert (body["state"], body["state_in_words"]) == ("withdrawn", "Withdrawn: Not needed")
    with refused("is withdrawn"):
        changes.change(request, "Other", category="normal", by=office.raiser)


def test_a_withdrawn_draft_stays_unpublished(office):
    draft = changes.withdraw(office.drafted(), why="A slip", by=office.raiser)
    assert (draft.published_at, draft.editions.count()) == (None, 0)


def test_exclusion_holds_both_ways_and_is_written_down_once(office):
    one, other = office.raised("One"), office.raised("Two")
    changes.exclude(other, one, why="Either, not both", by=office.secretary)
    with refused("is on record already"):
        changes.exclude(one, other, why="Again", by=office.secretary)
    with refused("does not exclude itself"):
        changes.exclude(one, one, why="Again", by=office.secretary)
    told = [each.editions.latest("n").body["excludes"][0]["reference"] for each in (one, other)]
    assert told == ["CR002", "CR001"]


class TestPages:
    def test_a_raiser_goes_from_an_empty_desk_to_a_raised_change_request(self, office):
        visitor, code = office.visitor(office.raiser), office.group.code
        assert "None yet" in office.reads(office.raiser, "/desk/change-requests/")
        page = visitor.does(
            f"/desk/groups/{code}/change-requests/new/",
            {"title": "Registration hours", "organisation": str(office.organisation.pk), "category": "normal", "what_this_means": "Shops open longer."},
        )
        assert "Write a version of" in text_of(page)
        page = visitor.sends(page, {"label": "1.0", "issue": "It waits.", "solution": "See attachment 1."})
        assert "Its text speaks of an attachment that is not in its list" in text_of(page)
        draft = ChangeRequest.objects.get()
        version = draft.versions.get()
        page = visitor.does(f"/desk/change-requests/versions/{version.pk}/change/", {"attachments": ["Formats", "", ""]})
        assert "“Formats” is named as an attachment, and its file is not there: attach it." in text_of(page)
        with BytesIO(b"first;second") as formats:
            formats.name = "formats.csv"
            page = visitor.does(f"/desk/change-requests/versions/{version.pk}/attach/", {"file": formats})
        assert "formats.csv is attached." in text_of(page)
        assert "Raise “Registration hours”" in office.reads(office.raiser, "/desk/")
        check = visitor.opens(f"/desk/do/change_requests.raise/{draft.pk}/")
        assert "It gets its number, and it is public at once" in text_of(check)
        visitor.sends(check)
        public = office.reads(None, "/change-requests/CR001/")
        assert "Shops open longer." in public
        assert "Formats" in public

    def test_an_unsound_version_keeps_what_was_typed(self, office):
        draft = changes.draft(office.group, "Hours", office.organisation, by=office.raiser)
        page = office.visitor(office.raiser).does(f"/desk/change-requests/{draft.pk}/versions/new/", {"label": "the first", "issue": "It waits, and waits."})
        assert page.status_code == 409
        assert "Write the version as 1.0, v1.2, or 8.10." in text_of(page)
        assert "It waits, and waits." in text_of(page)

    def test_somebody_elses_change_is_not_written_over(self, office):
        request = office.raised()
        first, second = (office.visitor(office.secretary) for _ in range(2))
        pages = [each.opens(f"/desk/change-requests/{request.pk}/change/") for each in (first, second)]
        first.sends(pages[0], {"title": "Mine"})
        stale = second.sends(pages[1], {"title": "Theirs"})
        assert stale.status_code == 409
        assert ChangeRequest.objects.get().title == "Mine"
        assert "Theirs" in stale.content.decode()

    def test_a_draft_is_nobodys_but_its_raisers_the_secretariats_and_assurances(self, office):
        draft = office.drafted()
        people = ("raiser", "secretary", "reader", "chair", "observer", "stranger")
        answers = {who: office.visitor(getattr(office, who)).client.get(f"/desk/change-requests/{draft.pk}/").status_code for who in people}
        assert answers == {"raiser": 200, "secretary": 200, "reader": 200, "chair": 404, "observer": 404, "stranger": 404}
        assert office.reader.person.assurance_readings.filter(reference__startswith="draft change request").exists()

    def test_a_raiser_of_another_organisation_sees_nothing_of_it(self, office):
        draft, other = office.drafted("Canary of mine"), office.appointed("raiser", OrganisationFactory())
        assert office.visitor(other).client.get(f"/desk/change-requests/{draft.pk}/").status_code == 404
        for somebody in (other, UserFactory(), office.chair, office.holders[0]):
            assert "Canary of mine" not in office.reads(somebody, "/desk/change-requests/")
