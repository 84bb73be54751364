"""To be written."""
from django.http import Http404


def ballot(request, **kw):
    raise Http404


def vote(request, **kw):
    raise Http404


def receipt(request, **kw):
    raise Http404


def position(request, **kw):
    raise Http404


def answer_for(request, **kw):
    raise Http404
