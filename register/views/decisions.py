from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from assurance.trail import trail
from decisions.lifecycle import QuestionStatus
from decisions.models import Advice, Cast, Decision, Question, RollRow
from decisions.sentences import roll_sentence
from ledger.canonical import plain
from ledger.heads import covering
from ledger.models import Entry
from meetings.models import Meeting
from records.references import addresses_in
from register import dissent
from register.filters import Filters, choices
from register.public import public
from register.sentences import TONES, advice_sentence, outcome_sentence, segments

PER_PAGE = 25


def shelf() -> QuerySet:
    return Decision.objects.published().select_related("group", "meeting").prefetch_related("settlements")


@public
def register(request: HttpRequest) -> HttpResponse:
    """The register of decisions: searched, filtered and paged by GET parameters that can be shared."""
    filters = Filters.read(request.GET)
    page = Paginator(filters.apply(shelf()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "decisions",
        "filters": filters,
        "chips": filters.chips(reverse("register:decisions")),
        "page": page,
        "query": filters.query_string(),
        "choices": choices(),
        "tones": TONES,
    }
    return render(request, "register/decisions.html", context)


def votes_that_are_over() -> Prefetch:
    """The questions of a decision with their rolls: a vote is nobody's to see before it is over."""
    casts = Prefetch("casts", Cast.objects.select_related("cast_by", "holder_answer"))
    rolls = RollRow.objects.select_related("correction").order_by("order", "pk").prefetch_related(casts)
    closed = Question.objects.filter(status=QuestionStatus.CLOSED)
    return Prefetch("questions", closed.prefetch_related(Prefetch("roll", rolls)))


def found_or_404(decisions: QuerySet, reference: str) -> Decision:
    decision = decisions.filter(reference=reference).first()
    if decision is None:
        raise Http404
    return decision


def _published(reference: str) -> Decision:
    decisions = shelf().select_related("determined_by", "supersedes", "item")
    advice = Prefetch("advice", Advice.objects.select_related("person"))
    beside = ("reasons", advice, "superseded_by", votes_that_are_over(), *dissent.prefetches())
    return found_or_404(decisions.prefetch_related(*beside), reference)


@public
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """One decision on one page: outcome, who decided, why, on whose advice, and what vouches for it."""
    found = _published(reference)
    votes = [_vote(question, found) for question in found.questions.all()]
    beside = dissent.dissent_of(found)
    texts = [found.wording, found.title, *(r.text for r in found.reasons.all()), *beside["directions"]]
    entry = entry_for(found)
    context = {
        "nav": "decisions",
        "decision": found,
        "outcome": outcome_sentence(found),
        "votes": votes,
        "links": {ref: url for ref, url in addresses_in(texts).items() if ref != found.reference},
        "entry": entry,
        "vouching_head": covering(entry.seq) if entry else None,
        "tones": TONES,
        "dissent": beside,
        "process": trail(found),
        "canonical_url": settings.PORTAL_BASE_URL + found.get_absolute_url(),
    }
    return render(request, "register/decision.html", context)


def _vote(question: Question, decision: Decision) -> dict:
    rows = [row.as_shown() for row in question.roll.all()]
    return {
        "question": question,
        "rows": rows,
        "sentence": roll_sentence(rows),
        "advice": advice_sentence(question, rows, decision),
        "segments": segments(rows),
    }


def entry_for(decision: Decision) -> Entry | None:
    """The ledger entry that vouches for the decision: its last own, or for what was read in, the import's."""
    if decision.origin == "imported":
        meeting = decision.meeting
        return _import_entry(meeting) if meeting else None
    return Entry.objects.about(decision).last()


def _import_entry(meeting: Meeting) -> Entry | None:
    files = meeting.imported_files.filter(superseded_by=None).values("pk")
    return Entry.objects.filter(subject_kind="imported_file", subject_pk__in=files, kind="imported").order_by("seq").last()


@public
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The same for machines. Dates are ISO 8601; days are London's, moments carry their offset."""
    found = _published(reference)
    entry = entry_for(found)
    said = {
        "reference": found.reference,
        "group": found.group.code,
        "fictional": found.group.fictional,
        "meeting": found.meeting.code if found.meeting else None,
        "title": found.title,
        "wording": found.wording,
        "what_this_means": found.what_this_means or None,
        "maker": found.maker_in_words,
        "determined_by": found.determined_by.name if found.determined_by else None,
        "determined_as": found.determined_as or None,
        "authority": found.authority or None,
        "basis": found.basis,
        "where_taken": found.where_taken,
        "decided_on": found.decided_on,
        "published_at": found.published_at,
        "first_published_on": found.first_published_on,
        "against_advice": found.against_advice,
        "supersedes": found.supersedes.reference if found.supersedes and found.supersedes.published_at else None,
        "settlements": [s.sealed() for s in found.settlements.all()],
        "reasons": [r.text for r in found.reasons.all()],
        "advice": [
            {"body": a.body, "person": a.person.name if a.person else None, "text": a.text, "when": a.when, "given_on": a.given_on}
            for a in found.advice.all()
        ],
        "votes": [
            {"on": q.on, "question": q.wording, "rows": [row.as_shown() for row in q.roll.all()], "tally": q.recount()}
            for q in found.questions.all()
        ],
        **dissent.as_told(found, dissent.dissent_of(found)),
        "process": [{"question": line.question, "answer": line.answer, "text": line.text, "clause": line.clause} for line in trail(found)],
        "ledger": {"seq": entry.seq, "hash": entry.hash, "kind": entry.kind} if entry else None,
        "url": settings.PORTAL_BASE_URL + found.get_absolute_url(),
    }
    return JsonResponse(plain(said), json_dumps_params={"ensure_ascii": False, "indent": 2})
