"""To be written."""
from django.http import Http404


def decision(request, **kw):
    raise Http404


def promise(request, **kw):
    raise Http404


def level(request, **kw):
    raise Http404


def revise(request, **kw):
    raise Http404
