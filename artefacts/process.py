"""The steps of "Was process followed?" that reviews answer, and artefacts: who was heard, and what became of what was agreed to be edited."""

from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects

from artefacts.models import Artefact, ArtefactVersion, Heard, Review
from artefacts.reviewed import comments_in
from artefacts.rules.reviews import SAID
from records.clock import london_date
from records.dates import as_day
from records.process import NO, UNKNOWN, YES, Line, lines_of_window, step

CLAUSE = "Change control"


class SeenOfReview:
    """What the lines about one review are computed from. Who was heard is told when its log is published."""

    def __init__(self, review: Review):
        self.review, self.rows = review, list(review.roll.all())
        self.told = bool(review.log_published_at)
        told = (each.settlement.decision for each in review.version.baselines.all())
        decided = [decision for decision in told if decision.published_at and decision.decided_on]
        self.baselined = min(decided, key=lambda decision: (decision.decided_on, decision.pk), default=None)


def seen_of_reviews(reviews: Sequence[Review]) -> list[SeenOfReview]:
    """In so many queries, however many they are."""
    prefetch_related_objects(reviews, *SAID, "extensions", "version__baselines__settlement__decision")
    return [SeenOfReview(review) for review in reviews]


@step("window", of="review")
def _window(seen: SeenOfReview) -> Iterator[Line]:
    yield from lines_of_window(seen.review, "the review", CLAUSE)


@step("heard", of="review")
def _heard(seen: SeenOfReview) -> Iterator[Line]:
    if not seen.told:
        return
    silent = [row for row in seen.rows if row.heard == Heard.SILENT]
    text = f"{len(seen.rows)} {'was' if len(seen.rows) == 1 else 'were'} asked; {len(silent) or 'none'} silent."
    private = tuple(f"{row.name} is silent: {'told' if row.told_at else 'nobody told'}" for row in silent)
    yield Line("Was everybody heard who was asked?", NO if silent else YES, text, CLAUSE, private=private)


@step("late", of="review")
def _late(seen: SeenOfReview) -> Iterator[Line]:
    if not seen.told:
        return
    comments = comments_in(seen.review)
    late = sum(comment.late for comment in comments)
    leave = [row for row in seen.rows if row.late_leave]
    private = tuple(f"{row.name}: leave {row.get_late_leave_display().lower()}: {row.late_why}" for row in leave)
    text = f"{late} of {len(comments)} came after the close, by the secretariat’s leave, marked as late." if late else f"None of {len(comments)} came after the close."
    yield Line("Did all comments come in time?", NO if late else YES, text, CLAUSE, private=private)


@step("resolved", of="review")
def _resolved(seen: SeenOfReview) -> Iterator[Line]:
    if not seen.told:
        return
    comments = comments_in(seen.review)
    left = [comment.number for comment in comments if comment.resolution is None]
    question = "Is it said of every comment what becomes of it?"
    if not comments:
        yield Line(question, YES, "There are none.", CLAUSE)
    else:
        text = f"Of {len(comments) - len(left)} of {len(comments)}, not of {', '.join(left)}." if left else f"Of all {len(comments)}."
        yield Line(question, NO if left else YES, text, CLAUSE)


@step("log", of="review")
def _log(seen: SeenOfReview) -> Iterator[Line]:
    if seen.baselined is None:
        return
    decision, on = seen.baselined, london_date(seen.review.log_published_at) if seen.review.log_published_at else None
    question = "Was its log public before the version was baselined?"
    if on is None:
        yield Line(question, NO, f"{decision} baselined it; the log is not published.", CLAUSE)
    else:
        told = f"The log was published on {as_day(on)}; {decision} baselined it on {as_day(decision.decided_on)}."
        yield Line(question, YES if decision.decided_on and on <= decision.decided_on else NO, told, CLAUSE)


class SeenOfArtefact:
    """What the lines about one artefact are computed from: its versions for which edits were agreed, and those that were held against them."""

    def __init__(self, artefact: Artefact):
        self.artefact = artefact
        self.edited = [version for version in sorted(artefact.versions.all(), key=lambda each: (each.place, each.pk)) if version.fixed_at and version.agreed_edits.all()]
        self.compared = [version for version in sorted(artefact.versions.all(), key=lambda each: (each.place, each.pk)) if any(each.n for each in version.passages.all())]


READ = ("versions__agreed_edits__done_seen_by", "versions__passages", "versions__baselines__settlement__decision")


def seen_of_artefacts(artefacts: Sequence[Artefact]) -> list[SeenOfArtefact]:
    """In so many queries, however many they are."""
    prefetch_related_objects(artefacts, *READ)
    return [SeenOfArtefact(artefact) for artefact in artefacts]


@step("passages", of="artefact")
def _passages(seen: SeenOfArtefact) -> Iterator[Line]:
    for version in seen.compared:
        yield _passages_of(version)


def _passages_of(version: ArtefactVersion) -> Line:
    listed = [each for each in version.passages.all() if each.n]
    left = [each for each in listed if each.edit_id is None]
    where = tuple(f"{each.title}{', ' if each.where else ''}{each.where}: {(each.sentence or each.after or each.before)[:200]}" for each in left)
    text = f"{version.called.capitalize()}: {len(listed) - len(left)} of {len(listed)} passages that differ belong to an agreed edit; {len(left) or 'none'} unexplained."
    return Line("Is what was changed after the decision what was agreed?", NO if left else YES, text, "Change control: agreed edits", private=where)


@step("edits", of="artefact")
def _edits(seen: SeenOfArtefact) -> Iterator[Line]:
    for version in seen.edited:
        yield _edits_of(version)


def _edits_of(version: ArtefactVersion) -> Line:
    """That the owner has not looked at their own work, the portal asks when it is ticked; who it was is behind the line."""
    edits = list(version.agreed_edits.all())
    left = [str(edit.n) for edit in edits if edit.done_at is None]
    private = tuple(f"Edit {edit.n}: {edit.done_seen_by}, {as_day(edit.done_at)}" for edit in edits if edit.done_at)
    to_look_at = f" Still to be looked at: {', '.join(left)}." if left else ""
    text = f"{version.called.capitalize()}: {len(edits) - len(left)} of {len(edits)} seen to be made.{to_look_at}"
    question = "Has somebody other than the owner seen that the agreed edits were made?"
    return Line(question, UNKNOWN if left else YES, text, "Change control: agreed edits", "Not yet" if left else "", private=private)
