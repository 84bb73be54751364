"""The meetings of the Rehearsal group, and what is said and done at them.

Everything is done by the same operations anyone else uses, by the invented people who would do it. Meetings are dated
from today, so that there is always one to come, one whose publication deadline is running, and one on record. What lies
before today is played on its own days (`past.py`): a vote is closed on the day it was given, not on that of the loading.
"""

from collections.abc import Callable
from datetime import date, time, timedelta

from decisions import operations as decisions
from decisions.models import Decision, Maker, Outcome, Settlement
from decisions.subjects import Subject, Terms
from files.models import Visibility
from groups.calendar import calendar
from groups.models import Group, Person, Seat, User
from meetings import operations as meetings
from meetings.models import Action, AgendaItem, Attendance, Meeting, Minutes, Paragraph
from records.clock import LONDON, london_moment, portal_now
from rehearsal.changes import Changes
from rehearsal.kept_elsewhere import load_what_was_kept
from rehearsal.papers import OVERNIGHT, RELEASE_PLAN, RELEASES, document, printed
from rehearsal.votes import Votes

STANDING = [  # what is offered for every agenda of the group
    ("Minutes and actions", AgendaItem.Purpose.DECISION, "Secretariat", 10),
    ("Summary and next steps", AgendaItem.Purpose.INFORMATION, "Chair", 5),
]


LAST = "4"  # of the meetings, the one to come
CR900, CR901 = "CR900: one settlement calendar", "CR901: night-time registration messages"
Step = tuple[int, time, Callable[[], None]]  # so many working days from today, at which time of that day, what happens


