"""A mail about a meeting that is sent again: the same words; the links in it are made for the address that is known now."""

import re
from collections.abc import Callable

from django.urls import reverse

from groups.models import Person
from meetings import links, replying
from notifications.models import Notice

_HERE = "TOKEN"
_LINKS: dict[str, Callable[[str, Person], str | None]] = {
    "meetings:bring": links.token_anew, "meetings:report_by_link": links.owner_token_anew, "meetings:reply_by_link": replying.token_anew,
}  # fmt: skip


def words_of(notice: Notice) -> str | None:
    """What it says; none if it carries a link that is not theirs any more."""
    body = notice.body
    for name, anew in _LINKS.items():
        before, after = reverse(name, args=[_HERE]).split(_HERE)
        for token in set(re.findall(rf"{re.escape(before)}([^\s/]+){re.escape(after)}", notice.body)):
            good = anew(token, notice.person) if notice.person else None
            if good is None:
                return None
            body = body.replace(token, good)
    return body
