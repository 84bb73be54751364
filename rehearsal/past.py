"""A whole life of a change request, weeks before the day of the demonstration: assessed twice, voted on, approved against another, followed, released.

CR896 was settled outside a meeting, CR897 rejected with it; the group’s meetings before that day lie between its steps. Each thing is done by the verbs everybody uses, on its own day: the database's clock is
set back for it. Only the owner of the tables can do that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from artefacts import operations as artefacts
from artefacts.models import Artefact, ArtefactVersion, Phase
from change_requests import operations as changes
from change_requests.models import Assessment, ChangeRequest, ChangeRequestVersion, FileForm
from change_requests.operations.requests import KIND
from decisions import operations as decisions
from decisions.models import Decision, Outcome, Settlement
from decisions.operations.asking import bring
from decisions.subjects import Subject, Terms
from files.pairing import CLEAN, REDLINE
from groups.calendar import calendar
from groups.models import Group, Holding, Organisation, User
from groups.numbering import mint_past
from meetings.models import Meeting
from records.clock import london_moment, portal_today
from rehearsal.meetings import Meetings, Step
from rehearsal.papers import MARKS, READ_FORMATS, READ_FORMATS_MARKED, TIMING, document, pdf, workbook

CITED = "REH-DES-05 Rehearsal read formats"
ISSUE = "An estimated read looks like any other, so that settlement cannot tell one from the other, and corrects both alike."
SOLUTION = {
    "1.0": "Mark every estimated read with an E, from the July release. The field is in attachment 1.",
    "1.1": "Mark every estimated read with an E, and name the rule by which it was estimated, from the October release. The fields are in attachment 1; attachment 2 says when marks are sent.",
}  # fmt: skip
QUESTION = "Could your systems send the mark from the release that is proposed, and what would it cost?"

# who, and what was answered to version 1.0; what is given in confidence
FIRST: list[tuple[str, dict[str, Any]]] = [
    ("Hazelfold", {"position": "support", "impact": "low", "answer": "Yes."}),
    ("Quillwater", {"position": "object", "impact": "high", "comments": "July is in the middle of our migration. October could be kept.", "answer": "Not before October.", "cost": "Two people for half a year", "confidence": {"cost": "programme"}}),
    ("Castwright", {"position": "object", "impact": "medium", "comments": "A mark without the rule behind it tells us nothing we could act on.", "answer": "Yes, but to what end?"}),
    ("Ferrule", {"position": "no_impact", "impact": "none"}),
]  # fmt: skip
SECOND: list[tuple[str, dict[str, Any]]] = [
    ("Quillwater", {"position": "with_comments", "impact": "medium", "comments": "October can be kept, if test files are there in August.", "answer": "Yes, from October."}),
    ("Castwright", {"position": "support", "impact": "medium", "answer": "Yes."}),
]  # fmt: skip
AGAINST = {"recco": ("reject", "The code has no place for the rule yet."), "ngeso": ("abstain", "Not affected.")}


PLANNED_ON = date(2021, 11, 17)  # when the DAG was shown which artefacts the programme set out to write
PLANNED = Path(__file__).with_name("artefacts.csv")


def load_planned() -> None:
    """The design artefacts as the published plan of the design names them: most have never come to the portal."""
    artefacts.load_catalogue(Group.objects.get(code="DAG"), PLANNED.read_text(encoding="utf-8"), by=User.objects.the_archivist())


def is_begun() -> bool:
    """Whether anything was done in the group already: nothing can be played before it then."""
    return ChangeRequest.objects.filter(group__code="REH").exists() or Meeting.objects.filter(group__code="REH").exists()


@transaction.atomic
def play_the_past() -> None:
    with clock_set(london_moment(PLANNED_ON, time(10)).isoformat()):
        load_planned()
    Past(Group.objects.get(code="REH"), portal_today()).play()


@contextmanager
def clock_set(moment: str) -> Iterator[None]:
    """For this transaction alone the database's clock stands at that moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('portal_now()'::regprocedure)")
        before = cursor.fetchone()[0]
        cursor.execute(f"CREATE OR REPLACE FUNCTION portal_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$SELECT timestamptz '{moment}'$$")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute(before)


