"""What follows here when sign-in, which lies below the verbs, has found something out."""

from groups.models import User
from groups.operations import move_to_address
from records.hooks import effects_of


@effects_of("groups.address_confirmed")
def move_to_it(user: User, *, email: str) -> None:
    move_to_address(user, email)
