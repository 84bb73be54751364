"""Whose an address is: one person's, of all who are on record and all who sign in."""

from collections.abc import Iterator

from groups.models import Person, User
from records.rules import Refusal


def refusals_of_own_address(user: User, email: str) -> Iterator[Refusal]:
    """To which somebody would move by themselves."""
    if email.casefold() == user.email.casefold():
        yield Refusal("That is the address you sign in by.", field="email")
    elif Person.objects.filter(email__iexact=email).exclude(user=user).exists() or User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        yield Refusal(f"{email} is the address of somebody else.", field="email")
