"""The least that could be done in the place of what is measured, behind the same doors."""

from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from decisions.models import RollRow
from decisions.operations import cast_vote
from register.public import public

TABLE = "CREATE TABLE bench_bare (key uuid PRIMARY KEY, person bigint, choice text, comment text, at timestamptz); GRANT INSERT, SELECT ON bench_bare TO portal_app"
ROW = "INSERT INTO bench_bare VALUES (%s, %s, %s, %s, clock_timestamp())"


@require_POST
def insert(request: HttpRequest) -> HttpResponse:
    """One row into a table of its own, in one transaction; signed in and with a form token, as for a vote."""
    said = request.POST
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROW, [said["key"], request.user.person_id, said["choice"], said["comment"]])
    return redirect("/desk/")


@public
def page(request: HttpRequest) -> HttpResponse:
    """The layout that every page has, with nothing in it."""
    return render(request, "base.html")


@require_POST
def vote(request: HttpRequest, question: int, row: int) -> HttpResponse:
    """Stands in for the portal's own page to vote on, where there is none."""
    said = request.POST
    found = get_object_or_404(RollRow, pk=row, question=question)
    cast_vote(found, said["choice"], comment=said["comment"], key=UUID(said["key"]), by=request.user)
    return redirect("/desk/")