class Past:
    """What happened in the Rehearsal group in the weeks before a day."""

    def __init__(self, group: Group, today: date):
        self.group, self.today, self.days = group, today, calendar()
        self.pmo, self.chair, self.raiser, self.respondent = (
            User.objects.get(person__email=f"{who}@example.org") for who in ("rehearsal.pmo", "rehearsal.chair", "raiser", "respondent")
        )

    def play(self) -> None:
        """So many working days before today, and at which time: the life of CR896, and the group's meetings between its steps."""
        own: list[Step] = [
            (-55, time(10), self._raised), (-54, time(11), self._out_for_the_first), (-51, time(15), self._answered), (-44, time(18), self._closed),
            (-42, time(10), self._results_of_the_first), (-40, time(14), self._written_anew), (-39, time(10), self._out_for_the_second),
            (-36, time(16), self._answered_again), (-34, time(18), self._closed), (-32, time(10), self._results_of_the_second),
            (-31, time(10), self._put_to_the_seats), (-29, time(13), self._voted), (-26, time(18), self._counted), (-25, time(11), self._approved),
            (-18, time(10), self._followed), (-12, time(10), self._released),
        ]  # fmt: skip
        for days, at, happens in sorted([*own, *Meetings(self.group, self.today).steps], key=lambda step: step[:2]):
            with clock_set(london_moment(self.days.add(self.today, days), at).isoformat()):
                happens()

    # --- raised, beside another that it excludes

    def _raised(self) -> None:
        mint_past(f"group:{self.group.code}", KIND, 895)
        formats = artefacts.add_artefact(
            self.group, "Rehearsal read formats", document_number="REH-DES-05", sub_type="Message specification", phase=Phase.PHYSICAL, streams=["Settlement"], by=self.pmo,
        )  # fmt: skip
        self.artefact = self._put_forward(formats, "1.0", what_changed="The formats of reads, as they are sent now.").artefact
        self.request = changes.draft(
            self.group, "Estimated reads are marked", Organisation.objects.get(name="Plumbline Data Agents (fictional)"),
            what_this_means="Whoever gets a read would see whether it was taken or estimated, and by which rule.", by=self.raiser,
        )  # fmt: skip
        self.version = self._version("1.0")
        self.request = changes.raise_request(self.request, by=self.raiser)
        self.other = changes.draft(
            self.group, "Estimated reads are sent apart", Organisation.objects.get(name="Brackenhall Business Energy (fictional)"),
            what_this_means="Estimated reads would come in a file of their own, and need no mark.", by=self.pmo,
        )  # fmt: skip
        changes.draft_version(self.other, "1.0", issue=ISSUE, solution="Send estimated reads in a file of their own.", artefacts=[CITED], by=self.pmo)
        self.other = changes.raise_request(self.other, by=self.pmo)
        changes.exclude(self.request, self.other, why="A read is marked in the file of all reads, or sent in another one", by=self.pmo)

    def _version(self, label: str, **said: Any) -> ChangeRequestVersion:
        named = ["Attachment 1: fields", "Attachment 2: when marks are sent"][: 1 if label == "1.0" else 2]
        version = changes.draft_version(
            self.request, label, issue=ISSUE, solution=SOLUTION[label], benefits="Only what was estimated is corrected.", artefacts=[CITED], constituencies=["DNO", "I&C Supplier"],
            attachments=named, by=self.raiser, **said,
        )  # fmt: skip
        fields, *rest = version.attachments.order_by("n")
        changes.attach(version, ("fields.xlsx", workbook("Fields", *MARKS[label])), form=FileForm.ATTACHMENT, attachment=fields, by=self.raiser)
        for timing in rest:
            changes.attach(version, ("when-marks-are-sent.pdf", pdf(*TIMING)), form=FileForm.ATTACHMENT, attachment=timing, by=self.raiser)
        changes.attach(version, (f"estimated-reads-{label}.docx", document("Hal Winterbourne", "Estimated reads are marked", ISSUE, SOLUTION[label])), form=FileForm.CLEAN, by=self.raiser)
        return version

    # --- assessed twice

    def _out_for_the_first(self) -> None:
        self._out("The secretariat’s, as the group’s terms of reference have it")

    def _out(self, authority: str) -> None:
        self.assessment = changes.open_assessment(ChangeRequestVersion.objects.get(pk=self.version.pk), kind="impact", question=QUESTION, authority=authority, by=self.pmo)

    def _answered(self) -> None:
        self._answer(FIRST)
        changes.submit(self._row("Skelbeck"), {"position": "support", "impact": "low", "answer": "Yes."}, name="Moss Harker", by=self.respondent)

    def _answer(self, answers: list[tuple[str, dict[str, Any]]]) -> None:
        for organisation, said in answers:
            changes.record_mailed(self._row(organisation), said, name="Somebody invented", by=self.pmo)

    def _row(self, organisation: str):
        return self.assessment.roll.get(organisation__name__startswith=organisation)

    def _closed(self) -> None:
        self.assessment = changes.close_when_due(Assessment.objects.get(pk=self.assessment.pk))

    def _results_of_the_first(self) -> None:
        rows = [self._row(each).pk for each in ("Quillwater", "Castwright")]
        theme = changes.write_theme(self.assessment, "A later release, and the rule behind the mark", text="July cannot be kept by all; and a mark alone is not enough.", rows=rows, by=self.pmo)
        changes.reply_to_theme(theme, "Both are right. Version 1.1 names October, and the rule.", by=self.raiser)
        changes.publish_results(self.assessment, by=self.pmo)

    def _written_anew(self) -> None:
        version = self._version("1.1", what_changed="October instead of July; the rule is named, too.")
        self.version = changes.fix(version, by=self.raiser)

    def _out_for_the_second(self) -> None:
        self._out("The secretariat’s: a second assessment of five working days")

    def _answered_again(self) -> None:
        changes.confirm(self._row("Skelbeck"), name="Moss Harker", by=self.respondent)
        self._answer(SECOND)

    def _results_of_the_second(self) -> None:
        changes.publish_results(self.assessment, by=self.pmo)

    # --- voted on and determined, outside a meeting

    def _put_to_the_seats(self) -> None:
        question = bring(
            self.group, title="CR896: estimated reads are marked", decision_wording="The SRO approved CR896 version 1.1 (Estimated reads are marked) and rejected CR897",
            wording="Should CR896 version 1.1 be approved?", subject="CR896", version="1.1", if_not_approved="Estimated reads are sent like any other, as now.",
            window_days=5, by=self.pmo,
        )  # fmt: skip
        self.question = decisions.open_question(question, by=self.pmo)

    def _voted(self) -> None:
        for row in self.question.roll.exclude(state="vacant").select_related("seat").annotate(code=F("seat__constituency__code")):
            choice, comment = AGAINST.get(row.code, ("approve", ""))
            person = Holding.objects.filter(seat=row.seat).latest("during").person
            decisions.cast_vote(row, choice, comment=comment, by=User.objects.get(person=person))

    def _counted(self) -> None:
        decisions.close_when_due(self.question)

    def _approved(self) -> None:
        decision = Decision.objects.get(questions=self.question)
        subjects = [
            Subject(Settlement.SubjectKind.CHANGE_REQUEST, "CR896", Outcome.APPROVED, title=self.request.title, version="1.1"),
            Subject(Settlement.SubjectKind.CHANGE_REQUEST, "CR897", Outcome.REJECTED_AS_EXCLUDED, title=self.other.title, version="1.0"),
        ]
        terms = Terms(
            subjects, reasons=["Only what was estimated is corrected from then on.", "Those who objected to version 1.0 can keep to version 1.1."], determined_as="Chair, for the SRO",
            what_this_means="From the October release an estimated read says so, and by which rule.", consensus=Decision.Consensus.NO,
            not_passed_up_why="The objection is to what the code says, which the code’s own panel will settle.",
            replies={row.pk: "The code will have it before October." for row in self.question.roll.filter(seat__constituency__code="recco")},
        )  # fmt: skip
        self.decision = decisions.publish(decisions.determine(decision, terms, by=self.chair), by=self.pmo)

    # --- followed, and gone out

    def _followed(self) -> None:
        carried = {"kind": "change_request", "reference": self.request.reference, "authorised_by": self.decision.reference}
        self.followed = self._put_forward(self.artefact, "1.1", what_changed="Estimated reads are marked.", carries=[carried])

    def _put_forward(self, artefact: Artefact, label: str, **told: Any) -> ArtefactVersion:
        draft = artefacts.draft_version(artefact, label, by=self.pmo, **told)
        papers = [(CLEAN, "", READ_FORMATS[label]), *([(REDLINE, "-redline", READ_FORMATS_MARKED)] if label == "1.1" else [])]
        for form, ending, paragraphs in papers:
            artefacts.attach(draft, (f"rehearsal-read-formats-{label}{ending}.docx", document("Polly Moore", *paragraphs)), form=form, by=self.pmo)
        return artefacts.put_forward(draft, by=self.pmo)

    def _released(self) -> None:
        release = artefacts.plan_release(
            self.group, "IR0.9", title="Estimated reads", notes="An estimated read carries a mark, and names its rule.", testing="The daily file, with and without estimated reads.",
            interfaces="Two fields are added to the daily file of reads.", by=self.pmo,
        )  # fmt: skip
        artefacts.put_in(release, self.followed, by=self.pmo)
        issued = artefacts.issue_release(release, by=self.pmo)
        artefacts.say_effective(issued, self.days.add(self.today, -5), by_notice="Notice 2 of the Rehearsal group", by=self.pmo)
