"""To be written."""
from django.http import Http404


def consultation(request, **kw):
    raise Http404


def reply(request, **kw):
    raise Http404
