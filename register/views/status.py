from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.verifying import head
from register import health
from register.public import public


@public
def status(request: HttpRequest) -> HttpResponse:
    """Whether the deadline clock runs, the head of the ledger to note down, and the version."""
    said = health.state()
    context = {"nav": "status", "state": said, "head": head(), "version": settings.VERSION}
    return render(request, "register/status.html", context)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For the machine that watches: 200 while requests can be served, 503 when the database cannot be asked."""
    said = health.state()
    shown = {"status": "ok" if said["healthy"] else "unhealthy", "database": said["database"], "broker": said["broker"]}
    if said["healthy"]:
        shown["deadline_clock"] = "late" if said["clock_late"] else "failing" if said["failing"] else "running"
    response = JsonResponse(shown, status=200 if said["healthy"] else 503)
    response["Cache-Control"] = "no-store"
    return response
