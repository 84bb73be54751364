"""Dissent through the pages, as the people would use them: what is offered, what is refused beside its field, what is not theirs to know."""

from datetime import date

import pytest

from decisions.models import Advice
from dissent import operations as dissent
from dissent.models import ProceduralConcern, Referral, Statement
from groups.models import AssuranceReading
from meetings.models import Paragraph
from tests.conftest import set_clock
from tests.dissent.levels import Levels
from tests.factories import HoldingFactory, SeatFactory, UserFactory, user_of
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
Kind = Referral.Kind


def build() -> Levels:
    return Levels(set_clock)


def visit(user) -> Visitor:
    return Visitor(user)


def shown(user, address: str) -> str:
    page = visit(user).opens(address)
    assert page.status_code == 200, text_of(page)
    return text_of(page)


# --- advice, statements, procedure


def test_the_secretariat_records_advice_with_who_said_it(house):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    form = visit(house.pmo).opens(f"/desk/decisions/{decision.pk}/advice/")
    assert house.ipa.person.name in text_of(form)
    assert house.dno.person.name not in text_of(form).replace("Signed in", "")
    sent = visit(house.pmo).sends(form, {"body": "ipa", "person": str(house.ipa.person.pk), "text": "Wait for the redline.", "when": "after", "given_on": "2023-07-11"})
    assert "The advice is recorded" in text_of(sent)
    advice = Advice.objects.get()
    assert (advice.person, advice.given_on, advice.when) == (house.ipa.person, date(2023, 7, 11), "after")


def test_advice_without_a_body_keeps_what_was_typed(house):
    decision = house.tabled()
    page = visit(house.pmo).does(f"/desk/decisions/{decision.pk}/advice/", {"text": "Wait for it.", "given_on": "2023-07-12"})
    assert page.status_code == 400
    assert "Wait for it." in page.content.decode()


def test_a_position_is_put_on_record_once_the_box_is_ticked_with_every_space_kept(house):
    decision = house.published()
    address, text = f"/desk/decisions/{decision.pk}/statement/", "  No.\r\n\r\n* not as it stands "
    page = visit(house.dno).does(address, {"text": text})
    assert page.status_code == 400
    assert "Tick the box" in text_of(page)
    assert not Statement.objects.exists()
    page = visit(house.dno).sends(page, {"text": text, "understood": "on"})
    assert "Your position is recorded. It is public." in text_of(page)
    assert Statement.objects.get().text == text.replace("\r\n", "\n"), "a browser ends its lines in its own way; nothing else is touched"
    again = visit(house.dno).opens(address)
    assert again.status_code == 409
    assert "has stated its position" in text_of(again)


def test_who_sits_in_two_seats_says_for_which(house):
    second = SeatFactory(group=house.dag, label="iDNO Representative")
    HoldingFactory(seat=second, person=house.dno.person)
    decision = house.tabled()
    address = f"/desk/decisions/{decision.pk}/statement/"
    typed = {"text": "No.", "understood": "on"}
    assert visit(house.dno).does(address, typed).status_code == 400
    visit(house.dno).does(address, typed | {"seat": str(second.pk)})
    assert Statement.objects.get().seat == second
    assert "You speak for the DNO Representative of DAG." in shown(house.dno, address)  # the other has spoken
    forged = house.dno_seat.pk + 1000
    assert visit(house.dno).does(address, typed | {"seat": str(forged)}).status_code in (200, 302)
    assert Statement.objects.filter(seat=house.dno_seat).exists()


def test_a_seat_of_somebody_else_cannot_be_chosen(house):
    HoldingFactory(seat=SeatFactory(group=house.dag), person=house.dno.person)
    foreign = house.other.person.holdings.get().seat
    decision = house.tabled()
    page = visit(house.dno).does(f"/desk/decisions/{decision.pk}/statement/", {"text": "No.", "understood": "on", "seat": str(foreign.pk)})
    assert page.status_code == 400
    assert not Statement.objects.exists()