class Meetings:
    """Five meetings of the Rehearsal group around a day."""

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

    @property
    def steps(self) -> list[Step]:
        """What lies before today, each so many working days from it and at its time: to be played in this order."""
        return [
            (-20, time(10), self._prepared), (-9, time(9), self.changes.reviewed),
            (-8, time(10, 30), self._first_begins), (-8, time(11), self._first_votes), (-8, time(11, 15), self._first_closes),
            (-8, time(11, 30), self._first_decides), (-8, time(12), self._first_ends), (-7, time(15), self._first_circulates),
            (-5, time(15), self._first_publishes), (-4, time(9), self._first_is_acted_on),
            (-4, time(10, 30), self._second_begins), (-4, time(11), self._second_votes), (-4, time(11, 15), self._second_closes),
            (-4, time(12), self._second_ends), (-3, time(11), self._second_reports), (-2, time(10), self._second_clears),
            (-1, time(10, 30), self._third_begins), (-1, time(12), self._third_ends),
        ]  # fmt: skip

    def play(self) -> None:
        """What is of today. What lies before it, too, where nobody could set the clock back for that."""
        if not self.group.meetings.exists():
            for *_, happens in self.steps:
                happens()
        self._to_come(self._planned(LAST, 6))
        self.changes.under_assessment()  # CR906 is raised before the meeting of today speaks of it
        self._running()
        self.votes.ask_openly()
        self.changes.in_review()
        self.changes.released()
        load_what_was_kept(self.group, self.changes.day)

    def _prepared(self) -> None:
        self.changes.prepare()
        for number, working_days in (("1", -8), ("2", -4), ("3", -1)):
            self._planned(number, working_days)

    def _planned(self, number: str, working_days: int) -> Meeting:
        day = self.days.add(self.today, working_days)
        return meetings.schedule(
            self.group, number, starts_at=london_moment(day, time(10)), ends_at=london_moment(day, time(12)),
            venue="Virtual", joining_link="https://meet.example.org/rehearsal", by=self.pmo,
        )  # fmt: skip

    def _meeting(self, number: str) -> Meeting:
        return Meeting.objects.get(group=self.group, number=number)

    # --- a meeting on record: a decision without objections, one against the advice, an action done, minutes published

    def _first_begins(self) -> None:
        meeting = self._meeting("1")
        welcome = self._item(meeting, "Welcome")
        interface = self._item(meeting, "Interface catalogue", AgendaItem.Purpose.DECISION)
        change = self._item(meeting, CR900, AgendaItem.Purpose.DECISION)
        self._attend(meeting, absent={"DCC Representative (as smart meter central system provider)"})
        self._say(welcome, "The Chair opened the rehearsal and explained that everything said in it is invented.")
        self._say(interface, "The draft interface catalogue was walked through. Two references were corrected on the spot.")
        self._say(interface, "The Chair asked for objections to baselining it. There were none.")
        self._decision(
            meeting, interface, "Interface catalogue",
            "The SRO approved the baselining of the rehearsal interface catalogue version 0.9, to be issued as version 1.0", Decision.Basis.NO_OBJECTIONS,
        )  # fmt: skip
        self._action(meeting, interface, "Publish the rehearsal interface catalogue", "Programme (PMO)", 5)
        self._say(change, "CR900 would give settlement one calendar. Members agreed on the aim and differed on the date.")

    def _first_votes(self) -> None:
        self.votes.on_one_calendar(self._item_of("1", CR900))

    def _first_closes(self) -> None:
        self.votes.close("CR900")

    def _first_decides(self) -> None:
        meeting = self._meeting("1")
        decisions.determine(
            Decision.objects.get(meeting=meeting, title="Interface catalogue"),
            Terms([Subject(Settlement.SubjectKind.ARTEFACT, "Rehearsal interface catalogue", Outcome.BASELINED, version="0.9")], determined_as="Chair, for the SRO"), by=self.chair,
        )  # fmt: skip
        self.votes.decide_against_advice(meeting)

    def _first_ends(self) -> None:
        meetings.hold(self._meeting("1"), by=self.pmo)
        self.changes.after_the_baseline()
        self.changes.compared()

    def _first_circulates(self) -> None:
        self._cleared("1")
        meetings.circulate(Minutes.objects.get(meeting=self._meeting("1")), by=self.pmo)

    def _first_publishes(self) -> None:
        meetings.publish(Minutes.objects.get(meeting=self._meeting("1")), by=self.pmo)

    def _first_is_acted_on(self) -> None:
        meetings.complete_action(Action.objects.get(meeting=self._meeting("1")), on=self.days.add(self.today, -4), by=self.pmo, why="Published")
        self.votes.dissent()

    # --- a meeting whose deadline is running: cleared, to be circulated, with a vote that waits for the Chair

    def _second_begins(self) -> None:
        meeting = self._meeting("2")
        log = self._item(meeting, "Minutes and actions")
        change = self._item(meeting, CR901, AgendaItem.Purpose.DECISION)
        self._item(meeting, "Interim releases")
        self._attend(meeting, absent={"Medium Supplier Representative"})
        self._say(log, "The action of the first rehearsal was reported done.")
        self._say(change, "CR901 would let registration messages wait overnight. Members differed on what it would cost agents.")

    def _second_votes(self) -> None:
        item = self._item_of("2", CR901)
        place = meetings.write_paragraph(item, kind=Paragraph.Kind.VOTE, by=self.pmo)
        decision = self._decision(item.meeting, item, CR901, "CR901 version 1.2 (Night-time registration messages): to be decided", Decision.Basis.VOTE)
        self.votes.on_the_night(item, decision, place)
        self._action(item.meeting, item, "Set out what CR901 would cost agents that run overnight batches", "Supplier Agent (Sade Agu)", 8)

    def _second_closes(self) -> None:
        self.votes.close("CR901")

    def _second_ends(self) -> None:
        meetings.hold(self._meeting("2"), by=self.pmo)
        meetings.defer_item(self._item_of("2", "Interim releases"), by=self.pmo)

    def _second_reports(self) -> None:
        said = "Members advised on registration messages that wait overnight. The Chair decides on it next."
        meetings.publish_headlines(self._meeting("2"), said, by=self.pmo)

    def _second_clears(self) -> None:
        self._cleared("2")

    # --- a meeting of yesterday: the draft is being written

    def _third_begins(self) -> None:
        meeting = self._meeting("3")
        testing = self._item(meeting, "Testing timetable")
        self._attend(meeting, absent=set())
        self._say(testing, "The rehearsal testing timetable was shown. Members asked for a week between the two test cycles.")
        self._action(meeting, testing, "Bring a timetable with a week between the test cycles", "Programme (PMO)", 9)

    def _third_ends(self) -> None:
        meetings.hold(self._meeting("3"), by=self.pmo)

    # --- a meeting of today, to be minuted by whoever looks around

    def _running(self) -> None:
        """Called on short notice. It began with this hour, so that what is announced at it can be written down at once."""
        starts_at = london_moment(self.today, time(portal_now().astimezone(LONDON).hour))
        meeting = meetings.schedule(
            self.group, "3.1", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), kind=Meeting.Kind.EXTRAORDINARY, venue="Virtual",
            joining_link="https://meet.example.org/rehearsal", by=self.pmo,
        )  # fmt: skip
        self._item(meeting, "Welcome", minutes=5)
        self._item(meeting, "CR906: a longer test window", AgendaItem.Purpose.DECISION, minutes=30)
        self._item(meeting, "Readiness of the test cycles", AgendaItem.Purpose.DISCUSSION, minutes=20)
        self._item(meeting, "Any other business", minutes=5)
        meetings.publish_agenda(meeting, by=self.pmo)

    def _to_come(self, meeting: Meeting) -> None:
        for title, purpose, presenter, minutes in STANDING:
            meetings.add_standing_item(self.group, title, purpose=purpose, presenter=presenter, minutes_allowed=minutes, by=self.pmo)
        self._item(meeting, "Minutes and actions", AgendaItem.Purpose.DECISION, minutes=10)
        night = self._item(meeting, "CR901: night-time registration messages", AgendaItem.Purpose.DECISION, minutes=45)
        ahead = self._item(meeting, "CR903: bank holidays in test", AgendaItem.Purpose.DECISION, minutes=30)
        releases = self._item(meeting, "Interim releases", AgendaItem.Purpose.INFORMATION, minutes=15)
        self.votes.draft_ahead(ahead)
        self._papers(night, releases)
        meetings.publish_agenda(meeting, by=self.pmo)
        meetings.invite(meeting, by=self.pmo)
        meetings.circulate_papers(meeting, by=self.pmo)
        meetings.add_paper(releases, "Release plan, as a table", ("release plan.csv", RELEASE_PLAN), visibility=Visibility.PARTICIPANTS, by=self.pmo)

    def _papers(self, night: AgendaItem, releases: AgendaItem) -> None:
        """One as PDF, one as a Word document, and one that is to follow."""
        made_at = portal_now()
        options = printed("CR901: options for the night", *OVERNIGHT, made_at=made_at)
        meetings.add_paper(night, "CR901: options for the night", ("CR901 options.pdf", options), version="1.0", by=self.pmo)
        meetings.add_paper(releases, "Where the releases stand", ("Interim releases.docx", document("Programme", *RELEASES)), by=self.pmo)
        meetings.add_paper(night, "CR901: what it costs agents", owed_by_person=Person.objects.get(email="supplieragent@example.org"), by=self.pmo)

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

    def _item_of(self, number: str, title: str) -> AgendaItem:
        return AgendaItem.objects.select_related("meeting").get(meeting__group=self.group, meeting__number=number, title=title)

    def _cleared(self, number: str) -> None:
        minutes = Minutes.objects.get(meeting=self._meeting(number))
        meetings.clear(meetings.send_to_chair(minutes, by=self.pmo), by=self.chair)
