"""Where somebody is signed in, and signing out there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from groups.accounts import sign_out_at, signed_in_at
from groups.signed_in import SignedIn


@never_cache
@require_safe
def sessions(request: SignedIn) -> HttpResponse:
    there = signed_in_at(request)
    return render(request, "groups/sessions.html", {"nav": "desk", "there": there, "others": sum(not each.is_this for each in there)})


@require_POST
def end_session(request: SignedIn, pk: int) -> HttpResponse:
    if not sign_out_at(request, pk):
        raise Http404
    messages.success(request, "You are signed out there.")
    return redirect("groups:sessions")


@require_POST
def end_other_sessions(request: SignedIn) -> HttpResponse:
    ended = sign_out_at(request)
    messages.success(request, f"You are signed out in {ended} other browser{'' if ended == 1 else 's'}." if ended else "You were signed in nowhere else.")
    return redirect("groups:sessions")