def test_a_concern_about_procedure_and_its_ruling(house):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    page = visit(house.dno).does(f"/desk/decisions/{decision.pk}/procedure/", {"text": "The papers were late."})
    assert "Your concern is with the Chair" in text_of(page)
    concern = ProceduralConcern.objects.get()
    assert "The Chair of DAG rules on it." in shown(house.dno, "/desk/concerns/")
    address = f"/desk/procedural-concerns/{concern.pk}/rule/"
    form = visit(house.chair).opens(address)
    assert "written into the draft minutes of DAG026, under item 1" in text_of(form)
    assert "The papers were late." in text_of(form)
    empty = visit(house.chair).sends(form, {"text": " "})
    assert (empty.status_code, "Give the ruling: it is minuted." in text_of(empty)) == (409, True)
    visit(house.chair).sends(form, {"text": "They were out in time."})
    assert Paragraph.objects.get(item=house.item).text == "The Chair ruled: They were out in time."
    assert "They were out in time." in shown(house.dno, "/desk/concerns/")
    assert visit(house.chair).opens(address).status_code == 409


# --- a significant concern


def test_a_concern_from_its_page_to_the_psg_and_back(house, clock):
    decision = house.published()
    carrier = user_of(house.psg_seat())
    page = visit(house.dno).does(f"/desk/decisions/{decision.pk}/concern/", {"text": "Agents bear the cost."})
    assert "Your concern is raised. The DAG answers by 2 Aug 2023" in text_of(page)
    concern = Referral.objects.get()
    here = f"/desk/referrals/{concern.pk}/"
    mine = shown(house.dno, "/desk/concerns/")
    assert "Waiting for an answer" in mine
    assert "The DAG says who answers, or answers by 2 Aug 2023 : 10 working days left" in mine
    assert "The decision stands meanwhile." in mine

    form = visit(house.chair).opens(here + "take-on/")
    assert visit(house.chair).sends(form, {"owner": "", "stands": "no"}).status_code == 409
    visit(house.chair).sends(form, {"owner": str(house.other.person.pk), "stands": "no"})
    assert f"{house.other.person.name} answers for the DAG by 2 Aug 2023" in shown(house.dno, "/desk/concerns/")
    visit(house.chair).does(here + "answer/", {"answer": "The cost is capped."})
    clock("2023-07-20 10:00")
    mine = shown(house.dno, "/desk/concerns/")
    assert "Answer of the DAG, 19 Jul 2023 The cost is capped." in mine
    assert "The DNO Representative says whether the answer satisfies by 2 Aug 2023 : 9 working days left" in mine
    assert "Say whether the answer satisfies" in mine

    form = visit(house.dno).opens(here + "not-satisfied/")
    assert "The answer of the DAG: The cost is capped." in text_of(form)
    refused = visit(house.dno).sends(form, {"satisfied": "no"})
    assert (refused.status_code, "Say why the answer does not satisfy" in text_of(refused)) == (409, True)
    visit(house.dno).sends(form, {"satisfied": "no", "why": "A cap is no answer."})
    assert "carries it to the PSG by 3 Aug 2023" in shown(house.dno, "/desk/concerns/")
    form = visit(house.dno).opens(here + "carry/")
    assert "It goes through the DNO Representative in the PSG, who is told." in text_of(form)
    page = visit(house.dno).sends(form)
    assert "The concern lies with the PSG now" in text_of(page)
    there = Referral.objects.get(to_group=house.psg)
    assert "Agents bear the cost." in shown(carrier, f"/desk/referrals/{there.pk}/")
    assert "A cap is no answer." in shown(house.sro, f"/desk/referrals/{there.pk}/")
    assert visit(house.sro).opens(here).status_code == 404  # what passed within the DAG is told there, not shown here
    visit(house.sro).does(f"/desk/referrals/{there.pk}/answer/", {"answer": "The cap suffices."})
    mine = shown(house.dno, "/desk/concerns/")
    assert "Answered by the PSG" in mine
    assert "Answer of the PSG, 20 Jul 2023 The cap suffices." in mine
    assert mine.count("Agents bear the cost.") == 1
    page = visit(house.dno).does(f"/desk/referrals/{there.pk}/not-satisfied/", {"satisfied": "yes"})
    assert "The answer is accepted." in text_of(page)
    assert "Nobody owes anything any more" in shown(house.dno, here)


