"""Moving to another address oneself, once it is known that it is one's own."""

from groups.accounts import sign_in_by
from groups.models import Person, User
from groups.operations.addresses import hold_addresses
from groups.rules.addresses import refusals_of_own_address
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.rules import require

WHY = "it was asked for by whoever is signed in, and confirmed by the link that went to the new address"


@operation
def move_to_address(user: User, email: str) -> User:
    """Whoever has opened the link at the new address signs in by it, and is written to there. Both addresses are told."""
    hold_addresses(email)
    person = locked(Person.objects).filter(pk=user.person_id).first()
    user = locked(User.objects.all()).get(pk=user.pk)
    require(refusals_of_own_address(user, email))
    if person:
        before = Person(name=person.name, email=user.email)
        person.email = email
        person.save_by(user, WHY)
        effects_above("groups.correct_person", person, before=before, by=user, why=WHY)
    sign_in_by(user, email)
    return user
