"""Somebody of each role, and a record of each kind for their addresses to be about."""

from datetime import UTC, date, datetime

from artefacts import operations as artefacts
from change_requests import operations as changes
from change_requests.links import colleague_token
from change_requests.links import token_for as answer_token
from change_requests.models import Colleague
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.operations.asking import bring
from decisions.operations.consulting import token_for
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from groups.models import Group, Holding, Organisation, Seat
from groups.operations import ask_for_erasure
from meetings import operations as meetings
from meetings.links import owner_token
from meetings.links import token_for as paper_token
from meetings.models import DraftComment, Meeting
from meetings.replying import token_for as reply_token
from notifications.models import Notice
from records.clock import portal_now
from tests.conftest import set_clock
from tests.factories import (
    ActionFactory,
    AlternateFactory,
    AppointmentFactory,
    BelongingFactory,
    ConsulteeFactory,
    GroupFactory,
    HoldingFactory,
    SeatFactory,
    UserFactory,
    a_pmo,
    chair_of,
    issue_all,
    secretary_of,
    user_of,
)


def everybody() -> tuple[dict, dict[str, int | str]]:
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
    coming = meetings.schedule(group, "93", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=secretary)
    tabled = meetings.table_item(coming, "CR018", by=secretary)
    reached = meetings.table_item(held, "CR019", by=secretary)
    paper = meetings.add_paper(tabled, "Options", ("options.csv", b"first;second"), by=secretary)
    owed = meetings.add_paper(tabled, "Plan", owed_by_person=secretary.person, by=secretary)
    often = meetings.add_standing_item(group, "Minutes and actions", by=secretary)
    about: dict[str, int | str] = {"meeting": held.pk, "minutes": held.minutes.pk, "taken": taken.pk, "concern": concern.pk, "procedural": procedural.pk}
    about.update(paper=paper.pk, paper_file=paper.files.get().pk, bring=paper_token(owed), asked_for=Notice.objects.get(key__contains=f"paper-{owed.pk}-asked").pk)
    about.update(coming=coming.pk, tabled=tabled.pk, reached=reached.pk, often=often.pk)
    late = decisions.add_question_paper(asked, "Options", ("options.txt", b"Options"), by=secretary)
    about.update(asked=asked.pk, draft=draft.pk, vote_paper=late.pk, row=asked.roll.get(seat=seat).pk, seat=seat.pk, decision=asked.decision_id)
    about.update(asked_notice=Notice.objects.get(key=f"{asked.reference}-opened", person=representative.person).pk, taken_notice=Notice.objects.filter(key=f"{taken.reference}-determined").first().pk)
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
    about |= more_of(group, seat, people) | in_public(held, seat, people) | change_control(group, seat, people)
    return people, about | membership(group, people)


def more_of(group: Group, seat: Seat, people: dict) -> dict[str, int | str]:
    """One of everything that is answered otherwise: asked in the room, consulted on, prepared, delegated."""
    secretary, representative = people["secretary"], people["representative"]
    room, objections, silent = (
        decisions.open_question(bring(group, title=title, decision_wording=f"The SRO approved {title}", wording="Should it?", subject=title, by=secretary, **asked), by=secretary)
        for title, asked in (("CR021", {}), ("CR022", {"basis": "no_objections"}), ("CR023", {"basis": "no_objections"}))
    )
    decisions.close(silent, there=set(silent.roll.values_list("pk", flat=True)), by=secretary)
    spoken = decisions.record_spoken_vote(room.roll.get(seat=seat), "approve", by=secretary)
    decisions.prepare(room.decision, {"reasons": ["It is needed."]}, revision=0, by=secretary)
    BelongingFactory(constituency=seat.constituency)
    consulted = decisions.consult(room, seat, "What do you think of CR021?", by=representative)
    mine = consulted.consultees.get()
    delegated = decisions.delegate(
        group, GroupFactory(code="SUB", level=4), "Changes of wording.", scope="Wording alone.", first=date(2023, 7, 1), last=date(2024, 7, 1),
        clause="7.2", by=secretary)  # fmt: skip
    item = meetings.table_item(Meeting.objects.get(code="DAG091"), "Welcome", by=secretary)
    block = meetings.write_paragraph(item, "The Chair opened the meeting.", by=secretary)
    commented = DraftComment(
        paragraph=block, seat=seat, made_by=representative.person, made_at=portal_now(), text="I was there, too.", on_text=block.text
    ).save_by(representative)  # of the draft that had gone out
    return {
        "block": block.pk, "draft_comment": commented.pk, "room": room.pk, "room_row": room.roll.get(seat=seat).pk, "spoken": spoken.pk, "prepared": room.decision_id, "objections": objections.pk,
        "silent_row": silent.roll.get(seat=seat).pk, "mine": mine.pk, "token": token_for(mine), "delegation": delegated.pk, "elsewhere": SeatFactory().pk,
    }  # fmt: skip


