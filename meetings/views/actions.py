"""The action log as its group keeps it: across meetings, by owner and date, and each action with what was said of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from groups.models import Group
from groups.operations import log_reading
from groups.sending import form_page, sent, tried
from groups.signed_in import SignedIn, group_for, standing_of
from groups.standing import Standing
from meetings import operations
from meetings.forms.actions import ActionForm, ChangeForm, DoneForm, ReviewForm, WhyForm, initial_of
from meetings.lifecycle import ActionStatus, MeetingStatus
from meetings.models import Action, Meeting
from meetings.owners import offered, owns
from meetings.rules import (
    may_read_actions,
    refusals_to_change_action,
    refusals_to_minute,
    refusals_to_move_action,
    refusals_to_review_action,
)
from records.clock import london_date, portal_now
from records.exporting import as_csv
from records.pages import paged
from records.rules import require
from records.typed import cleaned
from records.verbs import offers

STATES = {"open": "Open", "overdue": "Overdue", "closed": "Done or dropped", "all": "All"}


@require_safe
def log(request: SignedIn, code: str) -> HttpResponse:
    """Every action of the group, the oldest open ones first; the same list as CSV."""
    group, standing = group_for(request, code)
    return _log(request, [group], standing, f"{group.code}-actions", group)


@require_safe
def log_of_all(request: SignedIn) -> HttpResponse:
    """The same across all groups in which one has a place, or whose record one keeps or assures."""
    standing = standing_of(request)
    groups = Group.objects.all() if standing.reads_everywhere else Group.objects.filter(pk__in=standing.readable_group_ids)
    return _log(request, list(groups.order_by("code")), standing, "actions")


def _log(request: SignedIn, groups: list[Group], standing: Standing, name: str, group: Group | None = None) -> HttpResponse:
    for each in groups:
        if standing.reads_for_assurance(each):
            log_reading(request.user, f"action log of {each} before publication")
    state, owner = request.GET.get("state", "open"), cleaned(request.GET.get("owner", "")).strip()[:200]
    state = state if state in STATES else "open"
    rows = _filtered(groups, standing, state, owner)
    if request.GET.get("format") == "csv":
        return as_csv(name, _lines(list(rows), standing))
    page = paged(rows, request.GET.get("page"), state=state, owner=owner)
    context = {
        "nav": "desk", "group": group, "page": page, "state": state, "states": STATES, "owner": owner, "today": standing.on,
        "rows": _aged(list(page)), "count": page.paginator.count,
    }  # fmt: skip
    return render(request, "meetings/actions.html", context)


def _filtered(groups: list[Group], standing: Standing, state: str, owner: str) -> Any:
    rows = Action.objects.standing().filter(_seen_in(groups, standing)).select_related("meeting", "item", "group")
    if owner:
        rows = rows.filter(owner__icontains=owner)
    if state == "overdue":
        rows = rows.filter(status=ActionStatus.OPEN, due_on__lt=standing.on)
    elif state != "all":
        is_open = rows.filter(status=ActionStatus.OPEN)
        rows = is_open if state == "open" else rows.exclude(status=ActionStatus.OPEN)
    return rows.order_by("raised_order", "group__code", "pk")


def _seen_in(groups: list[Group], standing: Standing) -> Q:
    """The secretariat sees all of its group; the Chair and assurance what was sent to the Chair; members what they were told."""
    by_reader: dict[str, list[int]] = {"all": [], "chair": [], "member": []}
    for each in groups:
        runs = standing.runs(each) or standing.reads_for_assurance(each)
        by_reader["all" if standing.is_secretary_of(each) else "chair" if runs else "member"].append(each.pk)
    told = {"chair": Action.objects.told_to_the_chair(), "member": Action.objects.told_to_members()}
    seen = Q(group__in=by_reader["all"])
    for reader, rows in told.items():
        if by_reader[reader]:
            seen |= Q(group__in=by_reader[reader], pk__in=rows.values("pk"))
    return seen


def _aged(actions: list[Action]) -> list[tuple[Action, int, int]]:
    """Each with how many meetings its group has held since, and how often it was given another day."""
    held, moved = _held({each.group_id for each in actions}), _moved(actions)
    return [(each, _age(each, held), moved[each.pk]) for each in actions]


def _held(groups: Collection[int]) -> dict[int, list[date]]:
    """On which days each group met."""
    days: dict[int, list[date]] = defaultdict(list)
    for group, day in Meeting.objects.filter(group__in=groups, status=MeetingStatus.HELD).order_by("held_on").values_list("group", "held_on"):
        days[group].append(day)
    return days


def _age(action: Action, held: dict[int, list[date]]) -> int:
    """How many meetings it has been through since it was raised."""
    return sum(day > action.meeting.held_on for day in held[action.group_id]) if action.meeting else 0


def _moved(actions: list[Action]) -> Counter[int]:
    """By action, how often its day was changed."""
    moved: Counter[int] = Counter()
    rows = Action.history.filter(id__in=[each.pk for each in actions]).order_by("id", "history_id").values_list("id", "due_on", "due_kind")
    for before, after in pairwise(rows):
        moved[after[0]] += before[0] == after[0] and before[1:] != after[1:]
    return moved


def _lines(rows: list[Action], standing: Standing):
    yield ("Group", "Reference", "Raised at", "Item", "What", "Owner", "Due", "State", "Closed on", "Meetings since", "Times given another day")
    for each, age, moved in _aged(rows):
        late = " (overdue)" if each.is_overdue(standing.on) else ""
        yield (
            each.group.code, each.reference, each.meeting or "", each.area, each.text, each.owner, each.due_in_words, each.get_status_display() + late,
            each.closed_on or "", age, moved,
        )  # fmt: skip


def action_for(request: SignedIn, pk: int) -> tuple[Action, Standing]:
    standing = standing_of(request)
    found = Action.objects.select_related("group", "meeting__minutes", "item", "paragraph", "owner_person").filter(pk=pk).first()
    if found is None or not may_read_actions(standing, found):
        raise Http404
    if not found.published_at and standing.reads_for_assurance(found.group):
        log_reading(request.user, f"{found} before publication")
    return found, standing


@require_safe
def action(request: SignedIn, pk: int) -> HttpResponse:
    """One action: who was asked to do what, how often its date was moved, and what was said of it at each meeting since."""
    found, standing = action_for(request, pk)
    now = portal_now()
    context = {
        "nav": "desk", "action": found, "offers": offers(found, standing, now), "overdue": found.is_overdue(standing.on),
        "reviews": found.reviews.select_related("meeting").order_by("meeting__held_on", "pk"), "moves": _moves(found), "age": _age(found, _held([found.group_id])),
        "reports": found.reports.select_related("made_by", "answer") if standing.looks_behind(found.group) or owns(standing, found) else [],
        "runs": standing.is_secretary_of(found.group), "agreed": found.as_agreed if found.text_as_raised or found.owner_as_raised else None,
        "minute_url": _minute_of(found) if found.meeting and found.paragraph and not any(refusals_to_minute(found.meeting, standing, now)) else "",
    }  # fmt: skip
    return render(request, "meetings/action.html", context)


def _minute_of(action: Action) -> str:
    """Where it was typed: its own block, and without that the page."""
    return reverse("desk:minute", args=[action.meeting.code]) + f"#block-{action.paragraph.uid}" if action.meeting and action.paragraph else ""


def _moves(action: Action) -> list[dict[str, Any]]:
    """Each time its words, owner, date or state were changed, in the order in which it happened."""
    rows, told = list(action.history.select_related("history_user__person").order_by("history_id")), []
    for before, after in pairwise(rows):
        what = [words.format(getattr(before, name)) for name, words in CHANGED.items() if getattr(before, name) != getattr(after, name)]
        if what:
            told.append({"what": what, "by": after.history_user, "at": after.history_date, "why": after.history_change_reason, "due_on": after.due_on})
    return told


CHANGED = {"text": "reworded (it was “{}”)", "owner": "given to another (it was {}’s)", "due_on": "another date", "due_kind": "due otherwise", "status": "moved"}

# --- what is done to it


def page_of(action: Action) -> str:
    return reverse("meetings:action", args=[action.pk])


def _done(request: SignedIn, found: Action, form: Any, title: str, button: str, act: Callable[[dict], Any], said: str, **told: Any) -> HttpResponse:
    if tried(request, form, act, on=found):
        messages.success(request, said)
        return redirect(page_of(found))
    return form_page(
        request, form, on=found, nav="desk", title=title, button=button, kicker=found.called, quote=found.text, parent_url=page_of(found),
        parent_label=found.called, **told,
    )  # fmt: skip


def change(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = action_for(request, pk)
    require(refusals_to_change_action(found, standing, portal_now()))
    is_told = Action.objects.told_to_members().filter(pk=found.pk).exists()
    form = (ChangeForm if is_told else ActionForm)(sent(request), initial=initial_of(found))
    setattr(form.fields["why"], "needed", bool(found.published_at))  # noqa: B010 (the rule says that it is missing)
    act = lambda said: operations.change_action(found, **form.typed(), by=request.user)  # noqa: E731
    owners = [{"ref": each["owner"], "title": each["as"]} for each in offered(found.group, found.meeting)]
    return _done(request, found, form, "Change an action", "Save", act, "The action is changed.", subjects=owners)


def complete(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = action_for(request, pk)
    require(refusals_to_move_action(found, "complete", standing))
    form = DoneForm(sent(request), initial={"on": london_date(portal_now())})
    act = lambda said: operations.complete_action(found, on=said["on"], why=said["why"], by=request.user)  # noqa: E731
    return _done(request, found, form, "Record that it is done", "It is done", act, "It is recorded as done.")


def drop(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = action_for(request, pk)
    require(refusals_to_move_action(found, "drop", standing))
    form = WhyForm(sent(request))
    act = lambda said: operations.drop_action(found, why=said["why"], by=request.user)  # noqa: E731
    return _done(request, found, form, "Drop an action", "Drop it", act, "The action is dropped.", button_tone="warning")


def reopen(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = action_for(request, pk)
    require(refusals_to_move_action(found, "reopen", standing))
    form = WhyForm(sent(request))
    act = lambda said: operations.reopen_action(found, why=said["why"], by=request.user)  # noqa: E731
    return _done(request, found, form, "Reopen an action", "Reopen it", act, "The action is open again.")


def review(request: SignedIn, pk: int) -> HttpResponse:
    found, standing = action_for(request, pk)
    require(refusals_to_review_action(found, standing, portal_now()))
    form = ReviewForm(found, sent(request))
    act = lambda said: operations.review_action(found, said["meeting"], note=said["note"], by=request.user)  # noqa: E731
    return _done(request, found, form, "What was said of it at a meeting", "Save", act, "What was said of it is recorded.")
