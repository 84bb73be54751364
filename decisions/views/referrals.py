"""To be written."""
from django.http import Http404


def concern(request, **kw):
    raise Http404


def mine(request, **kw):
    raise Http404


def of_group(request, **kw):
    raise Http404


def refer(request, **kw):
    raise Http404


def referral(request, **kw):
    raise Http404


def take_on(request, **kw):
    raise Http404


def answer(request, **kw):
    raise Http404


def dispute(request, **kw):
    raise Http404


def carry(request, **kw):
    raise Http404


def withdraw(request, **kw):
    raise Http404
