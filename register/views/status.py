from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.heads import head, published_heads
from ledger.models import Check
from register import health
from register.public import public_from_rows

SHOWN = 30  # published heads
CHECK_LATE = timedelta(hours=36)  # a night was missed
WHAT = {Check.What.LEDGER: "Last check of the whole ledger", Check.What.REGISTER: "Last check that pages read as the record says", Check.What.FILES: "Last check that files are as they were handed in"}
OF = {Check.What.LEDGER: ("entry", "entries"), Check.What.REGISTER: ("record", "records"), Check.What.FILES: ("file", "files")}


@public_from_rows
def status(request: HttpRequest) -> HttpResponse:
    """Whether the deadline clock runs, the head of the ledger to note down, and the version."""
    said = health.state()
    checks = [_checked(Check.last_of(what), what, said) for what in Check.What] if said["healthy"] else []
    context = {"nav": "status", "state": said, "head": head(), "checks": checks, "version": settings.VERSION}
    response = render(request, "register/status.html", context)
    response["Cache-Control"] = "public, max-age=15"  # it tells of more than the database: no copy of it is kept
    return response


def _checked(check: Check | None, what: Check.What, said: dict) -> dict:
    late = check is not None and said["now"] - check.finished_at > CHECK_LATE
    return {"what": WHAT[what], "check": check, "late": late, "of": OF[what]}


@public_from_rows
def heads(request: HttpRequest) -> HttpResponse:
    """The heads of the ledger as they were published, one a day: to compare with those that somebody kept."""
    return render(request, "register/heads.html", {"nav": "status", "heads": published_heads(SHOWN)})


@public_from_rows
def heads_as_text(request: HttpRequest) -> HttpResponse:
    """The same for machines: a line each, the day in London and the head, newest first."""
    lines = "".join(f"{each.day} {each.head}\n" for each in published_heads(SHOWN))
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches: 200 while all is well; 503 when the database cannot be asked, the deadline clock is late, or something it did fails time after time."""
    said = health.state()
    shown = {"status": "ok" if said["well"] else "failing" if said["healthy"] else "unhealthy", "database": said["database"], "broker": said["broker"]}
    if said["healthy"]:
        shown["deadline_clock"] = "late" if said["clock_late"] else "failing" if said["failing"] else "running"
    return _not_kept(JsonResponse(shown, status=200 if said["well"] else 503))


@login_not_required
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """For the machine that starts and stops the web process: 200 while pages can be served."""
    serves = health.database_answers()
    return _not_kept(JsonResponse({"serves": serves}, status=200 if serves else 503))


def _not_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
