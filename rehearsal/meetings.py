"""The meetings of the Rehearsal group, and what is said and done at them.

Everything is done by the same operations anyone else uses, by the invented people who would do it. Meetings are dated
from today, so that there is always one to come, one whose publication deadline is running, and one on record.
"""

from datetime import date, time

from decisions import operations as decisions
from decisions.models import Decision, Maker, Outcome, Settlement
from decisions.subjects import Subject, Terms
from groups.calendar import calendar
from groups.models import Group, Person, Seat, User
from meetings import operations as meetings
from meetings.models import Action, AgendaItem, Attendance, Meeting, Minutes, Paragraph
from records.clock import london_moment
from rehearsal.changes import Changes
from rehearsal.votes import Votes

STANDING = [  # what is offered for every agenda of the group
    ("Minutes and actions", AgendaItem.Purpose.DECISION, "Secretariat", 10),
    ("Summary and next steps", AgendaItem.Purpose.INFORMATION, "Chair", 5),
]


class Meetings:
    """Four meetings of the Rehearsal group around a day."""

    def __init__(self, group: Group, today: date):
        self.group, self.today, self.days = group, today, calendar()
        self.pmo, self.chair = self._user("rehearsal.pmo@example.org"), self._user("rehearsal.chair@example.org")
        self.votes = Votes(group, self.pmo, self.chair, self._user)
        self.changes = Changes(group, self.pmo, self._user, lambda working_days: self.days.add(today, working_days))

    def _user(self, email: str) -> User:
        person = Person.objects.get(email=email)
        return User.objects.filter(person=person).first() or User.objects.create_user(
            username=email, email=email, password=None, person=person
        )

    def play(self) -> None:
        self.changes.prepare()
        self._on_record(self._meeting("1", -8))
        self._awaiting(self._meeting("2", -4))
        self._just_held(self._meeting("3", -1))
        self._to_come(self._meeting("4", 6))
        self.votes.ask_openly()
        self.changes.under_assessment()
        self.changes.in_review()
        self.changes.released()

    def _meeting(self, number: str, working_days: int) -> Meeting:
        day = self.days.add(self.today, working_days)
        return meetings.schedule(
            self.group, number, starts_at=london_moment(day, time(10)), ends_at=london_moment(day, time(12)),
            venue="Virtual", joining_link="https://meet.example.org/rehearsal", by=self.pmo,
        )  # fmt: skip

    # --- a meeting on record: a decision without objections, an action done, minutes published

    def _on_record(self, meeting: Meeting) -> None:
        welcome = self._item(meeting, "Welcome")
        interface = self._item(meeting, "Interface catalogue", AgendaItem.Purpose.DECISION)
        calendar_item = self._item(meeting, "CR900: one settlement calendar", AgendaItem.Purpose.DECISION)
        meetings.hold(meeting, by=self.pmo)
        self._attend(meeting, absent={"Large Supplier Representative"})
        self._say(welcome, "The Chair opened the rehearsal and explained that everything said in it is invented.")
        self._say(interface, "The draft interface catalogue was walked through. Two references were corrected on the spot.")
        self._say(interface, "The Chair asked for objections to baselining it. There were none.")
        decision = self._decision(
            meeting, interface, "Interface catalogue", "The SRO approved the baselining of the rehearsal interface catalogue as version 1.0",
            Decision.Basis.NO_OBJECTIONS,
        )  # fmt: skip
        decisions.determine(
            decision, Terms([Subject(Settlement.SubjectKind.ARTEFACT, "Rehearsal interface catalogue", Outcome.BASELINED, version="0.9")], determined_as="Chair, for the SRO", on=meeting.held_on), by=self.chair)  # fmt: skip
        self.changes.after_the_baseline()
        self.changes.compared()
        self._say(calendar_item, "CR900 would give settlement one calendar. Members agreed on the aim and differed on the date.")
        self.votes.decide_against_advice(meeting, calendar_item)
        action = self._action(meeting, interface, "Publish the rehearsal interface catalogue", "Programme (PMO)", 5)
        minutes = self._circulated(meeting)
        meetings.publish(minutes, by=self.pmo)
        meetings.complete_action(action, on=self.days.add(meeting.held_on, 4), by=self.pmo, why="Published")

    # --- a meeting whose deadline is running: cleared, to be circulated, with a vote that waits for the Chair

    def _awaiting(self, meeting: Meeting) -> None:
        log = self._item(meeting, "Minutes and actions")
        change = self._item(meeting, "CR901: night-time registration messages", AgendaItem.Purpose.DECISION)
        other = self._item(meeting, "Interim releases")
        meetings.hold(meeting, by=self.pmo)
        self._attend(meeting, absent={"Medium Supplier Representative"})
        self._say(log, "The action of the first rehearsal was reported done.")
        self._say(change, "CR901 would let registration messages wait overnight. Members differed on what it would cost agents.")
        self._vote(meeting, change)
        self._action(meeting, change, "Set out what CR901 would cost agents that run overnight batches", "Supplier Agent (Sade Agu)", 8)
        meetings.defer_item(other, by=self.pmo)
        minutes = Minutes.objects.get(meeting=meeting)
        meetings.clear(minutes, by=self.chair)

    def _vote(self, meeting: Meeting, item: AgendaItem) -> None:
        place = meetings.write_paragraph(item, kind=Paragraph.Kind.VOTE, by=self.pmo)
        decision = self._decision(
            meeting, item, "CR901: night-time registration messages",
            "The SRO approved CR901 version 1.2 (Night-time registration messages)", Decision.Basis.VOTE,
        )  # fmt: skip
        self.votes.leave_to_the_chair(item, decision, place)

    # --- a meeting of yesterday: the draft waits for the Chair to clear it

    def _just_held(self, meeting: Meeting) -> None:
        testing = self._item(meeting, "Testing timetable")
        meetings.hold(meeting, by=self.pmo)
        self._attend(meeting, absent=set())
        self._say(testing, "The rehearsal testing timetable was shown. Members asked for a week between the two test cycles.")
        self._action(meeting, testing, "Bring a timetable with a week between the test cycles", "Programme (PMO)", 9)

    def _to_come(self, meeting: Meeting) -> None:
        for title, purpose, presenter, minutes in STANDING:
            meetings.add_standing_item(self.group, title, purpose=purpose, presenter=presenter, minutes_allowed=minutes, by=self.pmo)
        self._item(meeting, "Minutes and actions", AgendaItem.Purpose.DECISION, minutes=10)
        self._item(meeting, "CR901: night-time registration messages", AgendaItem.Purpose.DECISION, minutes=45)
        ahead = self._item(meeting, "CR903: bank holidays in test", AgendaItem.Purpose.DECISION, minutes=30)
        self._item(meeting, "Interim releases", AgendaItem.Purpose.INFORMATION, minutes=15)
        self.votes.draft_ahead(ahead)
        meetings.publish_agenda(meeting, by=self.pmo)
        meetings.invite(meeting, by=self.pmo)

    # --- how each thing is done

    def _item(self, meeting: Meeting, title: str, purpose: str = "", minutes: int | None = None) -> AgendaItem:
        return meetings.table_item(meeting, title, purpose=purpose, minutes_allowed=minutes, by=self.pmo)

    def _say(self, item: AgendaItem, text: str) -> None:
        meetings.write_paragraph(item, text, by=self.pmo)
        if item.status == "tabled":
            item.refresh_from_db()
            if item.status == "tabled":
                meetings.discuss_item(item, by=self.pmo)

    def _attend(self, meeting: Meeting, absent: set[str]) -> None:
        sections = {
            Seat.Role.CHAIR: Attendance.Section.CHAIR,
            Seat.Role.MEMBER: Attendance.Section.REPRESENTATIVES,
            Seat.Role.SECRETARIAT: Attendance.Section.PROGRAMME,
        }
        for seat in Seat.objects.on(meeting.held_on).filter(group=self.group).order_by("order"):
            holding = seat.holdings.on(meeting.held_on).first()
            if holding is None:
                continue
            section = sections.get(seat.role, Attendance.Section.OTHERS)
            if seat.label in absent:
                section = Attendance.Section.APOLOGIES
            initials = "".join(part[0] for part in holding.person.name.split())
            meetings.record_attendance(meeting, holding.person, section, seat=seat, initials=initials, by=self.pmo)

    def _decision(self, meeting: Meeting, item: AgendaItem, title: str, wording: str, basis: str) -> Decision:
        place = meetings.write_paragraph(item, kind=Paragraph.Kind.DECISION, by=self.pmo)
        decision = decisions.draft(
            self.group, title, wording, meeting=meeting, item=item, paragraph=place, maker=Maker.SRO, basis=basis,
            authority="delegated by the SRO", by=self.pmo,
        )  # fmt: skip
        return decisions.table(decision, by=self.pmo)

    def _action(self, meeting: Meeting, item: AgendaItem, text: str, owner: str, working_days: int) -> Action:
        place = meetings.write_paragraph(item, kind=Paragraph.Kind.ACTION, by=self.pmo)
        return meetings.raise_action(
            meeting, text, owner=owner, item=item, paragraph=place, due_on=self.days.add(meeting.held_on, working_days), by=self.pmo
        )

    def _circulated(self, meeting: Meeting) -> Minutes:
        minutes = Minutes.objects.get(meeting=meeting)
        meetings.clear(minutes, by=self.chair)
        return meetings.circulate(minutes, by=self.pmo)
