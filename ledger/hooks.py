"""What follows here when something is issued: every edition has an entry, with the hash of its body."""

from datetime import datetime

from ledger.operations import seal
from records.editions import Edition
from records.hooks import effects_of


@effects_of("editions.issue")
def seal_it(edition: Edition, *, by, at: datetime) -> None:
    seal("edition issued", edition, by=by, at=at)
