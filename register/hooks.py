"""What follows here when an edition is issued or words are withdrawn: what stands on the shelf is what may be read."""

from ledger.models import BlackOut
from records.editions import Edition
from records.hooks import effects_of
from register.shelving import put_on_shelf, shelve_anew_without


@effects_of("editions.issue")
def shelve(edition: Edition, **_) -> None:
    put_on_shelf(edition)


@effects_of("ledger.black_out")
def shelve_anew(made: BlackOut, **_) -> None:
    shelve_anew_without(made.words)
