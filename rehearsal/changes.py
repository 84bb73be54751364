"""The demonstration's change control: an artefact that was reviewed and baselined, one in review, one that has gone out; eight change requests; two releases.

CR900 was approved and CR899 rejected with it, since the two exclude each other. One of its two artefacts follows, and has gone out with IR1.0. CR904 is out for assessment now; CR905, raised despite a freeze, waits to be issued, and CR906 is on the agenda of a meeting of today.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from artefacts import operations as artefacts
from artefacts.lifecycle import ReviewStatus
from artefacts.models import Artefact, ArtefactVersion, Comment, Phase, Review, ReviewRow
from artefacts.models import FileForm as VersionForm
from artefacts.operations.passages import compare_with_baselined
from artefacts.passages import differing
from change_requests import operations as changes
from change_requests.models import Assessment, AssessmentRow, ChangeRequest, FileForm, Response
from change_requests.operations.requests import KIND
from files.models import Comparison
from files.operations import compare
from files.pairing import CLEAN, REDLINE
from groups.models import Group, Holding, Organisation, Seat, User
from groups.numbering import mint_past
from records.clock import portal_now
from rehearsal.papers import CATALOGUE, FORMATS, MARKED, ONE_CALENDAR, TWO_CALENDARS, document

PROCESSES = Path(__file__).with_name("processes.csv")

# title, who raises it, what it means, then each version: label, what changed, the issue, the solution
REQUESTS = {
    "CR899": ("Two calendars kept in step", "Brackenhall Business Energy (fictional)", "Both calendars stay, and a table says which day of one is which of the other.", [
        ("1.0", "", "Settlement runs go by two calendars.", "Keep both, and publish a table that leads from one to the other."),
    ]),
    "CR900": ("One settlement calendar", "Plumbline Data Agents (fictional)", "All settlement runs would go by one calendar instead of two.", [
        ("2.0", "", "Settlement runs go by two calendars, and differ by a day after each bank holiday.", "Use one calendar from April."),
        ("2.1", "The date moved from April to July.", "Settlement runs go by two calendars, and differ by a day after each bank holiday.", "Use one calendar from July."),
    ]),
    "CR901": ("Night-time registration messages", "Skelbeck Networks (fictional)", "Registration messages could wait overnight and be processed in the morning.", [
        ("1.2", "", "Messages sent at night have to be answered at night, which keeps services staffed for a handful of messages.", "Let messages that come between midnight and six wait until six."),
    ]),
    "CR902": ("Retrying failed messages", "Tollhouse Metering (fictional)", "A message that fails is sent again by itself.", [
        ("1.2", "", "A message that fails is sent again by hand.", "Send it again up to five times."),
        ("1.3", "The number of retries fell from five to three.", "A message that fails is sent again by hand.", "Send it again up to three times."),
    ]),
    "CR903": ("Bank holidays in test", "Quillwater Power Networks (fictional)", "Test cycles would keep the bank holidays of live operation.", [
        ("0.9", "", "Test cycles run through bank holidays, when nobody is there to look at them.", "Leave bank holidays out of test cycles."),
    ]),
}  # fmt: skip

# Which artefacts each of its versions would change, and whom that concerns.
CONCERNS = {
    "CR900": (["REH-DES-01 Rehearsal interface catalogue", "REH-DES-04 Rehearsal settlement calendar"], ["DNO", "I&C Supplier"]),
}  # fmt: skip

# of which seat, on which section, how much it weighs, the comment; what became of it, and why
COMMENTS = [
    ("DNO", "2.1", "must", "The interface for a change of supplier is listed twice, with different numbers.", "accepted", "The second entry is taken out in 1.0."),
    ("DNO", "Table 3", "editorial", "“Registraton” should read “registration”.", "accepted", ""),
    ("I&C Supplier", "4", "should", "Give an example message for each interface.\nOne of each kind would do.", "in_part", "One for each stream; the rest are in the message catalogue."),
    ("I&C Supplier", "5.2", "must", "Answers within one second cannot be kept at night.", "not_accepted", "The group agreed on one second at its first meeting. Raise a change request."),
    ("Supplier Agent", "", "question", "Who keeps the numbers of interfaces unique?", "answered", "The owner of this catalogue does."),
    ("Supplier Agent", "6", "should", "Say what happens when two portals are down at once.", "out_of_scope", "That belongs to the service levels."),
]


class Changes:
    """What the Rehearsal group's raisers, owner and respondents do, by the verbs everybody uses."""

    def __init__(self, group: Group, pmo: User, user_of, day: Callable[[int], date]):
        self.group, self.pmo, self.day = group, pmo, day
        self.user_of = user_of
        self.raiser, self.owner, self.respondent = (user_of(f"{who}@example.org") for who in ("raiser", "owner", "respondent"))

    def prepare(self) -> None:
        """What lies before the first meeting."""
        mint_past(f"group:{self.group.code}", KIND, 898)
        catalogue = artefacts.add_artefact(
            self.group, "Rehearsal interface catalogue", document_number="REH-DES-01", sub_type="Interface specification", phase=Phase.PHYSICAL,
            streams=["Registration"], by=self.pmo,
        )  # fmt: skip
        draft = artefacts.draft_version(catalogue, "0.9", what_changed="Every interface of the registration stream is listed once.", by=self.owner)
        self._attach_catalogue(draft, CLEAN, CATALOGUE["0.9"])
        artefacts.put_forward(draft, by=self.owner)
        self._review()
        artefacts.add_artefact(
            self.group, "Rehearsal settlement calendar", document_number="REH-DES-04", sub_type="Calendar", phase=Phase.PHYSICAL, streams=["Settlement"], by=self.pmo,
        )  # fmt: skip
        self._put_calendar("1.0", "Settlement runs go by two calendars.", TWO_CALENDARS)
        raised = {reference: self._raise(*told, concerns=CONCERNS.get(reference, ([], []))) for reference, told in REQUESTS.items()}
        changes.exclude(raised["CR899"], raised["CR900"], why="Two calendars cannot be kept in step and become one", by=self.pmo)

    @property
    def catalogue(self) -> Artefact:
        return Artefact.objects.get(group=self.group, document_number="REH-DES-01")

    @property
    def calendar(self) -> Artefact:
        return Artefact.objects.get(group=self.group, document_number="REH-DES-04")

    @property
    def put(self) -> ArtefactVersion:
        return self.catalogue.versions.get(label="0.9")

    def _review(self) -> None:
        """Version 0.9 is put to four seats for ten working days."""
        seats = {each.label: each for each in Seat.objects.filter(group=self.group)}
        asked = [seats[f"{label} Representative"] for label in ("DNO", "I&C Supplier", "Small Supplier", "Supplier Agent")]
        review = artefacts.open_review(self.put, "Is every interface of the registration stream there, and is each described so that you could build it?", seats=asked, by=self.pmo)
        self._commented(review)

    def _commented(self, review: Review) -> None:
        """Everybody is heard within the day; one has nothing to say."""
        for label, section, weight, text, *_ in COMMENTS:
            row = review.roll.get(seat__label=f"{label} Representative")
            artefacts.comment(row, section, text, weight, by=self._holder(row))
        row = review.roll.get(seat__label="Small Supplier Representative")
        artefacts.say_no_comments(row, by=self._holder(row))

    def reviewed(self) -> None:
        """It has closed by the clock, or is closed since everybody was heard; the owner says what becomes of each comment, and the log is published."""
        review = artefacts.close_review_when_due(self.put.reviews.get())
        if review.status == ReviewStatus.OPEN:
            review = artefacts.close_review(review, by=self.pmo)
        for comment, (*_, outcome, why) in zip(Comment.objects.filter(row__review=review).order_by("pk"), COMMENTS, strict=True):
            artefacts.resolve(comment, outcome, why=why, by=self.owner)
        artefacts.publish_log(review, by=self.pmo)

    def _holder(self, row: ReviewRow) -> User:
        """Who speaks for the seat today."""
        holding = Holding.objects.on(self.day(0)).select_related("person").get(seat=row.seat)
        return self.user_of(holding.person.email)

    def in_review(self) -> None:
        """The message catalogue is in review now, by every seat that is held and one network: two comments are there."""
        artefact = artefacts.add_artefact(
            self.group, "Rehearsal message catalogue", document_number="REH-DES-02", sub_type="Message specification", phase=Phase.PHYSICAL, streams=["Registration"], by=self.pmo,
        )  # fmt: skip
        draft = artefacts.draft_version(artefact, "0.8", what_changed="Every message between the interfaces is listed, with its fields.", by=self.pmo)
        artefacts.attach(draft, ("message-catalogue.csv", FORMATS.encode()), form=VersionForm.CLEAN, by=self.pmo)
        version = artefacts.put_forward(draft, by=self.pmo)
        review = artefacts.open_review(
            version, "Which messages are missing, and which fields could you not fill?", organisations=[Organisation.objects.get(name__startswith="Skelbeck")], by=self.pmo,
        )  # fmt: skip
        for label, section, weight, text in (
            ("iDNO", "Line 3", "must", "The message has no field for the time zone. Without it, reads of the last Sunday in October are doubled."),
            ("RECCo", "", "question", "Are error messages part of this catalogue, or of another one?"),
        ):
            row = review.roll.get(seat__label=f"{label} Representative")
            artefacts.comment(row, section, text, weight, by=self._holder(row))

    def _raise(self, title: str, organisation: str, means: str, versions: list, *, concerns: tuple[list[str], list[str]]) -> ChangeRequest:
        raiser, (cited, concerned) = Organisation.objects.get(name=organisation), concerns
        request = changes.draft(self.group, title, raiser, what_this_means=means, by=self.pmo)
        for n, (label, changed, issue, solution) in enumerate(versions):
            dated_on = self.day(-30 + 10 * n)  # working days: it came by mail, before the first meeting
            version = changes.draft_version(request, label, what_changed=changed, issue=issue, solution=solution, dated_on=dated_on, artefacts=cited, constituencies=concerned, by=self.pmo)
            request = changes.raise_request(request, by=self.pmo) if not n else request
            if n:
                changes.fix(version, by=self.pmo)
        return request

    def after_the_baseline(self) -> None:
        """What was agreed at the meeting, and the next version in the making."""
        edit = artefacts.agree_edit(self.put, "Correct the two references found at the meeting.", agreed_where="REH001, item 2", by=self.pmo)
        artefacts.see_edit_done(edit, by=self.pmo)
        issued = artefacts.draft_version(
            ArtefactVersion.objects.get(pk=self.put.pk).artefact, "1.0", made_from=self.put, what_changed="The two references are corrected.", by=self.owner,
        )  # fmt: skip
        self._attach_catalogue(issued, CLEAN, CATALOGUE["1.0"])
        self._attach_catalogue(issued, REDLINE, MARKED)
        compare_with_baselined(issued, by=self.owner)
        corrected = [each for each in differing(issued, self.put) if "section" in each.after]
        artefacts.explain(issued, {each.key: edit for each in corrected}, by=self.owner)
        artefacts.put_forward(issued, by=self.owner)
        artefacts.draft_version(
            issued.artefact, "1.1", made_from=issued, what_changed="The night-time messages of CR901 are described.",
            carries=[{"kind": "change_request", "reference": "CR901", "authorised_by": "The decision to come"}], by=self.owner,
        )  # fmt: skip

    def released(self) -> None:
        """The calendar follows CR900 and has gone out; the catalogue has still to follow, and goes out with the next release, which is only planned."""
        followed = self._put_calendar(
            "2.0", "All settlement runs go by one calendar, from the July release.", ONE_CALENDAR,
            carries=[{"kind": "change_request", "reference": "CR900", "authorised_by": "REH-DEC03"}],
        )  # fmt: skip
        issued = artefacts.plan_release(
            self.group, "IR1.0", title="One calendar", notes="What went by the second calendar goes by the first one from the day this release is in force.",
            testing="Regression tests of the settlement runs that follow a bank holiday.", interfaces="None is changed; two fields of the daily file are left empty.", by=self.pmo,
        )  # fmt: skip
        artefacts.put_in(issued, followed, by=self.pmo)
        issued = artefacts.issue_release(issued, by=self.pmo)
        artefacts.say_effective(issued, self.day(40), by_notice="Notice 3 of the Rehearsal group", by=self.pmo)
        planned = artefacts.plan_release(self.group, "IR1.1", title="The catalogue follows", planned_on=self.day(60), by=self.pmo)
        artefacts.put_in(planned, self.catalogue.versions.get(label="1.0"), by=self.pmo)
        artefacts.load_processes(self.group, PROCESSES.read_text(encoding="utf-8"), by=self.pmo)

    def _put_calendar(self, label: str, what_changed: str, paragraphs: tuple[str, ...], **told) -> ArtefactVersion:
        draft = artefacts.draft_version(self.calendar, label, what_changed=what_changed, by=self.pmo, **told)
        artefacts.attach(draft, (f"rehearsal-settlement-calendar-{label}.docx", document("Greta Lindqvist", *paragraphs)), form=CLEAN, by=self.pmo)
        return artefacts.put_forward(draft, by=self.pmo)

    def _attach_catalogue(self, version: ArtefactVersion, form: str, paragraphs: tuple[str, ...]) -> None:
        name = f"rehearsal-interface-catalogue-{version.label}{'-redline' if form == REDLINE else ''}.docx"
        artefacts.attach(version, (name, document("Greta Lindqvist", *paragraphs)), form=form, by=self.owner)

    def compared(self) -> None:
        """What the worker would do within some minutes, and does of what was asked for before."""
        for comparison in Comparison.objects.unmade().filter(asked_at__gte=portal_now() - timedelta(minutes=10)).order_by("pk"):
            compare(comparison, by=User.objects.the_clock())

    def under_assessment(self) -> None:
        """CR904, raised by its raiser, is out for ten working days; three have answered. CR905 waits to be issued; CR906 is before a meeting of today."""
        request = changes.draft(
            self.group, "Meter reads at midnight", self.raiser_organisation,
            what_this_means="Every meter would be read at midnight, and at no other time. Networks and suppliers would have to move their night-time jobs.", by=self.raiser,
        )  # fmt: skip
        drafted = changes.draft_version(
            request, "1.0", issue="Reads are taken at times that differ by supplier, so that half-hours are counted twice or not at all.",
            solution="Take every read at midnight.\n\nThe message formats are in attachment 1.", benefits="No half-hour is counted twice.",
            plan_impact="None that we know of, if it is decided before the next test cycle.", artefacts=["REH-DES-01 Rehearsal interface catalogue"],
            constituencies=["DNO", "I&C Supplier"], attachments=["Attachment 1: message formats"], by=self.raiser,
        )  # fmt: skip
        named = drafted.attachments.get()
        changes.attach(drafted, ("message-formats.csv", FORMATS.encode()), form=FileForm.ATTACHMENT, attachment=named, by=self.raiser)
        paper = document("Hal Winterbourne", "Meter reads at midnight", drafted.issue, drafted.solution)
        changes.attach(drafted, ("meter-reads-at-midnight.docx", paper), form=FileForm.CLEAN, by=self.raiser)
        request = changes.raise_request(request, by=self.raiser)
        version = request.versions.get()
        opened = changes.open_assessment(
            version, kind="impact", question="Could your systems take every read at midnight from the next release?", authority="The secretariat’s, as the group asked at REH002",
            by=self.pmo,
        )  # fmt: skip
        self._answer(opened.roll.get(organisation__name__startswith="Hazelfold"), position="support", impact="low", answer="Yes.")
        self._answer(
            opened.roll.get(organisation__name__startswith="Loomgate"), position="object", impact="high", answer="No: our reads are taken at six in the morning.",
            cost="Some 40,000 pounds", comments="Billing runs begin at midnight; reads and bills would wait for each other.", confidence={"cost": "programme"},
            original=("loomgate.txt", b"We object. Our reads are taken at six in the morning. It would cost us some 40,000 pounds, which please keep to yourselves."),
        )  # fmt: skip
        self._answer(opened.roll.get(organisation__name__startswith="Castwright"), position="no_impact", impact="none")
        self._waits_for_approval(opened.roll.get(organisation__name__startswith="Ferrule"))
        self._asked_about(opened)
        changes.declare_freeze(self.group, self.day(0), self.day(10), why="The next test cycle begins with the design as it is", by=self.pmo)
        later = changes.draft(
            self.group, "Shorter error messages", self.raiser_organisation, what_this_means="Error messages would hold a code and no text.",
            freeze_exception="Error messages fill the logs of the test cycle within a day.", by=self.raiser,
        )  # fmt: skip
        changes.draft_version(later, "1.0", issue="Error messages repeat the whole message they are about.", solution="Send the code alone.", by=self.raiser)
        changes.raise_request(later, by=self.raiser)
        longer = changes.draft(
            self.group, "A longer test window", self.raiser_organisation, what_this_means="Each test cycle would last three weeks instead of two.",
            freeze_exception="It is about the test cycle for which changes are frozen.", by=self.raiser,
        )  # fmt: skip
        changes.draft_version(longer, "1.0", issue="Two weeks leave no time to test again what failed.", solution="Let each test cycle last three weeks.", by=self.raiser)
        changes.raise_request(longer, by=self.raiser)

    def _waits_for_approval(self, row: AssessmentRow) -> None:
        """Of one firm two people answer, and the second approves what the first has put forward."""
        writer = self.user_of("answers@example.org")
        changes.want_approval(row.organisation, by=writer)
        said = {"position": "support", "impact": "low", "answer": "Yes.", "comments": "Our night-time jobs can begin an hour later.", "audience": "everyone", "name": writer.person.name}
        changes.keep_draft(row, {name: [value] for name, value in said.items()}, by=writer)
        changes.put_forward(row, name=writer.person.name, by=writer)

    def _asked_about(self, opened: Assessment) -> None:
        """One question is answered to everybody, one waits; and a team of the Programme has answered, though it was not asked."""
        row = opened.roll.filter(organisation__appointments__person=self.respondent.person).order_by("order")[0]
        night = changes.ask(row, "Does midnight mean local time, as Skelbeck’s meters have it, or UTC?", name=self.respondent.person.name, by=self.respondent)
        changes.clarify(night, as_told="Does midnight mean local time, or UTC?", answer="Local time, on the day the clocks change as on any other.", by=self.raiser)
        changes.ask(row, "May a read that was missed be taken the next morning?", name=self.respondent.person.name, by=self.respondent)
        said = {"position": "with_comments", "impact": "low", "answer": "Yes.", "comments": "Two test scripts assume reads at six."}
        changes.answer_off_roll(opened, "Migration team (fictional)", said, name="Somebody invented", by=self.pmo)

    @property
    def raiser_organisation(self) -> Organisation:
        return Organisation.objects.get(name="Plumbline Data Agents (fictional)")

    def _answer(self, row: AssessmentRow, original: tuple[str, bytes] | None = None, **said) -> Response:
        return changes.record_mailed(row, said, name="Somebody invented", original=original, by=self.pmo)
