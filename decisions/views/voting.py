"""Voting: which seat, the answer, a page to check it that names the seat, and the receipt."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import operations
from decisions.beside import beside_ballot
from decisions.due import answer_until, correct_until
from decisions.forms.voting import CorrectionForm, HolderAnswerForm, PositionForm, VoteForm
from decisions.lifecycle import QuestionStatus
from decisions.models import Cast, Position, Question, RollRow
from decisions.operations.voting import rows_of_the_form
from decisions.papers import came_after, gone_out
from decisions.rules.voting import refusals_to_answer_for, refusals_to_correct, refusals_to_take_a_position, why_not_yours
from decisions.views.finding import question_for
from groups.models import Alternate, Seat
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from ledger.models import Entry
from records import subjects
from records.clock import portal_now
from records.rules import Refusal, Refused, require
from records.templatetags.portal import moment


@require_safe
def ballot(request: SignedIn, pk: int) -> HttpResponse:
    """The address in the mail: straight to the form for whoever sits in one seat, a choice for whoever sits in several."""
    standing, question = standing_of(request), get_object_or_404(Question.objects.select_related("group"), pk=pk)
    rows = list(question.roll.select_related("seat", "question__group").filter(seat__in=standing.voting_seat_ids).order_by("order"))
    if not rows:
        named = question.roll.select_related("seat", "question__group").filter(seat__alternates__person=request.user.person_id).first()
        if named:  # named as an alternate, but not one now: told why
            raise Refused([Refusal(why_not_yours(named, standing), status=403)])
        return redirect("decisions:question", pk)  # for whoever has no place in the group it does not exist
    if len(rows) == 1 and question.is_open(portal_now()):
        return redirect("decisions:vote", pk, rows[0].pk)
    return redirect("decisions:question", pk)


def _rows(pk: int, row: int) -> list[RollRow]:
    """The row of the address, and what else its form asks. The seat is never taken from what is sent, only from here."""
    rows = rows_of_the_form(pk, row)
    if not rows:
        raise Http404
    return rows


def _may_know(request: SignedIn, row: RollRow) -> Standing:
    """Whoever has no place in the group has no right to know that there is a vote."""
    standing = standing_of(request)
    named = Alternate.objects.filter(seat=row.seat_id, person=request.user.person_id)
    own = row.seat_id in standing.voting_seat_ids or (request.user.person_id is not None and named.exists())
    if not own and not standing.belongs_to(row.question.group):
        raise Http404
    return standing


def _may_vote(request: SignedIn, row: RollRow) -> None:
    """The form says what is recorded so far: it is for whoever votes for the seat, opened and sent alike."""
    standing = _may_know(request, row)
    if not standing.votes_in(row.seat):
        raise Refused([Refusal(why_not_yours(row, standing), status=403)])


def vote(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Answer, check, done. Nothing is recorded before the check page's button; what was typed is never lost."""
    found, *_ = rows = _rows(pk, row)
    if request.method == "POST":
        return _answered(request, found, VoteForm(rows, request.POST))
    _may_vote(request, found)
    if not found.question.is_open(portal_now()):
        return redirect("decisions:question", pk)
    return _form(request, found, VoteForm(rows, initial=_initial(found, rows)))


def _initial(row: RollRow, rows: list[RollRow]) -> dict:
    """The vote as it stands; else the position noted before the vote opened."""
    initial: dict = {}
    for n, each in enumerate(rows, 1):
        suffix = "" if n == 1 else f"-{n}"
        position = Position.objects.filter(question=each.question, seat=row.seat).first()
        stands = each.counted or position
        if stands:
            initial |= {f"choice{suffix}": stands.choice, f"comment{suffix}": stands.comment}
    return initial


def _answered(request: SignedIn, row: RollRow, form: VoteForm) -> HttpResponse:
    """The last step goes straight to the verb, which asks for everything itself; the steps before it ask here."""
    step = request.POST.get("step", "check")
    if step == "cast" and form.is_valid():
        return _recorded(request, row, form)
    _may_know(request, row)
    if not row.question.is_open(portal_now()):
        return _recorded(request, row, form)
    _may_vote(request, row)
    if not form.is_valid():
        return _form(request, row, form, status=400)
    if step == "back":
        return _form(request, row, form)
    return render(request, "decisions/vote_check.html", _context(row) | {"form": form, "answers": form.answers()})


def _recorded(request: SignedIn, row: RollRow, form: VoteForm) -> HttpResponse:
    """Record it; if the rules refuse, say why and keep what was typed."""
    try:
        if not form.is_valid():  # too late to mend it: an answer without a choice is refused for the lateness, and never recorded
            operations.cast_vote(row, "", by=request.user)
        operations.answer(form.answers(), key=form.receipt_key, by=request.user)
    except Refused as refused:
        _may_know(request, row)
        reasons = [reason for reason in refused.reasons if not reason.field]
        if not reasons:
            _may_vote(request, row)
            return _form(request, row, form, status=400)
        context = _context(row) | {"reasons": reasons, "typed": form.typed()}
        return render(request, "decisions/vote_refused.html", context, status=refused.status)
    return redirect("decisions:receipt", row.question_id, row.pk)


