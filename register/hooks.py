"""What follows here when an edition is issued or words are withdrawn: what stands on the shelf is what may be read."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from ledger.models import BlackOut
from records.editions import Edition
from records.hooks import effects_of, offers_for
from register.shelving import put_on_shelf, shelve_anew_without
from register.views.meetings import not_published_yet


@effects_of("editions.issue")
def shelve(edition: Edition, **_) -> None:
    put_on_shelf(edition)


@offers_for("meetings.preview")
def as_anybody_will_read_it(code: str, *, request: HttpRequest, preview: dict, **_) -> Iterator[HttpResponse]:
    yield not_published_yet(request, code, preview)


@effects_of("ledger.black_out")
def shelve_anew(made: BlackOut, **_) -> None:
    shelve_anew_without(made.words)
