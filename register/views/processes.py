from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.exporting import as_csv
from register.processes import matrices, processes, table
from register.public import public_from_rows
from register.published import groups


@public_from_rows
def matrix(request: HttpRequest) -> HttpResponse:
    """Every business process, the artefacts that describe it, and how many a baselined one describes."""
    context = {"nav": "artefacts", "matrices": matrices(groups())}
    return render(request, "register/processes.html", context)


@public_from_rows
def matrix_csv(request: HttpRequest) -> HttpResponse:
    return as_csv("processes", table(processes()))
