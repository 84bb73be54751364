"""Every address asked for as every role: the answers are in the table below, to be reviewed."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from decisions import operations as decisions
from decisions.models import Outcome
from decisions.operations.asking import bring
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from meetings import operations as meetings
from meetings.models import Meeting
from tests.conftest import set_clock
from tests.factories import (
    AlternateFactory,
    AppointmentFactory,
    ConsulteeFactory,
    GroupFactory,
    HoldingFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    secretary_of,
    user_of,
)

pytestmark = pytest.mark.django_db
ROLES = ("anonymous", "stranger", "representative", "former", "observer", "assurance", "chair", "secretary", "pmo")
SIGN_IN = 302
#                                              anon     strang repres former observ assur  chair  secret pmo
TABLE = {
    ("GET", "/"):                             (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/decisions/"):                   (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/decisions/DAG-DEC61/"):         (404,     404,   404,   404,   404,   404,   404,   404,   404),
    ("GET", "/decisions/DAG-DEC61.json"):     (404,     404,   404,   404,   404,   404,   404,   404,   404),
    ("GET", "/decisions/DAG-DEC61/verify/"):  (404,     404,   404,   404,   404,   404,   404,   404,   404),
    ("GET", "/decisions/DAG-DEC61/verify.json"): (404,  404,   404,   404,   404,   404,   404,   404,   404),
    ("GET", "/meetings/"):                    (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/meetings/DAG091/"):             (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/meetings/DAG091/minutes.pdf"):  (404,     404,   404,   404,   404,   404,   404,   404,   404),
    ("GET", "/meetings/DAG091/editions/1/"):  (404,     404,   404,   404,   404,   404,   404,   404,   404),
    ("GET", "/meetings/DAG092/"):             (404,     404,   404,   404,   404,   404,   404,   404,   404),  # restricted
    ("GET", "/actions/"):                     (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/groups/"):                      (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/groups/DAG/"):                  (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/status/"):                      (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/status/heads/"):                (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/status/heads.txt"):             (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/healthz"):                      (200,     200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/desk/"):                        (SIGN_IN, 200,   200,   200,   200,   200,   200,   200,   200),
    ("GET", "/desk/meetings/DAG091/"):        (SIGN_IN, 404,   200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/meetings/DAG092/"):        (SIGN_IN, 404,   200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/do/meetings.clear/{minutes}/"):      (SIGN_IN, 404, 403, 404, 403, 403, 200, 403, 403),
    ("POST", "/desk/do/meetings.clear/{minutes}/"):     (SIGN_IN, 404, 403, 404, 403, 403, 302, 403, 403),
    ("GET", "/desk/do/meetings.circulate/{minutes}/"):  (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),  # not cleared yet
    ("POST", "/desk/do/meetings.circulate/{minutes}/"): (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),
    ("POST", "/desk/do/meetings.publish/{minutes}/"):   (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),
    ("POST", "/desk/do/meetings.hold/{meeting}/"):      (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),  # held already
    ("PUT", "/desk/do/meetings.publish/{minutes}/"):    (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("POST", "/desk/do/meetings.erase/{minutes}/"):     (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/desk/do/decisions.determine/{decision}/"): (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),  # it has a form of its own
    ("GET", "/desk/do/meetings.publish/4294967296/"):   (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),
    ("GET", "/desk/groups/DAG/questions/"):       (SIGN_IN, 404,   200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/groups/DAG/questions/new/"):   (SIGN_IN, 404,   403,   404,   403,   403,   403,   200,   200),
    ("GET", "/desk/questions/{draft}/"):          (SIGN_IN, 404,   200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/questions/{draft}/change/"):   (SIGN_IN, 404,   403,   404,   403,   403,   403,   200,   200),
    ("GET", "/desk/questions/{draft}/open/"):     (SIGN_IN, 404,   403,   404,   403,   403,   403,   200,   200),
    ("GET", "/desk/questions/{draft}/withdraw/"): (SIGN_IN, 404,   403,   404,   403,   403,   403,   200,   200),
    ("POST", "/desk/do/decisions.close/{draft}/"):   (SIGN_IN, 404,   403,   404,   403,   403,   403,   409,   409),
    ("POST", "/desk/do/decisions.put_again/{draft}/"):   (SIGN_IN, 404,   403,   404,   403,   403,   403,   409,   409),
    ("GET", "/desk/questions/{asked}/"):          (SIGN_IN, 404,   200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/questions/{asked}/change/"):   (SIGN_IN, 404,   403,   404,   403,   403,   403,   409,   409),
    ("GET", "/desk/questions/{asked}/roll/"):     (SIGN_IN, 404,   200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/questions/{asked}/roll-call/"): (SIGN_IN, 404,  403,   404,   403,   403,   403,   200,   200),
    ("GET", "/desk/questions/{asked}/roll-call/seats/"): (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("GET", "/desk/questions/{asked}/vote/"):     (SIGN_IN, 302,   302,   302,   302,   302,   302,   302,   302),  # to where it leads: 404 for strangers
    ("GET", "/desk/questions/{asked}/seats/{row}/vote/"):     (SIGN_IN, 404, 200, 404, 403, 403, 403, 403, 403),
    ("POST", "/desk/questions/{asked}/seats/{row}/vote/"):    (SIGN_IN, 404, 400, 404, 400, 400, 400, 400, 400),  # nothing sent: a form error, nothing stored
    ("GET", "/desk/questions/{asked}/seats/{row}/receipt/"):  (SIGN_IN, 404, 302, 404, 404, 404, 404, 404, 404),  # nothing cast yet
    ("GET", "/desk/questions/{asked}/seats/{seat}/position/"): (SIGN_IN, 404, 200, 404, 404, 404, 404, 404, 404),
    ("GET", "/desk/questions/{asked}/no-objections/"): (SIGN_IN, 404,  403,   404,   403,   403,   403,   409,   409),  # a window closes by itself
    ("GET", "/desk/rolls/{row}/correct/"):        (SIGN_IN, 404,   409,   404,   404,   404,   404,   404,   404),  # nothing recorded yet
    ("GET", "/desk/votes/999999/answer/"):        (SIGN_IN, 404,   404,   404,   404,   404,   404,   404,   404),
    ("GET", "/desk/decisions/{decision}/"):       (SIGN_IN, 404,   200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/decisions/{decision}/determine/"):       (SIGN_IN, 404, 403, 404, 403, 403, 200, 200, 200),
    ("GET", "/desk/decisions/{decision}/determine/check/"): (SIGN_IN, 404, 403, 404, 403, 403, 302, 302, 302),  # asked again who they are
    ("GET", "/desk/decisions/{decision}/draft/"):   (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),  # no draft yet
    ("POST", "/desk/do/decisions.share_draft/{decision}/"):  (SIGN_IN, 404, 403, 404, 403, 403, 409, 409, 409),
    ("GET", "/desk/decisions/{decision}/process/"): (SIGN_IN, 404, 404, 404, 404, 200, 200, 200, 200),
    ("GET", "/desk/decisions/{decision}/promise/"): (SIGN_IN, 404, 403, 404, 403, 403, 200, 200, 200),
    ("GET", "/desk/decisions/{decision}/level/"):   (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("GET", "/desk/decisions/{decision}/revise/"):  (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),  # not determined yet
    # the representative's seat, and an alternate named for it
    ("GET", "/desk/seats/"):                          (SIGN_IN, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "/desk/seats/mine/"):                     (SIGN_IN, 302, 302, 302, 302, 302, 302, 302, 302),
    ("GET", "/desk/seats/{seat}/"):                     (SIGN_IN, 404, 200, 404, 200, 200, 200, 200, 200),
    ("GET", "/desk/seats/{seat}/alternates/new/"):      (SIGN_IN, 404, 200, 404, 403, 403, 403, 403, 200),
    ("GET", "/desk/alternates/{alternate}/approve/"):        (SIGN_IN, 404, 403, 404, 403, 403, 403, 403, 200),
    ("GET", "/desk/alternates/{alternate}/revoke/"):         (SIGN_IN, 404, 200, 404, 403, 403, 403, 403, 200),
    ("POST", "/desk/seats/{seat}/alternates/new/"):     (SIGN_IN, 404, 400, 404, 403, 403, 403, 403, 400),  # nothing typed
    ("POST", "/desk/alternates/{alternate}/approve/"):       (SIGN_IN, 404, 403, 404, 403, 403, 403, 403, 400),
    ("POST", "/desk/alternates/{alternate}/revoke/"):        (SIGN_IN, 404, 400, 404, 403, 403, 403, 403, 400),
    ("GET", "/desk/do/groups.invite_alternate/{alternate}/"): (SIGN_IN, 404, 403, 404, 403, 403, 403, 403, 200),
    ("POST", "/desk/do/groups.invite_alternate/{alternate}/"):        (SIGN_IN, 404, 403, 404, 403, 403, 403, 403, 302),
    # what the representative asks the constituency is the seat's own
    ("GET", "/desk/questions/{asked}/seats/{seat}/consultation/"):          (SIGN_IN, 404, 302, 404, 404, 404, 404, 404, 404),  # not begun
    ("GET", "/desk/questions/{asked}/seats/{seat}/consultation/brief/"):    (SIGN_IN, 404, 200, 404, 404, 404, 404, 404, 404),
    ("POST", "/desk/questions/{asked}/seats/{seat}/consultation/brief/"):   (SIGN_IN, 404, 400, 404, 404, 404, 404, 404, 404),
    ("POST", "/desk/questions/{asked}/seats/{seat}/consultation/comment/"): (SIGN_IN, 404, 409, 404, 404, 404, 404, 404, 404),
    ("GET", "/desk/questions/{asked}/seats/{other}/consultation/"):          (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),  # another seat
    ("POST", "/desk/consultees/{consultee}/ask/"):           (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),  # another seat's
    ("GET", "/desk/consultations/reply/guessed/"):    (404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/desk/consultations/reply/guessed/"):   (404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("PUT", "/desk/consultations/reply/guessed/"):    (405, 405, 405, 405, 405, 405, 405, 405, 405),
    #                                                         anon     strang repres former observ assur  chair  secret pmo
    ("GET", "/desk/decisions/{decision}/advice/"):            (SIGN_IN, 404,  403,   404,   403,   403,   200,   200,   200),
    ("GET", "/desk/decisions/{decision}/statement/"):         (SIGN_IN, 404,  200,   404,   403,   403,   403,   403,   403),
    ("POST", "/desk/decisions/{decision}/statement/"):        (SIGN_IN, 404,  400,   404,   403,   403,   403,   403,   403),  # nothing typed
    ("GET", "/desk/decisions/{decision}/procedure/"):         (SIGN_IN, 404,  200,   404,   403,   403,   403,   403,   403),
    ("GET", "/desk/decisions/{decision}/concern/"):           (SIGN_IN, 404,  409,   404,   403,   403,   403,   403,   403),  # not determined yet
    ("GET", "/desk/decisions/{taken}/advice/"):               (SIGN_IN, 404,  403,   404,   403,   403,   409,   409,   409),  # decided already
    ("GET", "/desk/decisions/{taken}/statement/"):            (SIGN_IN, 404,  200,   404,   403,   403,   403,   403,   403),
    ("GET", "/desk/decisions/{taken}/procedure/"):            (SIGN_IN, 404,  409,   404,   403,   403,   403,   403,   403),
    ("GET", "/desk/decisions/{taken}/concern/"):              (SIGN_IN, 404,  409,   404,   403,   403,   403,   403,   403),  # raised already
    ("GET", "/desk/procedural-concerns/{procedural}/rule/"):  (SIGN_IN, 404,  403,   404,   403,   403,   200,   403,   403),
    ("GET", "/desk/procedural-concerns/999999/rule/"):        (SIGN_IN, 404,  404,   404,   404,   404,   404,   404,   404),
    ("GET", "/desk/concerns/"):                               (SIGN_IN, 200,  200,   200,   200,   200,   200,   200,   200),
    ("GET", "/desk/groups/DAG/referrals/"):                   (SIGN_IN, 404,  200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/groups/DAG/referrals/new/"):               (SIGN_IN, 404,  403,   404,   403,   403,   200,   200,   200),
    ("GET", "/desk/referrals/{concern}/"):                    (SIGN_IN, 404,  200,   404,   200,   200,   200,   200,   200),
    ("GET", "/desk/referrals/{concern}/take-on/"):            (SIGN_IN, 404,  403,   404,   403,   403,   200,   200,   200),
    ("GET", "/desk/referrals/{concern}/answer/"):             (SIGN_IN, 404,  403,   404,   403,   403,   200,   403,   403),
    ("POST", "/desk/referrals/{concern}/answer/"):            (SIGN_IN, 404,  403,   404,   403,   403,   400,   403,   403),  # nothing typed
    ("GET", "/desk/referrals/{concern}/not-satisfied/"):      (SIGN_IN, 404,  409,   404,   403,   403,   403,   403,   403),  # not answered yet
    ("GET", "/desk/referrals/{concern}/carry/"):              (SIGN_IN, 404,  409,   404,   403,   403,   200,   200,   200),  # the group answers first
    ("GET", "/desk/referrals/{concern}/withdraw/"):           (SIGN_IN, 404,  200,   404,   403,   403,   403,   403,   403),
    ("GET", "/desk/referrals/999999/"):                       (SIGN_IN, 404,  404,   404,   404,   404,   404,   404,   404),
}  # fmt: skip


@pytest.fixture(scope="module")
def staged(scene):
    return scene(everybody)


@pytest.fixture
def told(staged, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return staged()


@pytest.fixture
def people(told) -> dict:
    """Somebody of each role."""
    return told[0]


@pytest.fixture
def about(told) -> dict[str, int]:
    """What the numbers in the addresses stand for."""
    return told[1]


def everybody() -> tuple[dict, dict[str, int]]:
    set_clock("2023-07-01 10:00")
    group = GroupFactory(code="DAG", parent=GroupFactory(code="PSG", level=2))
    secretary, chair = secretary_of(group), chair_of(group)
    for number, classification in (("91", "public"), ("92", "restricted")):
        meeting = meetings.schedule(group, number, starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), classification=classification, by=secretary)
        set_clock("2023-07-12 15:00")
        meetings.hold(meeting, by=secretary)
        set_clock("2023-07-01 10:00")
    set_clock("2023-07-13 10:00")
    seat = SeatFactory(group=group)
    representative = user_of(seat)
    asked = decisions.open_question(bring(group, title="CR018", decision_wording="The SRO approved CR018", wording="Should it?", subject="CR018", window_days=5, by=secretary), by=secretary)
    draft = bring(group, title="CR019", decision_wording="The SRO approved CR019", wording="Should it?", subject="CR019", window_days=5, by=secretary)
    taken = decisions.determine(
        decisions.table(decisions.draft(group, "CR020", "The SRO approved CR020", by=secretary), by=secretary),
        Terms([Subject("change_request", "CR020", Outcome.APPROVED)]), by=chair)  # fmt: skip
    concern = dissent.raise_concern(taken, seat, "Agents bear the cost.", by=representative)
    procedural = dissent.raise_procedural_concern(asked.decision, seat, "Papers late.", by=representative)
    held = Meeting.objects.get(code="DAG091")
    about = {"meeting": held.pk, "minutes": held.minutes.pk, "taken": taken.pk, "concern": concern.pk, "procedural": procedural.pk}
    about.update(asked=asked.pk, draft=draft.pk, row=asked.roll.get(seat=seat).pk, seat=seat.pk, decision=asked.decision_id)
    alternate = AlternateFactory(seat=seat, approved_on=None, approved_by="", approved_how="")
    consultee = ConsulteeFactory(consultation__question=asked)
    about.update(alternate=alternate.pk, consultee=consultee.pk, other=consultee.consultation.seat_id)
    former = HoldingFactory(seat=SeatFactory(group=group), during=("2022-01-01", "2023-07-13"))
    people = {
        "anonymous": None,
        "stranger": UserFactory(),
        "representative": representative,
        "former": UserFactory(person=former.person),
        "observer": user_of(SeatFactory(group=group, role="observer", constituency=None)),
        "assurance": UserFactory(person=AppointmentFactory(kind="assurance").person),
        "chair": chair,
        "secretary": secretary,
        "pmo": a_pmo(),
    }
    return people, about


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_the_answers_in_the_table(role, people, about, client):
    if people[role]:
        client.force_login(people[role])
    answers = {}
    for (method, address), expected in TABLE.items():
        response = client.generic(method, address.format(**about))
        answers[method, address] = (response.status_code, expected[ROLES.index(role)])
    wrong = {key: f"{got} instead of {expected}" for key, (got, expected) in answers.items() if got != expected}
    assert not wrong, f"{role}: {wrong}"


def test_an_assurance_readers_reading_is_written_down(people, client):
    client.force_login(people["assurance"])
    client.get("/desk/meetings/DAG091/")
    readings = people["assurance"].person.assurance_readings.values_list("reference", flat=True)
    assert list(readings) == ["draft of DAG091"]


def test_a_form_without_its_token_does_nothing(people):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["chair"])
    minutes = Meeting.objects.get(code="DAG091").minutes
    assert strict.post(f"/desk/do/meetings.clear/{minutes.pk}/").status_code == 403
    assert Meeting.objects.get(code="DAG091").minutes.status == "draft"
