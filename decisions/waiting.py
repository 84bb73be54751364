"""Which decisions of a meeting wait to be taken on something: what is put to a vote, or announced, of it belongs to that one and makes no second."""

from collections.abc import Iterable

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Decision
from meetings.models import Meeting
from records.references import key_of, keys_of


def waiting_on(meeting: Meeting, named: Iterable[str]) -> list[Decision]:
    """Those that are not settled yet, in the order in which they were drafted."""
    keys = {key_of(each) for each in named} - {""}
    rows = Decision.objects.filter(meeting=meeting, status__in=(DecisionStatus.DRAFT, DecisionStatus.TABLED)).select_related("announcement", "determination_draft", "group", "meeting")
    return [each for each in rows.prefetch_related("questions").order_by("pk") if keys & about(each)] if keys else []


def about(decision: Decision) -> set[str]:
    """The keys of what it is to settle: by its title, by what is voted on, and by the draft of its determination. Reads the prefetched questions."""
    return (keys_of(decision.title) | {key_of(each) for each in subjects_of(decision)}) - {""}


def subjects_of(decision: Decision) -> list[str]:
    """What was voted on, and what the draft of its determination is to settle. Reads the prefetched questions."""
    voted = [each.subject for each in decision.questions.all() if each.subject and each.status != QuestionStatus.WITHDRAWN]
    return [*voted, *(ref for ref, _ in _settled_by(draft_of(decision)))]


def draft_of(decision: Decision) -> dict:
    draft = getattr(decision, "determination_draft", None)
    return draft.body if draft else {}


def outcomes_in(body: dict) -> dict[str, str]:
    """Of each subject of a draft, by its key, the outcome it is to have."""
    return {key_of(ref): outcome for ref, outcome in _settled_by(body) if outcome}


def _settled_by(body: dict) -> list[tuple[str, str]]:
    rows = sorted(name.removesuffix("-ref") for name in body if name.startswith("subject-") and name.endswith("-ref"))
    return [(body[f"{row}-ref"][0], (body.get(f"{row}-outcome") or [""])[0]) for row in rows if any(body[f"{row}-ref"])]


def has_a_vote(decision: Decision) -> bool:
    return any(each.status != QuestionStatus.WITHDRAWN for each in decision.questions.all())
