"""To be written."""
from django.http import Http404


def determine(request, **kw):
    raise Http404


def check(request, **kw):
    raise Http404


def draft(request, **kw):
    raise Http404


def share(request, **kw):
    raise Http404
