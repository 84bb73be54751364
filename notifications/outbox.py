"""Write the notice down in the same transaction as the fact; send it afterwards."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string

from groups.models import Person, User
from notifications.models import Notice
from records.clock import portal_now


def tell(recipients: Iterable[Person], *, key: str, template: str, reference: str = "", by: User, **context) -> list[Notice]:
    """Queue one e-mail each, from templates/email/<template>.txt (first line: the subject).

    The same key never goes twice to the same address. Whoever has no address is left out: the
    caller's record shows who was told.
    """
    told, now = [], portal_now()
    for person in recipients:
        if not person.email or Notice.objects.filter(key=key, address=person.email).exists():
            continue
        subject, body = _written(template, {**context, "person": person, "by": by})
        told.append(
            Notice(
                key=key, person=person, address=person.email, reference=reference, subject=subject, body=body,
                message_id=_message_id(key, person.email), next_try_at=now,
            ).save_by(by)
        )  # fmt: skip
    return told


def _written(template: str, context: dict) -> tuple[str, str]:
    text = render_to_string(f"email/{template}.txt", {**context, "base_url": settings.PORTAL_BASE_URL})
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:200], body.strip() + "\n"


def _message_id(key: str, address: str) -> str:
    """The same for every try at the same notice, so that a doubled e-mail collapses in the reader's client."""
    digest = hashlib.sha256(f"{key}\n{address}".encode()).hexdigest()[:32]
    return f"<{digest}@{settings.MAIL_DOMAIN}>"
