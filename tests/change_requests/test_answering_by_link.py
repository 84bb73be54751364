"""An organisation answers by the link that was mailed to it, without an account."""


from datetime import timedelta

import pytest

from change_requests import operations as changes
from change_requests.links import token_for
from change_requests.models import RequestFile, Response, ResponseDraft
from notifications.models import Notice
from records.clock import portal_now
from tests.change_requests.offices import refused
from tests.factories import BelongingFactory, OrganisationFactory
from tests.pages import drained, forms_on, text_of

pytestmark = pytest.mark.django_db


def sent(client, here: str, **typed):
    """The check page of what was kept, sent."""
    (form,) = forms_on(client.get(f"{here}?checked"))
    return client.post(here, dict(form["data"]) | typed, follow=True)


class TestByLink:
    def test_two_presses_say_that_it_does_not_concern_the_firm(self, office, client):
        row = office.place(office.assessed(), 0)
        here = f"/desk/assessments/answer/{token_for(row)}/"
        assert "No impact on us" in client.get(here).content.decode()
        check = client.post(here, {"step": "none"}, follow=True).content.decode()
        assert "This is what" in check
        assert not Response.objects.exists()
        refused_page = sent(client, here, step="submit")
        assert refused_page.status_code == 400
        assert "Give your name." in refused_page.content.decode()
        done = sent(client, here, step="submit", name="Ann").content.decode()
        assert "Your answer is recorded" in done
        assert Response.objects.get().how == "link"

    def test_it_is_noted_that_somebody_looked(self, office, client):
        assessment = office.assessed()
        row = office.place(assessment, 0)
        here, page = f"/desk/assessments/answer/{token_for(row)}/", f"/desk/assessments/{assessment.pk}/"
        client.get(here)  # it may be a mail scanner that looks
        assert office.reads(office.secretary, page).count("Silent: told, and not opened") == 4
        client.post(here, {"step": "save", "comments": "Not yet"})
        page = office.reads(office.secretary, page)
        assert page.count("Silent: told, opened, and not answered") == 1
        assert page.count("Silent: told, and not opened") == 3

    @pytest.mark.parametrize("token", ["x", "1.0123", "1.00000000000000000000000000000000:abc", "a" * 900, "\u202e"])
    def test_a_link_that_is_not_ours_says_so(self, office, client, token):
        office.assessed()
        answer = client.get(f"/desk/assessments/answer/{token}/")
        assert answer.status_code == 404
        assert "not one of ours" in answer.content.decode()

    def test_a50_a_script_with_the_link_answers_twenty_times_a_day_and_loses_nothing(self, office, client, clock):
        row = office.place(office.assessed(), 0)
        here = f"/desk/assessments/answer/{token_for(row)}/"
        for n in range(20):
            changes.submit(row, {"position": "no_impact", "comments": f"Answer {n}"}, name="Ann", by=None)
        client.post(here, {"step": "check", "position": "object", "comments": "It takes us a year.", "audience": "everyone", "name": "Ann"})
        told = sent(client, here, step="submit", name="Ann")
        assert told.status_code == 409
        page = told.content.decode()
        assert "was answered for 20 times within a day by its links, and the last answer counts." in page
        assert "It takes us a year." in page, "what was typed stands in the form"
        assert "Choose who may read it" not in page
        assert (row.responses.count(), ResponseDraft.objects.get(row=row).body["comments"]) == (20, ["It takes us a year."])
        changes.submit(row, {"position": "no_impact"}, name="Ann", by=office.respondents[0])  # whoever is signed in still can
        changes.record_mailed(row, {"position": "no_impact"}, name="Ann", by=office.secretary)
        clock(portal_now() + timedelta(days=1, minutes=1))
        changes.submit(row, {"position": "no_impact"}, name="Ann", by=None)
        assert row.responses.count() == 23

    def test_an_answer_that_was_changed_and_not_sent_says_so(self, office, client, clock):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        client.post(here, {"step": "none", "name": "Ann"})
        sent(client, here, step="submit", name="Ann")
        assert "and not sent that" not in client.get(here).content.decode()
        clock(portal_now() + timedelta(minutes=5))
        client.post(here, {"step": "save", "position": "object", "comments": "It takes us a year.", "audience": "everyone", "name": "Ann"})
        page = client.get(here).content.decode()
        assert "You have changed it since, and not sent that: the draft is kept in the form below." in page
        assert "It takes us a year." in page

    def test_what_is_given_in_confidence_says_so_to_whoever_gave_it_and_to_the_secretariat(self, office, client):
        row = office.place(office.assessed(), 0)
        changes.submit(row, {"position": "support", "cost": "77 pounds", "comments": "Fine.", "confidence": {"cost": "programme"}}, name="Ann", by=office.respondents[0])
        said = "Cost (for the Programme and assurance only)"
        assert said in office.reads(office.respondents[0], f"/desk/assessments/rows/{row.pk}/answer/")
        page = f"/desk/assessments/{row.assessment_id}/"
        assert said in office.reads(office.secretary, page)
        table = office.visitor(office.secretary).client.get(f"{page}answers.csv").content.decode()
        assert "Cost: for the Programme and assurance only" in table

    def test_what_was_sent_twice_is_one_answer(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        key = "7f2c1f6e-5a59-4a2e-8d6e-6c6b7a3b2f10"
        client.post(here, {"step": "none", "name": "Ann"})
        for _ in range(2):
            sent(client, here, step="submit", key=key)
        assert Response.objects.count() == 1

    def test_after_the_close_it_says_what_to_do_and_shows_what_was_answered(self, office, clock, client):
        assessment = office.assessed()
        here = f"/desk/assessments/answer/{token_for(office.place(assessment, 0))}/"
        office.answer(assessment, 0, comments="Canary")
        clock("2023-07-26 17:00")
        page = client.get(here).content.decode()
        assert "It closed at 17:00 on 26 Jul 2023" in page
        assert "Your answer is recorded" in page
        assert "Canary" not in page  # the link may have been forwarded
        assert client.post(here, {"step": "none", "name": "Ann"}).status_code == 409

    def test_what_somebody_else_kept_meanwhile_is_shown_before_it_is_sent(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        client.post(here, {"step": "none", "name": "Ann"})
        (looked_at,) = forms_on(client.get(f"{here}?checked"))
        client.post(here, {"step": "save", "position": "object", "comments": "It is dear.", "audience": "everyone", "name": "Ben"})
        page = client.post(here, dict(looked_at["data"]) | {"step": "submit", "name": "Ann"})
        assert page.status_code == 409
        assert "has changed since you looked at it" in page.content.decode()
        assert "It is dear." in page.content.decode()
        assert not Response.objects.exists()

    def test_the_short_way_takes_the_place_of_no_draft_that_says_more(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        client.post(here, {"step": "save", "position": "object", "comments": "It is dear."})
        page = client.post(here, {"step": "none", "name": "Ann"})
        assert page.status_code == 409
        assert "It is dear." in page.content.decode()
        assert ResponseDraft.objects.get().body["comments"] == ["It is dear."]

    def test_a_draft_with_nothing_in_it_is_in_nobodys_way(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        client.post(here, {"step": "save", "position": "", "impact": "", "comments": "", "cost": "", "audience": "everyone", "name": ""})
        assert client.post(here, {"step": "none", "name": "Ann"}).status_code == 302

    def test_an_answer_says_who_may_read_it(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        page = client.post(here, {"step": "check", "position": "no_impact", "name": "Ann"})
        assert page.status_code == 400
        assert "Choose who may read it." in page.content.decode()

    @pytest.mark.parametrize("step", ["none", "confirm", "submit", "save", "check"])
    @pytest.mark.parametrize("name", ["A\x00nn", "A" * 5000, "A\nBcc: b@example.org", "\u202eAnn"])
    def test_no_name_breaks_any_of_its_buttons(self, office, client, step, name):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        assert client.post(here, {"step": step, "name": name}, follow=True).status_code < 500

    def test_a_new_link_makes_the_one_before_useless(self, office, client):
        assessment = office.assessed()
        before = token_for(office.place(assessment, 0))
        with refused("secretariat"):
            changes.send_link(office.place(assessment, 0), by=office.holders[0])
        page = f"/desk/do/change_requests.send_link/{office.place(assessment, 0).pk}/"
        assert "has a new link" in office.visitor(office.secretary).does(page).content.decode()
        assert client.get(f"/desk/assessments/answer/{before}/").status_code == 404
        now = token_for(office.place(assessment, 0))
        assert client.get(f"/desk/assessments/answer/{now}/").status_code == 200
        assert [now in told for told in Notice.objects.filter(subject__contains="a new link").values_list("body", flat=True)] == [True]

    def test_a_new_link_is_offered_only_where_somebody_is_known_to_send_it_to(self, office):
        alone = OrganisationFactory(name="Nobody Known Ltd")
        BelongingFactory(organisation=alone, constituency=office.seats[0].constituency)
        assessment = office.assessed()
        page = office.visitor(office.secretary).opens(f"/desk/assessments/{assessment.pk}/").content.decode()
        assert f"/desk/do/change_requests.send_link/{office.place(assessment, 0).pk}/" in page
        row = assessment.roll.get(organisation=alone)
        assert f"/desk/do/change_requests.send_link/{row.pk}/" not in page
        with refused("Nobody is known who answers for Nobody Known Ltd, so nobody would be sent anything"):
            changes.send_link(row, by=office.secretary)

    def test_what_goes_with_it_is_had_from_the_form_by_whoever_may_have_it(self, office, client):
        request = office.drafted(attachments=["Formats", "Price list", "Threat model"])
        version = request.versions.get()
        for each, visibility in zip(version.attachments.order_by("n"), ("public", "participants", "pmo_and_assurance"), strict=True):
            changes.attach(version, (f"{each.n}.txt", each.title.encode()), form="attachment", attachment=each, visibility=visibility, by=office.raiser)
        changes.raise_request(request, by=office.raiser)
        row = office.place(office.assessed(request), 0)
        formats, prices, _ = RequestFile.objects.filter(dropped=False).order_by("attachment__n")
        public, private = f"/change-requests/CR001/files/{formats.digest}/", f"/desk/change-requests/files/{prices.pk}/"
        signed_in = office.visitor(office.respondents[0]).opens(f"/desk/assessments/rows/{row.pk}/answer/")
        by_link = client.get(f"/desk/assessments/answer/{token_for(row)}/")
        assert [address in page.content.decode() for page in (signed_in, by_link) for address in (public, private)] == [True, True, True, False]
        assert "Price list (sign in to read it)" in text_of(by_link)
        for page in (signed_in, by_link):
            assert "Threat model (for the PMO and assurance only)" in text_of(page)
        assert [drained(office.visitor(office.respondents[0]).client.get(at)).status_code for at in (public, private)] == [200, 200]
        desk = office.visitor(office.respondents[0]).client
        closed = RequestFile.objects.get(visibility="pmo_and_assurance")
        assert desk.get(f"/desk/change-requests/files/{closed.pk}/").status_code == 404
        newcomer = office.appointed("respondent", OrganisationFactory())
        assert office.visitor(newcomer).client.get(private).status_code == 404, "their organisation was not asked"
