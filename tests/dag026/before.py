"""What was there when the meeting of 12 July 2023 was planned: the programme and its people, two alternates, a second pen, the actions that were open."""

from datetime import date, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PMO, SECOND_PEN, CHAIR, MEMBER = "pmo@example.org", "second.pen@example.org", "chair@example.org", "independentagent@example.org"
LONG_AGO = date(2021, 11, 17)
ALTERNATES = {"DNO Representative": "Petra Lindqvist", "I&C Supplier Representative": "Dilip Rao"}
DECISIONS_BEFORE = 54


def load_people() -> None:
    """With accounts for the secretariat, the Chair, and one representative."""
    from groups.models import Appointment, Person, User
    from groups.programme import load
    from records.periods import period
    from rehearsal.sign_ins import make_accounts

    for file in ("programme/mhhs.toml", "rehearsal/demo-people.toml"):
        load(ROOT / file)
    by = User.objects.the_installer()
    pen = Person(name="Joyce Adeyemi", affiliation="MHHS Programme", email=SECOND_PEN).save_by(by)
    Appointment(person=pen, kind=Appointment.Kind.PMO, during=period(LONG_AGO)).save_by(by)
    member = Person.objects.get(name="Tamsin Bell")
    member.email = MEMBER
    member.save_by(by)
    make_accounts()


def load_the_past() -> None:
    from groups.models import Group, Person, Seat, User
    from groups.numbering import mint_past
    from groups.operations import approve_alternate, name_alternate

    group, pmo = Group.objects.get(code="DAG"), User.objects.get(email=PMO)
    for label, name in ALTERNATES.items():
        seat = Seat.objects.get(group=group, label=label)
        named = name_alternate(seat, Person(name=name, affiliation=label), since=date(2023, 6, 21), by=pmo)
        approve_alternate(named, approved_by=f"The constituency of the {label}", how="by e-mail", on=date(2023, 6, 21), by=pmo)
    mint_past("group:DAG", "decision", DECISIONS_BEFORE)
    load_actions(group)


def load_actions(group) -> None:
    """Those that papers of earlier meetings carry, as the retelling of DAG026 has them."""
    from archive.samples import DAG026
    from groups.models import User
    from meetings.operations.past import record_past_action, record_past_meeting
    from minutes_reader import read
    from records.clock import london_moment
    from records.operations import operating

    by, june = User.objects.the_archivist(), date(2023, 6, 14)
    with operating():
        meeting = record_past_meeting(
            group, "25", starts_at=london_moment(june, time(10)), ends_at=None, time_known=True, held_on=june, kind="ordinary", venue="Virtual", classification="public",
            first_published_on=date(2023, 6, 21), next_meeting_on=date(2023, 7, 12), by=by,
        )  # fmt: skip
        for each in read(DAG026.read_text("utf-8"), DAG026.name).actions:
            if not each.new:
                number, n = each.ref.removeprefix("DAG").split("-")
                record_past_action(
                    meeting, each.ref, meeting_number=number, n=int(n), new=False, area=each.area, text=each.text, owner=each.owner, due_on=each.due, due_text="", item=None, by=by
                )
