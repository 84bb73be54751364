"""The demonstration's votes, on four changes.

One was decided against the advice on record, with dissent that waits for its answer; one waits for the Chair; one is
open; one is being prepared.
"""

from typing import cast

from django.db.models import F

from decisions import operations as decisions
from decisions.models import Decision, Outcome, Question, Settlement
from decisions.operations.asking import bring
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from groups.models import Group, Holding, Person, Seat, User
from meetings.models import AgendaItem, Attendance, Meeting, Paragraph
from rehearsal.papers import FAILED, RETRIES, pdf

ON_CR900 = {  # how seats advised; the rest approved without comment
    "elexon": ("reject", "Central systems would hold two calendars for a year."),
    "large-supplier": ("reject", "Our billing runs assume that the calendar does not change within a quarter."),
    "supplier-agent": ("reject", "Agents would have to restate three months of reads."),
    "independent-agent": ("reject", "The version before us says nothing of agents that serve several suppliers."),
    "small-supplier": ("reject", "No objection to the aim; the date is the difficulty."),
    "recco": ("reject", "The change of calendar belongs in the code first."),
    "ngeso": ("abstain", "Not affected."),
}
REASONS = [
    "Without one calendar every settlement run would have to be reconciled by hand from the first day.",
    "The assessment found no participant for whom the new calendar is impossible, and two for whom the old one is.",
    "Those who advised rejecting object to the date; the direction below moves it.",
]
ON_CR901 = {
    "supplier-agent": ("reject", "Overnight batches would have to be rebuilt, and nobody has said at whose cost."),
    "independent-agent": ("reject", "The messages would reach agents before they are appointed."),
    "recco": ("reject", "The version before us does not say what happens on a bank holiday."),
    "ngeso": ("abstain", "Not affected."),
    "dno": ("approve", "Operating through the night brings more than it costs."),
}
EARLY = ("elexon", "idno", "small-supplier", "dcc")  # who has voted already on CR902


