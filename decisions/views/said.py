"""To be written."""
from django.http import Http404


def advice(request, **kw):
    raise Http404


def statement(request, **kw):
    raise Http404


def procedural_concern(request, **kw):
    raise Http404


def rule(request, **kw):
    raise Http404