def test_a_representative_above_is_chosen_where_the_constituency_has_none(house):
    another = SeatFactory(group=house.psg, label="iDNO Representative")
    HoldingFactory(seat=another)
    concern = dissent.dispute_answer(dissent.answer_referral(house.concern(), "No.", by=house.chair), "Why?", by=house.dno)
    address = f"/desk/referrals/{concern.pk}/carry/"
    form = visit(house.dno).opens(address)
    assert "iDNO Representative" in text_of(form)
    refused = visit(house.dno).sends(form)
    assert (refused.status_code, "Choose a representative in PSG" in text_of(refused)) == (409, True)
    visit(house.dno).sends(form, {"carrier": str(another.pk)})
    assert Referral.objects.get(to_group=house.psg).raised_by_seat == another


def test_a_concern_is_taken_back_with_a_reason(house):
    concern = house.concern()
    page = visit(house.dno).does(f"/desk/referrals/{concern.pk}/withdraw/", {"why": ""})
    assert "Say why it is withdrawn" in text_of(page)
    visit(house.dno).sends(page, {"why": "We settled it."})
    assert "We settled it." in shown(house.dno, f"/desk/referrals/{concern.pk}/")


@pytest.mark.many(3)
@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("chair", ["Answer it", "Say who answers", "Carry it to PSG"]), ("pmo", ["Say who answers", "Carry it to PSG"]), ("dno", ["Withdraw it"]),
        ("other", []), ("observer", []), ("reader", []), ("ipa", []),
    ],
)  # fmt: skip
def test_a_page_offers_what_the_rules_allow_and_each_offer_opens(house, who, offered):
    concern, user = house.concern(), getattr(house, who)
    page = visit(user).client.get(f"/desk/referrals/{concern.pk}/")
    verbs = page.context["offers"]
    assert [verb.label for verb in verbs] == offered
    for verb in verbs:
        assert visit(user).opens(verb.url).status_code == 200
    for path in {"take-on", "answer", "not-satisfied", "carry", "withdraw"} - {verb.url.split("/")[-2] for verb in verbs}:
        assert visit(user).opens(f"/desk/referrals/{concern.pk}/{path}/").status_code in (403, 409), path


# --- between groups


def test_a_working_groups_recommendation_and_its_five_answers(house):
    page = visit(house.wg_pmo).opens("/desk/groups/BPRWG/referrals/new/")
    assert "Recommend" in text_of(page)
    assert "Delegate" not in text_of(page)
    form = visit(house.wg_pmo).client.get("/desk/groups/BPRWG/referrals/new/?kind=recommendation")
    sent = visit(house.wg_pmo).client.post(
        "/desk/groups/BPRWG/referrals/new/?kind=recommendation", {"to_group": house.dag.pk, "text": "Approve the catalogue."}, follow=True
    )
    assert (form.status_code, sent.status_code) == (200, 200)
    asked = Referral.objects.get()
    form = visit(house.chair).opens(f"/desk/referrals/{asked.pk}/answer/")
    offered = [name for name, _ in forms_on(form)[0]["data"]]
    assert "outcome" not in offered  # nothing is chosen for the Chair
    assert form.content.decode().count('name="outcome"') == 5
    for words in ("Accepted subject to more work", "Sent back for more work or analysis", "Passed to the PSG"):
        assert words in text_of(form)
    refused = visit(house.chair).sends(form, {"answer": "So it is.", "outcome": "noted"})
    assert refused.status_code == 400
    visit(house.chair).sends(form, {"answer": "No consensus.", "outcome": "passed_to_psg"})
    assert "escalation to PSG" in shown(house.wg_pmo, f"/desk/referrals/{asked.pk}/") or Referral.objects.filter(kind="escalation").exists()
    assert "Carried to the PSG" in shown(house.pmo, "/desk/groups/DAG/referrals/")


def test_a_day_that_is_over_is_refused_beside_its_field_and_what_was_typed_is_kept(house):
    address, asked = "/desk/groups/BPRWG/referrals/new/?kind=recommendation", {"to_group": house.dag.pk, "text": "Approve the catalogue."}
    page = visit(house.wg_pmo).client.post(address, asked | {"due_on": "2023-07-11"})
    assert page.status_code == 409
    assert page.context["form"].errors["due_on"] == ["That day is over: give one to come, or none."]
    assert "Approve the catalogue." in text_of(page)
    assert not Referral.objects.exists()


