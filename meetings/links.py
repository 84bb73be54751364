"""The links by which somebody without an account hands in a paper, or says how an action stands. Nobody can make one up."""

from hashlib import sha256

from django.core import signing

from groups.models import Person
from meetings.models import Action, Paper
from meetings.owners import owners_of
from records.clock import portal_now

_PRESENTER = signing.Signer(salt="meetings.presenter")
_OWNER = signing.Signer(salt="meetings.owner")


def mark_of(person: Person | None) -> str:
    """What a link says of the address it went to: when that is corrected, the link leads nowhere."""
    return sha256(((person and person.email) or "").casefold().encode()).hexdigest()[:12]


def parts_of(signer: signing.Signer, token: str, many: int) -> list[str] | None:
    """What was signed, in so many parts; none if nobody of ours signed it."""
    try:
        parts = signer.unsign(token).split(".")
    except signing.BadSignature:
        return None
    return parts if len(parts) == many else None


def token_for(paper: Paper) -> str:
    """The secret part of a paper's link. Signed, not stored; a new nonce, or another address of whoever brings it, makes it useless."""
    return _PRESENTER.sign(f"{paper.pk}.{paper.nonce.hex}.{mark_of(paper.owed_by_person)}")


def paper_for(token: str) -> Paper | None:
    """Which paper it is; none if the link is nobody's."""
    if (parts := parts_of(_PRESENTER, token, 3)) is None:
        return None
    pk, nonce, mark = parts
    rows = Paper.objects.select_related("item__meeting__group", "owed_by_person").prefetch_related("files__blob")
    found = rows.filter(pk=pk, nonce=nonce, dropped=False).first()
    return found if found and mark_of(found.owed_by_person) == mark else None


def is_good(token: str) -> bool:
    """Whether a file may come by it: until the meeting begins."""
    paper = paper_for(token)
    return paper is not None and paper.meeting.starts_at > portal_now()


def owner_token(action: Action, person: Person) -> str:
    """The secret part of an owner's link: good while the action is open and theirs, and their address is the one it went to."""
    return _OWNER.sign(f"{action.pk}.{person.pk}.{mark_of(person)}")


def owned_by(token: str) -> tuple[Action, Person] | None:
    """Whose link this is, and about which action; none if it is nobody's."""
    if (parts := parts_of(_OWNER, token, 3)) is None:
        return None
    action, person, mark = parts
    found = Action.objects.select_related("group", "meeting__minutes", "owner_person").filter(pk=action).first()
    owner = Person.objects.filter(pk=person).first()
    return (found, owner) if found and owner and mark_of(owner) == mark else None


# --- for a mail that is sent again


def token_anew(token: str, person: Person) -> str | None:
    """The secret part of a paper's link for the address that is known now; none if the paper is not theirs to bring any more."""
    if (parts := parts_of(_PRESENTER, token, 3)) is None:
        return None
    paper = Paper.objects.filter(pk=parts[0], nonce=parts[1], dropped=False, owed_by_person=person).select_related("owed_by_person").first()
    return token_for(paper) if paper else None


def owner_token_anew(token: str, person: Person) -> str | None:
    """The same of an owner's link."""
    parts = parts_of(_OWNER, token, 3)
    if parts is None or parts[1] != str(person.pk):
        return None
    action = Action.objects.select_related("group", "owner_person").filter(pk=parts[0]).first()
    return owner_token(action, person) if action and person in owners_of(action) else None