def membership(group: Group, people: dict) -> dict[str, int | str]:
    """A seat that is held and one that is vacant, an appointment, somebody without an account; and a meeting to which the members are invited."""
    invited = meetings.invite(meetings.schedule(group, "95", starts_at=datetime(2023, 9, 13, 9, tzinfo=UTC), by=people["secretary"]), by=people["secretary"])
    appointment = AppointmentFactory(kind="presenter", group=group)
    return {
        "holding": Holding.objects.get(person=people["representative"].person).pk, "vacant": SeatFactory(group=group).pk, "appointment": appointment.pk,
        "person": appointment.person_id, "erasure": ask_for_erasure("My telephone number", by=UserFactory()).pk, "invited": invited.pk, "reply_token": reply_token(invited, people["representative"].person),
    }  # fmt: skip


def in_public(held: Meeting, seat: Seat, people: dict) -> dict[str, int | str]:
    """One of each noun that anybody may read."""
    secretary = people["secretary"]
    drafted = decisions.table(decisions.draft(held.group, "CR024", "The SRO approved CR024", by=secretary), by=secretary)
    decided = decisions.determine(drafted, Terms([Subject("change_request", "CR024", Outcome.APPROVED)]), by=people["chair"])
    published = decisions.publish(decided, by=secretary)
    action = ActionFactory(group=held.group, meeting=held, reference="DAG91-01", published_at=published.published_at, published_by=secretary)
    issue_all("group", "seat")
    said, announced = (
        decisions.table(decisions.draft(held.group, title, f"The SRO approved {title}", meeting=held, by=secretary), by=secretary) for title in ("CR026", "CR027")
    )  # fmt: skip
    decisions.announce(announced, who=people["chair"].person, by=secretary)
    meetings.publish_headlines(held, "In short.", by=secretary)
    person = people["representative"].person
    owned = ActionFactory(group=held.group, meeting=held, reference="DAG91-02", owner_person=person, published_at=published.published_at, published_by=secretary)
    waits = ActionFactory(group=held.group, meeting=held, reference="DAG91-03", owner_person=person, published_at=published.published_at, published_by=secretary)
    reported = meetings.report_on_action(waits, "done", "It is published.", by=people["representative"])
    about = {"said": said.pk, "announced": announced.pk, "owned": owned.pk, "owner_token": owner_token(owned, person), "reported": reported.pk}
    return about | {"decided": published.reference, "action": action.reference, "action_pk": action.pk, "slug": seat.reference.partition("/")[2]}


