"""To be written."""
from django.http import Http404


def roll_call(request, **kw):
    raise Http404


def roll(request, **kw):
    raise Http404