def _context(row: RollRow) -> dict:
    return {"nav": "desk", "row": row, "question": row.question, "now": portal_now()}


def _at_hand(question: Question, current: Cast | None = None) -> dict:
    """What the ballot says of the change request or artefact that is voted on, and what there is to read before: what has come since the vote that counts now, too."""
    papers = [] if question.in_the_room else gone_out(question)
    told = [{"paper": each, "since": came_after(each, current.recorded_at if current else None)} for each in papers]
    return {"about": subjects.describe(question.subject, question.version), "papers": told}


def _assessed(row: RollRow) -> dict:
    """And what came of assessing it."""
    return {"beside": beside_ballot(row)}


def _form(request: SignedIn, row: RollRow, form: VoteForm, *, status: int = 200) -> HttpResponse:
    current = row.counted
    return render(request, "decisions/vote.html", _context(row) | _at_hand(row.question, current) | _assessed(row) | {"form": form, "current": current}, status=status)


@require_safe
def receipt(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """What is recorded for the seat: reference, moment, fingerprint, and every vote before it."""
    found, *_ = rows = _rows(pk, row)
    standing = _may_know(request, found)
    if not standing.votes_in(found.seat) and not found.casts.filter(cast_by=request.user.person_id).exists():
        raise Http404
    if not found.casts.exists():
        return redirect("decisions:question", pk)
    receipts = [{"row": each, "cast": each.counted, "entry": _entry(each.counted)} for each in rows if each.counted]
    history = list(found.casts.select_related("cast_by").order_by("-n"))
    context = _context(found) | {"receipts": receipts, "history": history[1:], "is_open": found.question.is_open(portal_now())}
    return render(request, "decisions/receipt.html", context)


def _entry(cast: Cast | None) -> Entry | None:
    return Entry.objects.about(cast).last() if cast else None


def position(request: SignedIn, pk: int, seat: int) -> HttpResponse:
    """Note where the seat stands before the vote: private to the seat."""
    question, standing = question_for(request, pk)
    own = get_object_or_404(Seat, pk=seat, group=question.group)
    require(refusals_to_take_a_position(question, own, standing))
    noted = Position.objects.filter(question=question, seat=own).first() or Position(question=question, seat=own)
    form = PositionForm(sent(request), initial={"choice": noted.choice, "comment": noted.comment})
    if tried(
        request, form, lambda said: operations.take_position(question, own, said["choice"], comment=said["comment"], by=request.user), on=noted
    ):
        messages.success(request, "Noted. It is carried into the voting form, and counts for nothing until you vote.")
        return redirect("decisions:question", pk)
    return form_page(
        request, form, on=noted, title=f"Where {own.label} stands", button="Note it", nav="desk", kicker=question.reference, quote=question.wording,
        notes=["Only whoever sits in the seat sees this. It is not a vote."],
        parent_url=reverse("decisions:question", args=[pk]), parent_label=question.reference,
    )  # fmt: skip


def answer_for(request: SignedIn, pk: int) -> HttpResponse:
    """Confirm or dispute a vote that the secretariat entered for one's seat."""
    cast = Cast.objects.select_related("row__question__group", "row__seat", "cast_by").filter(pk=pk).first()
    standing = standing_of(request)
    if cast is None or cast.row.seat_id not in standing.voting_seat_ids:
        raise Http404
    require(refusals_to_answer_for(cast, standing, portal_now()))
    form = HolderAnswerForm(sent(request))
    if said := tried(request, form, lambda typed: operations.answer_for(cast, by=request.user, **typed)):
        messages.success(request, "Thank you: the vote is confirmed." if said.agrees else "Your dispute is recorded and shown beside the vote. The Chair and the secretariat are told.")
        return redirect("decisions:question", cast.row.question_id)
    context = {"nav": "desk", "cast": cast, "question": cast.row.question, "until": answer_until(cast), "still_open": cast.row.question.status == QuestionStatus.OPEN}
    return form_page(request, form, "decisions/answer_for.html", title="A vote recorded for your seat", button="Send", **context)


def correct_silence(request: SignedIn, pk: int) -> HttpResponse:
    """Say that a silence, which stands in the roll as no objection, was none."""
    row = RollRow.objects.select_related("question__group", "seat", "correction").filter(pk=pk).first()
    standing = standing_of(request)
    if row is None or row.seat_id not in standing.voting_seat_ids:
        raise Http404
    now, question = portal_now(), row.question
    require(refusals_to_correct(row, standing, now))
    form = CorrectionForm(sent(request))
    if tried(request, form, lambda typed: operations.correct_silence(row, typed["text"], by=request.user)):
        messages.success(request, "Your correction is recorded and shown beside the seat. The Chair and the secretariat are told.")
        return redirect("decisions:question", question.pk)
    return form_page(
        request, form, title=f"Correct what is recorded for {row.constituency}", button="Send the correction", nav="desk", kicker=question.reference,
        quote=question.wording,
        notes=["The roll says that the seat raised no objection.", f"You can correct that until {moment(correct_until(row))}. The count of the close stands; the correction is shown beside it."],
        parent_url=reverse("decisions:question", args=[question.pk]), parent_label=question.reference,
    )  # fmt: skip