def change_control(group: Group, seat: Seat, people: dict) -> dict[str, int | str]:
    """A draft, and one that is raised and out for assessment; an artefact with a draft, versions put forward and reviewed, and an edit agreed for one."""
    secretary, representative = people["secretary"], people["representative"]
    artefact = artefacts.add_artefact(group, "Interface catalogue", by=secretary)
    reviewed, unpublished, running, quiet, put = (
        artefacts.put_forward(artefacts.draft_version(artefact, label, by=secretary), by=secretary) for label in ("0.5", "0.6", "0.7", "0.8", "0.9")
    )
    told, over = (artefacts.open_review(version, "Is it complete?", days=1, days_why="It is short", by=secretary) for version in (reviewed, unpublished))
    artefacts.comment(told.roll.get(seat=seat), "1", "A comma", "should", by=representative)
    firm = BelongingFactory(constituency=seat.constituency).organisation
    draft, raised = (changes.draft(group, title, firm, by=secretary) for title in ("Drafted", "Raised"))
    free = changes.draft(group, "Asked of nobody", firm, by=secretary)
    for each in (draft, free, raised):
        drafted = changes.draft_version(each, "1.0", issue="It waits.", solution="Answer.", by=secretary)
    attached = changes.attach(draft.versions.get(), ("formats.csv", b"first;second"), form="attachment", by=secretary)
    raised, fixed, free = changes.raise_request(raised, by=secretary), drafted, changes.raise_request(free, by=secretary)
    assessment = changes.open_assessment(fixed, kind="impact", authority="The Programme’s", by=secretary)
    row = assessment.roll.get(organisation=firm)
    changes.submit(row, {"position": "object", "comments": "Dear."}, name="Ann", by=None)
    mailed = changes.record_mailed(row, {"position": "object", "comments": "Dear."}, name="Ann", original=("answer.txt", b"Dear."), by=secretary)
    colleague = Colleague(row=row, name="Cora", address="cora@example.org", named_by_name="Ann", named_at=mailed.submitted_at).save_by(secretary)
    clarification = changes.ask(row, "When?", name="Ann", by=None)
    closed = changes.open_assessment(fixed, kind="information", days=1, days_why="It is short", authority="The Programme’s", by=secretary)
    changes.submit(closed.roll.get(organisation=firm), {"position": "object", "comments": "Dear."}, name="Ann", by=None)
    set_clock("2023-07-14 17:00")
    changes.close_when_due(closed)
    artefacts.publish_log(artefacts.close_review_when_due(told), by=secretary)
    artefacts.close_review_when_due(over)
    set_clock("2023-07-14 18:00")
    theme = changes.write_theme(closed, "Cost", rows=[closed.roll.get(organisation=firm).pk], by=secretary)
    review, unheard = (artefacts.open_review(version, "Is it complete?", by=secretary) for version in (running, quiet))
    remark = artefacts.comment(review.roll.get(seat=seat), "1", "A comma", "must", by=representative)
    begun = artefacts.draft_version(artefact, "1.0", by=secretary)
    drawn = artefacts.attach(begun, ("catalogue.csv", b"first;second"), form="clean", by=secretary)
    edit = artefacts.agree_edit(put, "A comma", agreed_where="DAG091 1.1", by=secretary)
    issued, planned = (artefacts.plan_release(group, code, by=secretary) for code in ("IR1", "IR2"))
    _, content = (artefacts.put_in(release, put, by=secretary) for release in (issued, planned))
    issued = artefacts.issue_release(issued, by=secretary)
    freeze = changes.declare_freeze(group, date(2024, 6, 1), why="Testing", by=secretary)
    return {
        "freeze": freeze.pk,
        "issued": issued.pk, "issued_ref": issued.reference, "planned": planned.pk, "planned_ref": planned.reference, "content": content.pk,
        "implementation": to_be_implemented(group, artefact.cited, firm, people),
    } | {
        "cr_draft": draft.pk, "cr_draft_version": draft.versions.get().pk, "cr": raised.pk, "cr_free": free.pk, "cr_ref": raised.reference, "cr_version": fixed.pk,
        "assessment": assessment.pk, "closed": closed.pk, "assessed_row": row.pk, "closed_row": closed.roll.get(organisation=firm).pk,
        "answer_token": answer_token(row), "colleague_token": colleague_token(colleague), "original": mailed.original.pk, "firm": firm.pk,
        "cr_file": attached.pk, "theme": theme.pk, "clarification": clarification.pk, "artefact": artefact.slug, "put": put.pk, "begun": begun.pk, "edit": edit.pk, "artefact_file": drawn.pk,
        "review": review.pk, "review_row": review.roll.get(seat=seat).pk, "remark": remark.pk, "review_over": over.pk, "row_over": over.roll.get(seat=seat).pk,
        "row_unheard": unheard.roll.get(seat=seat).pk,
    }  # fmt: skip


def to_be_implemented(group: Group, cited: str, firm: Organisation, people: dict) -> int:
    """Of a change request that is approved."""
    secretary = people["secretary"]
    request = changes.draft(group, "Approved", firm, by=secretary)
    changes.draft_version(request, "1.0", issue="It waits.", solution="Answer.", artefacts=[cited], by=secretary)
    request = changes.raise_request(request, by=secretary)
    drafted = decisions.table(decisions.draft(group, "Approved", "The SRO approved it", by=secretary), by=secretary)
    decisions.determine(drafted, Terms([Subject("change_request", request.reference, Outcome.APPROVED, version="1.0")]), by=people["chair"])
    return request.implementations.get().pk
