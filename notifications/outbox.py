"""Write the notice down in the same transaction as the fact; send it afterwards."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from groups.models import Person, User
from notifications.models import Notice
from records.clock import portal_now


class Attached(NamedTuple):
    """What goes with a mail: another form of what it says, for a program."""

    content: str
    media_type: str


TIMED = re.compile(r"\b\d{2}:\d{2}(?::\d{2})? on \d{1,2} [A-Z][a-z]{2} \d{4}\b")  # as records.dates words a moment


def tell(
    recipients: Iterable[Person], *, key: str, new_key: bool = False, template: str, reference: str = "", by: User,
    at: datetime | None = None, attach: Callable[[Person], Attached] | None = None, **context,
) -> list[Notice]:  # fmt: skip
    """Queue one e-mail each, from templates/email/<template>.txt (first line: the subject).

    The same key never goes twice to the same address; a `new_key` names something that has just happened and happens once,
    so that nobody can have been told of it. What `attach` gives for each goes with it. Whoever has no address is left out: the caller's record shows who was told.
    """
    people = {p.email: p for p in recipients if p.email}
    told: list[Notice] = []
    if not people:
        return told
    known = set() if new_key else set(Notice.objects.filter(key=key, address__in=people).values_list("address", flat=True))
    now = at or portal_now()
    for address, person in people.items():
        if address not in known:
            subject, body = _written(template, {**context, "person": person, "by": by})
            attached = attach(person) if attach else Attached("", "")
            notice = Notice(
                key=key, person=person, address=address, reference=reference, subject=subject, body=body,
                message_id=message_id_of(key, address), next_try_at=now, attachment=attached.content, attachment_type=attached.media_type,
            )  # fmt: skip
            told.append(notice.save_by(by, at=now))
    return told


def tell_address(address: str, *, key: str, template: str, by: User, **context) -> list[Notice]:
    """The same to an address that is nobody's we know, such as a consulted organisation's."""
    if Notice.objects.filter(key=key, address=address).exists():
        return []
    subject, body = _written(template, {**context, "by": by})
    notice = Notice(
        key=key, address=address, subject=subject, body=body, message_id=message_id_of(key, address), next_try_at=portal_now()
    )
    return [notice.save_by(by)]


def _written(template: str, context: dict) -> tuple[str, str]:
    text = render_to_string(f"email/{template}.txt", {**context, "base_url": settings.PORTAL_BASE_URL})
    subject, _, body = text.strip().partition("\n")
    if TIMED.search(text) and "London" not in text:
        body += "\n\nTimes are London’s."
    return " ".join(subject.split())[:200], body.strip() + "\n"


def message_id_of(key: str, address: str) -> str:
    """The same for every try at the same notice, so that a doubled e-mail collapses in the reader's client."""
    digest = hashlib.sha256(f"{key}\n{address}".encode()).hexdigest()[:32]
    return f"<{digest}@{settings.MAIL_DOMAIN}>"
