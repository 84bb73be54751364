"""Drafts stay drafts: a canary in every unpublished text reaches no anonymous page, PDF, JSON or header."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import models

from archive.models import ImportedFile
from artefacts.models import (
    AgreedEdit,
    Artefact,
    ArtefactVersion,
    Baseline,
    Comment,
    LoadedVersion,
    NoComments,
    Passage,
    Release,
    ReleasedVersion,
    Resolution,
    Review,
    ReviewExtension,
    ReviewRow,
    VersionFile,
)
from change_requests.models import (
    Approval,
    Assessment,
    AssessmentRow,
    Attachment,
    ChangeRequest,
    ChangeRequestVersion,
    Clarification,
    Colleague,
    Exclusion,
    Extension,
    Implementation,
    MailedOriginal,
    OffRollAnswer,
    PastAnswer,
    PastAssessment,
    RequestFile,
    Response,
    ResponseDraft,
    Theme,
)
from decisions.models import (
    Advice,
    Announcement,
    Attempt,
    Cast,
    Consultation,
    Consultee,
    Decision,
    Delegation,
    DeterminationDraft,
    Direction,
    HolderAnswer,
    Position,
    Question,
    QuestionCirculatedPaper,
    QuestionCirculation,
    QuestionPack,
    QuestionPaper,
    QuestionRecipient,
    Reason,
    Reply,
    RollRow,
    Settlement,
)
from dissent.models import ProceduralConcern, Referral, Ruling, Statement
from files.models import Bindable, Blob, Comparison, ComparisonResult, Scan
from groups.models import Appointment, ErasureRequest, Seat, User
from ledger.models import BlackOut
from meetings.models import (
    Action,
    ActionReport,
    ActionReview,
    AgendaItem,
    Attendance,
    CirculatedPaper,
    Circulation,
    CommentAnswer,
    Disagreement,
    DraftComment,
    DraftCopy,
    DraftReturn,
    HeadlineReport,
    Meeting,
    Minutes,
    Pack,
    Paper,
    PaperFile,
    Paragraph,
    Recipient,
    ReportAnswer,
    StandingItem,
)
from notifications.models import Bounce, DeliveryAttempt, Notice
from notifications.sweeping import run_and_remember
from records.models import Signed
from tests.factories import GroupFactory, OrganisationFactory, PersonFactory, SeatFactory, UserFactory, issue_all

pytestmark = pytest.mark.django_db
CANARY = "Zqxcanary"
SAID = ("concerns/", "groups/DAG/referrals/", "groups/DAG/referrals/new/")
# Published as soon as they are recorded: who holds what in which group, and what a group goes by.
OPEN_BY_NATURE = {
    "groups.Group", "groups.Seat", "groups.Holding", "groups.Constituency", "groups.ConstituencyAlias", "groups.Organisation", "groups.Belonging",
    "groups.TermsOfReference", "groups.Policy", "groups.HolidayChange", "groups.Participation", "groups.Person",
    "groups.Alternate", "artefacts.Process", "change_requests.Freeze",
}  # fmt: skip
# What is frozen on publication: of a draft there is none.
FROZEN = {
    "meetings.MinutesEdition", "meetings.EditionPDF", "meetings.MeetingEdition", "meetings.ActionEdition", "decisions.DecisionEdition",
    "groups.GroupEdition", "groups.SeatEdition", "artefacts.ArtefactEdition", "change_requests.ChangeRequestEdition",
    "artefacts.ReleaseEdition", "meetings.HeadlineReportEdition", "meetings.HeadlinePDF", "meetings.AgendaPDF", "artefacts.ReleaseNote",
}  # fmt: skip
NO_TEXT = {"artefacts.ProcessDocument", "artefacts.ReleaseNoteWithdrawal", "artefacts.ReleasedVersion", "change_requests.AnsweringRule", "change_requests.Determination", "change_requests.Implementation", "files.CleanCopy", "groups.AssuranceReading", "ledger.DailyHead", "ledger.Redaction", "meetings.HeadlinePDFWithdrawal", "meetings.AgendaPDFWithdrawal", "meetings.DisagreementTakenBack", "meetings.MeetingReply", "meetings.NoDraftComments", "meetings.PDFWithdrawal", "meetings.PaperReading", "meetings.PapersAwaited", "meetings.RepliesAsked", "meetings.StepTold"}


def filled(model: type[models.Model], serial: int, **told):
    """An instance with the canary in every text the caller does not set."""
    for field in model._meta.concrete_fields:
        free_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if free_text and field.name not in told and field.name not in ("sha256", "reader_version", "due_as_printed"):
            told[field.name] = f"{CANARY}{serial}"[: field.max_length]
    return model(**told)


@pytest.fixture
def drafts(db):
    """One unpublished record of every kind, with a canary in every text of it."""
    by, group, other = UserFactory(), GroupFactory(code="DAG"), GroupFactory(code="PSG")
    person, seat, soon = PersonFactory(), SeatFactory(group=group), datetime.now(UTC) + timedelta(days=9)
    made = []

    def save(model, **told):
        record = filled(model, len(made), **told).save_by(by)
        made.append(model._meta.label)
        return record

    meeting = save(Meeting, group=group, number="90", code="DAG090", starts_at=soon, held_on=soon.date(), joining_link="https://x.example.org/" + CANARY, venue="Virtual", breach_why="", cancelled_why="")
    held = save(Meeting, group=group, number="91", code="DAG091", starts_at=soon, held_on=date(2023, 7, 12), status="held", joining_link="https://x.example.org/" + CANARY, venue="Virtual", publication_due_at=soon, publication_working={"steps": [], "days": 10, "start": "2023-07-12", "end": "2023-07-26"})
    save(Meeting, group=group, number="92", code="DAG092", starts_at=soon, held_on=date(2023, 7, 12), classification="restricted", joining_link="https://x.example.org/" + CANARY)
    save(Minutes, meeting=held)
    save(HeadlineReport, meeting=held, due_at=soon, working={"steps": [], "days": 2, "start": "2023-07-12", "end": "2023-07-14"})
    items = [save(AgendaItem, meeting=m, number=1) for m in (meeting, held)]
    paragraph = save(Paragraph, item=items[1], order=1, kind="text")
    save(Attendance, meeting=held, person=person, section="others")
    save(StandingItem, group=group, order=1)
    action = save(Action, group=group, meeting=held, reference=f"DAG91-{CANARY}", due_kind="asap")
    save(ActionReview, action=action, meeting=held, status="open")
    decision = save(Decision, group=group, meeting=held, item=items[1], where_taken="meeting", status="tabled", reference="DAG091/1", recorded_by=by, embargoed_why=None)
    ready = save(Decision, group=group, meeting=held, where_taken="meeting", status="determined", reference="DAG-DEC61", number=61, decided_on=date(2023, 7, 12), recorded_by=by, embargoed_why=None)
    settlement = save(Settlement, decision=ready, n=1, subject_kind="other", outcome="approved")
    save(Reason, decision=ready, n=1)
    question = save(Question, group=group, item=items[1], decision=decision, status="open", opens_at=datetime(2023, 7, 12, tzinfo=UTC))
    row = save(RollRow, question=question, seat=seat)
    cast = save(Cast, row=row, n=1, choice="approve", cast_by=person, capacity="holder", recorded_at=soon, idempotency_key="0" * 32)
    save(HolderAnswer, cast=cast, agrees=False, made_by=person, made_at=soon)
    save(Attempt, row=row, person=person, tried_at=soon, why="closed")
    save(Direction, decision=ready, n=1)
    save(Reply, decision=ready, row=row)
    left = save(DraftCopy, minutes=held.minutes, made_for="word", made_at=soon, came=[CANARY], blocks=[{"uid": str(paragraph.uid), "number": 1, "title": CANARY, "kind": "text", "text": CANARY}])
    brought = save(DraftReturn, copy=left, seat=SeatFactory(group=group), made_by=person, brought_at=soon, was_circulated=False)
    commented = save(DraftComment, paragraph=paragraph, seat=brought.seat, made_by=person, made_at=soon, brought=brought, asks="words", unmarked=False)
    save(CommentAnswer, outcome="declined", comment=commented, answered_at=soon)
    save(Disagreement, comment=commented, said_at=soon, for_seat=True)
    save(ReportAnswer, taken_up=False, answered_at=soon, report=save(ActionReport, action=action, kind="note", made_by=person, made_at=soon))
    save(Announcement, decision=decision, announced_by=person, announced_at=soon)
    save(ErasureRequest, person=person, asked_at=soon)
    save(DeterminationDraft, decision=decision, prepared_by=person, body={"reasons": [CANARY]})
    save(Advice, decision=ready, body="ipa", when="after")
    ruling = save(Ruling, item=items[1], given_by=person, given_on=date(2023, 7, 12))
    save(Statement, decision=ready, seat=seat, made_by=person, made_at=soon)
    save(ProceduralConcern, decision=decision, seat=seat, raised_by=person, raised_at=soon, ruling=ruling)
    save(Referral, kind="escalation", from_group=group, to_group=other, raised_by=person, raised_at=soon)
    save(Delegation, from_group=other, to_group=group, given_by=person, given_at=soon, during=("2023-01-01", "2023-12-31"))
    consultation = save(Consultation, question=question, seat=seat, started_by=person)
    save(Consultee, consultation=consultation, organisation=OrganisationFactory(), replied_at=soon, replied_by=CANARY, address="a@example.org")
    save(Position, question=question, seat=seat, stated_by=person)
    save(Referral, kind="concern", from_group=group, to_group=group, raised_by=person, raised_by_seat=seat, raised_at=soon, origin_decision=ready)
    save(ImportedFile, sha256="0" * 64, reader_version="1", meeting=held, warnings=[CANARY])
    notice = save(Notice, address="a@example.org", person=person, next_try_at=soon)
    save(DeliveryAttempt, notice=notice, n=1, at=soon, accepted=False)
    save(Bounce, notice=notice, at=soon)
    save(BlackOut, at=soon)
    blob = save(Blob, sha256="0" * 64, size=1, kind="txt", notes=[CANARY], kept_at=soon)
    save(Scan, blob=blob, at=soon, result="clean")
    other_blob = save(Blob, sha256="1" * 64, size=1, kind="txt", notes=[CANARY], kept_at=soon)
    comparison = save(Comparison, before=blob, after=other_blob, asked_at=soon)
    save(ComparisonResult, comparison=comparison, made_at=soon, told={"unit": CANARY, "blocks": [{"kind": "in", "where": "", "text": CANARY}]}, why_not="")
    save(Bindable, blob=blob)
    paper = save(Paper, item=items[0], visibility="public")
    handed_in = save(PaperFile, paper=paper, n=1, blob=blob, visibility="public", handed_in_at=soon)
    out = save(Circulation, meeting=meeting, n=1, at=soon, working_days=7, wanted=5, why="")  # why it was late is for everybody
    save(CirculatedPaper, circulation=out, order=1, item=items[0], item_number=1, visibility="public", blob=blob, sha256="0" * 64, digest="0" * 64, file=handed_in)
    save(Recipient, circulation=out, person=person, mailed=True)
    save(Pack, meeting=meeting)
    vote_paper = save(QuestionPaper, question=question, blob=blob, visibility="public", handed_in_at=soon)
    went = save(QuestionCirculation, question=question, n=1, at=soon)
    save(QuestionCirculatedPaper, circulation=went, order=1, visibility="public", blob=blob, sha256="0" * 64, digest="0" * 64, paper=vote_paper)
    save(QuestionRecipient, circulation=went, person=person, mailed=True)
    save(QuestionPack, question=question)
    artefact = save(Artefact, group=group, slug="zqxcanary-artefact")
    version = save(ArtefactVersion, artefact=artefact, label="0.9", carries=[{"reference": CANARY}])
    save(VersionFile, version=version, blob=blob, form="clean", visibility="public")
    save(VersionFile, version=save(ArtefactVersion, artefact=artefact, label="1.0"), blob=other_blob, form="clean", visibility="public")
    save(Baseline, artefact=artefact, version=version, settlement=settlement)
    save(LoadedVersion, version=version, source=blob, lines=[1], loaded_at=soon)
    edit = save(AgreedEdit, version=version, n=1)
    save(Passage, version=version, edit=edit, n=1, is_public=True)
    review = save(Review, version=version, n=1, opens_at=datetime(2023, 7, 1, tzinfo=UTC), closes_at=soon)
    place, other_place = (save(ReviewRow, review=review, order=n, late_leave="", **of) for n, of in enumerate(({"seat": seat}, {"organisation": OrganisationFactory()}), 1))
    comment = save(Comment, row=place, n=1, weight="must", said_by=person)
    save(NoComments, row=other_place, said_by=person)
    save(Resolution, comment=comment, n=1, outcome="not_accepted", made_by=person, made_at=soon)
    save(ReviewExtension, review=review, before=datetime(2023, 7, 9, tzinfo=UTC), after=soon, days=9, made_at=soon)
    release = save(Release, group=group, code="IR8.10", effective_by="")
    save(ReleasedVersion, release=release, version=version)
    request, another = (save(ChangeRequest, group=group, reference=f"Draft {CANARY}{n}", number=None) for n in range(2))
    asked = save(ChangeRequestVersion, change_request=request, label="1.0")
    past = save(PastAssessment, change_request=request, version=asked, n=1, kind="impact", source=blob, lines=[1], loaded_at=soon)
    save(PastAnswer, assessment=past, line=1, position="support", impact="none", answered=True, confidential=True)
    save(Attachment, version=asked, n=1)
    save(RequestFile, version=asked, blob=blob, form="clean", visibility="public")
    save(RequestFile, version=asked, blob=other_blob, form="redline", visibility="public")
    save(Exclusion, one=request, other=another)
    running = {"opens_at": datetime(2023, 7, 1, tzinfo=UTC), "closes_at": soon}
    save(Implementation, change_request=request, artefact=artefact, version=version, release=release)
    assessment = save(Assessment, version=asked, n=1, sends=[CANARY], **running)
    asked_of = save(AssessmentRow, assessment=assessment, order=1, organisation=OrganisationFactory(), constituency=seat.constituency, told=[], late_leave="")
    save(Response, row=asked_of, n=1, position="object", idempotency_key="1" * 32)
    response = save(Response, row=asked_of, n=2, position="object", idempotency_key="3" * 32)
    save(Approval, response=response, put_forward_by=None, approved_by=person, approved_at=soon)
    save(MailedOriginal, response=response, blob=blob, visibility="pmo_and_assurance")
    save(Colleague, row=asked_of, address="canary@example.org", named_at=soon)
    save(ResponseDraft, row=asked_of, body={"comments": [CANARY]})
    save(Extension, assessment=assessment, before=datetime(2023, 7, 9, tzinfo=UTC), after=soon, days=9, made_at=soon)
    save(Theme, assessment=assessment, n=1)
    save(OffRollAnswer, assessment=assessment, n=1, position="object", how="mailed")
    save(Clarification, assessment=assessment, n=1, row=asked_of, asked_at=soon, answered_at=soon, idempotency_key="2" * 32)
    save(Appointment, person=person, kind="assurance", during=("2023-01-01", None))
    issue_all()  # of what is public of them: groups, seats, and that a meeting is to come or was held
    assert paragraph.pk
    return set(made)


def test_the_canary_is_planted_in_every_kind_of_record(drafts):
    kinds = {m._meta.label for m in apps.get_models() if issubclass(m, Signed)}
    assert kinds - drafts - OPEN_BY_NATURE - FROZEN - NO_TEXT == set()


def addresses() -> list[str]:
    groups, codes, decisions = ["DAG", "PSG"], ["DAG090", "DAG091", "DAG092"], ["DAG-DEC61", "DAG091/1", "DAG-DEC62"]
    lists = ("decisions", "change-requests", "artefacts", "releases", "meetings", "actions", "groups")
    kinds = ("decision", "change_request", "artefact", "release", "meeting", "headline_report", "action", "group", "seat")
    return [
        "/", f"/decisions/?q={CANARY.lower()}", f"/search/?q={CANARY.lower()}", "/actions/?q=Zq", "/deadlines/", "/status/", "/status/heads/", "/status/heads.txt", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/healthz", "/livez", "/contact/", "/accessibility/", "/privacy/",
        *(f"/{name}{end}" for name in lists for end in ("/", ".csv", ".json", ".atom")),
        "/artefacts/processes/", "/artefacts/processes.csv", "/search/?q=dag", *(f"/search/?q=dag&kind={kind}" for kind in kinds),
        *(f"/groups/{code}{end}" for code in groups for end in ("/", ".json", "/changes/", "/baseline/", "/baseline/?as=csv", "/baseline.zip")),
        *(f"/groups/{seat.reference.replace('/', '/seats/')}{end}" for seat in Seat.objects.all() for end in ("/", ".json", "/changes/")),
        *(f"/meetings/{code}{end}" for code in codes for end in (".json", "/", "/changes/", f"/papers/{'0' * 64}/", "/minutes.pdf", "/editions/1/", "/editions/1/minutes.pdf", "/?edition=1", "/agenda.pdf", "/headlines/", "/headlines.json", "/headlines.pdf", "/headlines/changes/", "/headlines/?edition=1")),
        *(f"/decisions/{ref}{end}" for ref in decisions for end in ("/", ".json", "/changes/", "/?edition=1", "/verify/", "/verify.json")),
        *(f"/artefacts/zqxcanary-artefact{end}" for end in ("/", ".json", "/changes/", "/versions/", "/versions/?from=0.9&to=1.0", "/?edition=1", "/reviews/1/", "/reviews/1.csv")),
        *(f"/releases/DAG-IR8.10{end}" for end in ("/", ".json", "/changes/", "/?edition=1", "/note.pdf")),
        *(f"/change-requests/Draft{end}" for end in ("/", ".json", "/changes/", "/versions/", "/?edition=1")),
        *(f"/actions/{ref}{end}" for ref in (f"DAG91-{CANARY}", "DAG91-01") for end in ("/", ".json", "/changes/")),
        *(f"/desk/{rest}" for rest in ("", "meetings/DAG091/", "seats/", "consultations/reply/guessed/", *SAID)),
    ]  # fmt: skip


def test_no_anonymous_answer_holds_a_canary(drafts, client):
    run_and_remember()
    for address in addresses():
        answer = client.get(address)
        assert answer.status_code < 500 or address.endswith(".pdf"), address
        said = b"".join(answer).decode(errors="replace") + str(answer.headers)
        assert CANARY not in said, f"{address} shows what is not published"


def test_the_same_holds_for_a_member_of_another_group(drafts, client):
    client.force_login(UserFactory())
    said = [f"/desk/{rest}" for rest in SAID] + [f"/desk/referrals/{pk}/" for pk in Referral.objects.values_list("pk", flat=True)]
    said += ["/desk/change-requests/", "/desk/artefacts/", "/desk/artefacts/zqxcanary-artefact/", "/desk/artefacts/zqxcanary-artefact/compare/"]
    said += [f"/desk/releases/{pk}/{end}" for end in ("", "change/", "put-in/") for pk in Release.objects.values_list("pk", flat=True)]
    said += ["/desk/groups/DAG/releases/", "/desk/groups/DAG/freezes/", *(f"/desk/change-requests/implementations/{pk}/" for pk in Implementation.objects.values_list("pk", flat=True))]
    said += [f"/desk/change-requests/{pk}/{end}" for end in ("", "compare/") for pk in ChangeRequest.objects.values_list("pk", flat=True)]
    said += [f"/desk/assessments/{pk}/{end}" for pk in Assessment.objects.values_list("pk", flat=True) for end in ("", "answers.csv")]
    said += [f"/desk/assessments/{pk}/off-roll/" for pk in Assessment.objects.values_list("pk", flat=True)]
    said += ["/desk/assessments/", *(f"/desk/assessments/originals/{pk}/" for pk in MailedOriginal.objects.values_list("pk", flat=True))]
    said += [f"/desk/organisations/{pk}/answering/" for pk in AssessmentRow.objects.values_list("organisation", flat=True)]
    said += [f"/desk/assessments/clarifications/{pk}/" for pk in Clarification.objects.values_list("pk", flat=True)]
    said += [f"/desk/change-requests/{pk}/{end}" for end in ("form/", "form.docx") for pk in ChangeRequest.objects.values_list("pk", flat=True)]
    said += [f"/desk/artefacts/reviews/{pk}/{end}" for pk in Review.objects.values_list("pk", flat=True) for end in ("", "log.csv", "resolve/")]
    said += [f"/desk/artefacts/reviews/rows/{pk}/{end}/" for pk in ReviewRow.objects.values_list("pk", flat=True) for end in ("comment", "sheet", "leave")]
    said += [f"/desk/artefacts/comments/{pk}/resolve/" for pk in Comment.objects.values_list("pk", flat=True)]
    said += ["/desk/meetings/DAG090/papers/", "/desk/meetings/DAG090/told/", "/desk/meetings/DAG091/headlines/", *(f"/desk/papers/{pk}/change/" for pk in Paper.objects.values_list("pk", flat=True))]
    said += [f"/desk/question-papers/{pk}/" for pk in QuestionPaper.objects.values_list("pk", flat=True)]
    said += [f"/desk/questions/{pk}/" for pk in QuestionCirculation.objects.values_list("question", flat=True)]
    said += [f"/desk/{noun}/{pk}/told/" for noun, kind in (("questions", Question), ("decisions", Decision)) for pk in kind.objects.values_list("pk", flat=True)]
    said += [f"/desk/papers/files/{pk}/" for pk in PaperFile.objects.values_list("pk", flat=True)]
    for address in ("/desk/", "/desk/deadlines/", "/desk/meetings/DAG091/", "/desk/meetings/DAG092/", *said):
        answer = client.get(address)
        assert CANARY not in answer.content.decode(), address


def test_the_machines_cannot_sign_in(client):
    for machine in (User.objects.the_clock(), User.objects.the_archivist(), User.objects.the_installer()):
        assert not machine.is_active
        assert not machine.has_usable_password()