class Votes:
    """What the Rehearsal group's people do about four changes, by the verbs everybody uses."""

    def __init__(self, group: Group, pmo: User, chair: User, user_of):
        self.group, self.pmo, self.chair, self.user_of = group, pmo, chair, user_of

    def voter(self, seat: Seat | None) -> User:
        """The account of whoever holds the seat."""
        return self.user_of(Holding.objects.filter(seat=seat).select_related("person").latest("during").person.email)

    def seat(self, code: str) -> Seat:
        return Seat.objects.get(group=self.group, constituency__code=code)

    # --- CR900: six seats against, four for; the Chair approves it, and says why

    def on_one_calendar(self, item: AgendaItem) -> None:
        question = bring(
            self.group, item=item, title="CR900: one settlement calendar",
            decision_wording="The SRO approved CR900 version 2.1 (One settlement calendar) and rejected CR899, which it excludes",
            wording="Should CR900 version 2.1 be approved?", subject="CR900", version="2.1", consulted_version="2.0",
            changed_since="The date moved from April to July.", if_not_approved="The two calendars of the baseline stand side by side.",
            window_days=None, by=self.pmo,
        )  # fmt: skip
        self._vote(decisions.open_question(question, by=self.pmo), ON_CR900)

    def close(self, subject: str) -> None:
        decisions.close(self.asked(subject), by=self.pmo)

    def asked(self, subject: str) -> Question:
        return Question.objects.get(group=self.group, subject=subject)

    def decide_against_advice(self, meeting: Meeting) -> None:
        question = self.asked("CR900")
        decision = Decision.objects.get(questions=question)
        decisions.record_advice(decision, "ipa", "The risk of two calendars is greater than that of either date.", given_on=meeting.held_on, by=self.pmo)
        decisions.record_advice(decision, "ofgem", "No objection, provided that settlement is not put off.", given_on=meeting.held_on, by=self.chair)
        decisions.state_level(decision, 3, clause="Terms of reference, Deciding: Level 3 decisions", said_by="the Chair", by=self.pmo)
        replies = {row.pk: "The direction given with this decision moves the date." for row in question.roll.filter(seat__constituency__code="small-supplier")}
        decisions.determine(
            decision,
            Terms([
                Subject(Settlement.SubjectKind.CHANGE_REQUEST, "CR900", Outcome.APPROVED, version="2.1"),
                Subject(Settlement.SubjectKind.CHANGE_REQUEST, "CR899", Outcome.REJECTED_AS_EXCLUDED, version="1.0"),
            ], reasons=REASONS, determined_as="Chair, for the SRO", consensus=Decision.Consensus.NO, not_passed_up_why="Both calendars had been before the PSG, which asked the group to settle it.", replies=replies, directions=["It is implemented no earlier than the July release.", "The redlined calendar comes back to the group first."], what_this_means="From the July release all settlement runs use one calendar. Until then nothing changes."), by=self.chair)  # fmt: skip

    def _vote(self, question: Question, advice: dict[str, tuple[str, str]]) -> None:
        """Whoever is there votes; a seat that nobody came for is recorded as not there."""
        away = set(question.item.meeting.attendances.filter(section=Attendance.Section.APOLOGIES).values_list("seat_id", flat=True)) if question.item else set()
        for row in question.roll.exclude(state="vacant").select_related("seat").annotate(code=F("seat__constituency__code")):
            if row.seat_id in away:
                decisions.mark_absent(row, by=self.pmo)
                continue
            choice, comment = advice.get(row.code, ("approve", ""))
            decisions.cast_vote(row, choice, comment=comment, by=self.voter(row.seat))

    def dissent(self) -> None:
        """What was said once it was published: a statement of position, and a concern that somebody has taken on."""
        decision = Decision.objects.get(questions=self.asked("CR900"))
        code, agent = self.seat("recco"), self.seat("supplier-agent")
        dissent.state_position(decision, code, "We hold that a calendar is a matter of the code. We will work to the decision all the same.", by=self.voter(code))
        concern = dissent.raise_concern(decision, agent, "Restating three months of reads was not part of what was assessed.", by=self.voter(agent))
        dissent.take_on(concern, cast(Person, self.chair.person), stands_meanwhile=True, by=self.pmo)

    # --- CR901: eleven seats have advised, one was not there, the thirteenth is vacant; the Chair has yet to determine

    def on_the_night(self, item: AgendaItem, decision: Decision, place: Paragraph) -> None:
        question = decisions.put_question(
            self.group, "Should CR901 be approved?", subject="CR901", version="1.2", item=item, decision=decision,
            paragraph=place, by=self.pmo,
        )  # fmt: skip
        self._vote(decisions.open_question(question, by=self.pmo), ON_CR901)

    # --- CR902: open now, outside a meeting, for whoever tries the demonstration

    def ask_openly(self) -> None:
        question = bring(
            self.group, title="CR902: retrying failed messages",
            decision_wording="CR902 version 1.3 (Retrying failed messages): to be decided",
            wording="Should CR902 version 1.3 be approved?", subject="CR902", version="1.3", consulted_version="1.2",
            changed_since="The number of retries fell from five to three.", if_not_approved="Failed messages are sent again by hand, as now.",
            follow_up="If it is approved, should it go into the next interim release?", window_days=5, by=self.pmo,
        )  # fmt: skip
        decisions.add_question_paper(question, "CR902: three retries or five", ("CR902 three or five.pdf", pdf(*RETRIES)), by=self.pmo)
        decisions.add_question_paper(question, "Messages that failed last month", ("Failed messages.csv", FAILED.encode()), version="0.2", visibility="participants", by=self.pmo)
        question = decisions.open_question(question, by=self.pmo)
        rider = question.follow_ups.get()
        for row in question.roll.filter(seat__constituency__code__in=EARLY).select_related("seat"):
            same = rider.roll.get(seat=row.seat)
            answers = [decisions.Answer(row, "approve", "Three retries are enough."), decisions.Answer(same, "approve")]
            decisions.answer(answers, by=self.voter(row.seat))

    # --- CR903: drafted for the meeting to come, so that seats can consult and note where they stand

    def draft_ahead(self, item: AgendaItem) -> None:
        bring(
            self.group, item=item, title="CR903: bank holidays in test", decision_wording="CR903 version 0.9 (Bank holidays in test): to be decided",
            wording="Should CR903 version 0.9 be approved?", subject="CR903", version="0.9",
            if_not_approved="Test days fall on bank holidays, as planned.", window_days=None, by=self.pmo,
        )  # fmt: skip
