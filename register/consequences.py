"""What follows here when an edition is issued: its record stands on the shelf as the edition says."""

from records.editions import Edition
from records.hooks import effects_of
from register.shelving import put_on_shelf


@effects_of("editions.issue")
def shelve(edition: Edition, **_) -> None:
    put_on_shelf(edition)
