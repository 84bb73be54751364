"""To be written."""
from django.http import Http404


def questions(request, **kw):
    raise Http404


def put(request, **kw):
    raise Http404


def question(request, **kw):
    raise Http404


def change(request, **kw):
    raise Http404


def open_it(request, **kw):
    raise Http404


def close_it(request, **kw):
    raise Http404


def withdraw(request, **kw):
    raise Http404


def again(request, **kw):
    raise Http404