def test_the_decision_a_concern_is_about_is_not_offered_as_its_answer(house):
    concern, other = house.concern(), house.determined()
    form = visit(house.chair).opens(f"/desk/referrals/{concern.pk}/answer/")
    assert list(form.context["form"].fields["decision"].queryset) == [other]


def test_a_delegation_asks_for_its_scope_dates_and_clause(house):
    address = "/desk/groups/PSG/delegations/new/"
    client = visit(house.sro).client
    page = client.post(address, {"to_group": house.dag.pk, "text": "Decide CR018."})
    assert page.status_code == 400
    for name in ("scope", "first", "last", "clause"):
        assert page.context["form"].has_error(name)
    typed = {"to_group": house.dag.pk, "text": "Decide CR018.", "scope": "CR018", "first": "2023-08-31", "last": "2023-08-01", "clause": "4.2"}
    page = client.post(address, typed)
    assert (page.status_code, "The last day is before the first" in text_of(page)) == (409, True)
    client.post(address, typed | {"last": "2023-09-30"})
    shown_to_dag = shown(house.dno, "/desk/groups/DAG/referrals/")
    assert "Delegation from the PSG to the DAG Decide CR018. To come" in shown_to_dag


def test_the_ipa_is_offered_an_escalation_to_ofgem_and_nothing_else(house):
    form = visit(house.ipa).opens("/desk/groups/DAG/referrals/new/")
    assert "Escalate for the DAG" in text_of(form)
    groups = form.context["form"].fields["to_group"].queryset
    assert list(groups) == [house.ofgem]
    visit(house.ipa).sends(form, {"to_group": str(house.ofgem.pk), "text": "Above the threshold.", "clause": "Level 1"})
    assert Referral.objects.get().to_group == house.ofgem


def test_the_secretariat_is_not_offered_ofgem(house):
    form = visit(house.pmo).client.get("/desk/groups/DAG/referrals/new/?kind=escalation")
    assert list(form.context["form"].fields["to_group"].queryset) == [house.psg]


@pytest.mark.parametrize("who", ["dno", "observer", "reader"])
def test_members_refer_nothing_for_the_group(house, who):
    page = visit(getattr(house, who)).opens("/desk/groups/DAG/referrals/new/")
    assert page.status_code == 403


# --- who may read


@pytest.mark.many(2)
@pytest.mark.parametrize("path", ["", "take-on/", "answer/", "not-satisfied/", "carry/", "withdraw/"])
def test_a_referral_does_not_exist_for_those_without_a_place_in_its_groups(house, path):
    concern = house.concern()
    for user in (house.stranger, house.wg_chair, house.sro):
        for method in ("get", "post"):
            answer = getattr(visit(user).client, method)(f"/desk/referrals/{concern.pk}/{path}")
            assert answer.status_code == (404 if path or method == "get" else 405)
            assert "Agents bear the cost" not in text_of(answer)


def test_what_an_assurance_reader_reads_is_written_down(house):
    concern = house.concern()
    shown(house.reader, f"/desk/referrals/{concern.pk}/")
    shown(house.reader, "/desk/groups/DAG/referrals/")
    assert list(AssuranceReading.objects.filter(person=house.reader.person).values_list("reference", flat=True)) == [
        f"significant concern from DAG to DAG (referral {concern.pk})", "referrals of DAG",
    ]  # fmt: skip
    shown(house.dno, f"/desk/referrals/{concern.pk}/")
    assert AssuranceReading.objects.count() == 2


def test_everybody_has_a_page_of_concerns_and_without_a_seat_it_says_so(house):
    assert "You sit in no seat that raises concerns" in shown(house.pmo, "/desk/concerns/")
    assert "None. A significant concern is raised from the page of a decision" in shown(house.other, "/desk/concerns/")


def test_an_alternate_sees_the_concerns_of_the_seat_while_they_stand_in(house, clock):
    from tests.factories import AlternateFactory

    concern = house.concern()
    alternate = UserFactory(person=AlternateFactory(seat=house.dno_seat, during=("2021-11-17", "2023-07-20")).person)
    assert "Agents bear the cost." in shown(alternate, "/desk/concerns/")
    clock("2023-07-20 09:00")
    assert "You sit in no seat" in shown(alternate, "/desk/concerns/")
    assert visit(alternate).opens(f"/desk/referrals/{concern.pk}/").status_code == 404
