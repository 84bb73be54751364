"""What comes back: reports of mail servers that a mail of ours could not be delivered (RFC 3464), read from a mailbox on this machine."""

import mailbox
import re
from collections.abc import Callable, Iterator
from email.message import Message
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from groups.models import User
from notifications.models import Bounce, Notice
from notifications.operations import note_bounce
from records.typed import cleaned

OURS = re.compile(r"<[^<>\s]+>")


class Report(NamedTuple):
    """That one mail did not arrive, for good."""

    of: str  # the Message-ID of our mail
    address: str
    said: str
    known_as: str


class Reading(NamedTuple):
    """What came of a mailbox: how many reports, the bounces that were written down of them, and the mails that could not be read, each named."""

    reports: int
    noted: list[Bounce]
    skipped: list[str]


def read(path: Path) -> Reading:
    """Read a mailbox, a folder in Maildir or a file in mbox. What strangers sent may be anything: a mail that cannot be read holds up no other.

    Nothing in it is changed. Read again, what is known already counts once.
    """
    many, noted, skipped = 0, list[Bounce](), list[str]()
    for name, message_of in _messages(path):
        try:
            reports = list(reports_in(message_of()))
            noted += [bounce for report in reports if (bounce := _noted(report))]
            many += len(reports)
        except Exception as error:  # whatever it is, it concerns this mail only
            skipped.append(f"{name}: {type(error).__name__}: {error}")
    return Reading(many, noted, skipped)


def _messages(path: Path) -> Iterator[tuple[str, Callable[[], Message]]]:
    """Each by its name in a folder, or its number in a file; read when it is its turn."""
    if not path.exists():
        raise FileNotFoundError(path)
    box: mailbox.Mailbox = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield (key if path.is_dir() else f"message {int(key) + 1}"), partial(box.get_message, key)
    finally:
        box.close()


def reports_in(message: Message) -> Iterator[Report]:
    """What a mail says of mails of ours. One that was only held up is no bounce, nor is one that says no more than that it arrived."""
    if message.get_content_type() != "multipart/report" or message.get_param("report-type") != "delivery-status":
        return
    parts = list(message.walk())
    of = _which_mail(parts)
    known_as = _field(message, "Message-ID").strip() or of
    for part in parts:
        if of and part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                if isinstance(block, Message) and _field(block, "Action").strip().lower() == "failed":
                    yield Report(of, _address(block), _said(block), known_as)


def _field(part: Message, name: str) -> str:
    """As it can be kept: without what cannot be seen, and without bytes that are no letters."""
    return cleaned(str(part.get(name, "")).encode(errors="replace").decode())


def _which_mail(parts: list[Message]) -> str:
    """The Message-ID in what is sent back of our mail: all of it, or its headers."""
    for part in parts:
        if part.get_content_type() == "message/rfc822" and isinstance(payload := part.get_payload(), list) and payload:
            told = _field(cast(Message, payload[0]), "Message-ID")
        elif part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            found = re.search(rb"^message-id:\s*(<[^<>\s]+>)", content if isinstance(content, bytes) else b"", re.IGNORECASE | re.MULTILINE)
            told = found[1].decode("ascii", "replace") if found else ""
        else:
            continue
        if found_id := OURS.search(told):
            return found_id[0]
    return ""


def _address(block: Message) -> str:
    told = _field(block, "Original-Recipient") or _field(block, "Final-Recipient")
    return told.partition(";")[2].strip().strip("<>")


def _said(block: Message) -> str:
    """The status and the words of the server, on one line."""
    told = _field(block, "Diagnostic-Code")
    return " ".join(f"{_field(block, 'Status')} {told.partition(';')[2] or told}".split())[:300]


def _noted(report: Report) -> Bounce | None:
    """Of a mail that is known, to the address that it went to."""
    notice = Notice.objects.filter(message_id=report.of).first()
    if notice is None or (report.address and report.address.casefold() != notice.address.casefold()):
        return None
    return note_bounce(notice, report.said, report.known_as, by=User.objects.the_clock())
