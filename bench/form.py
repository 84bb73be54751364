"""What is asked for, and where a vote is sent, and as what: the one place to change when its page changes."""

from urllib.parse import urlencode
from uuid import uuid4

VOTE = "/desk/questions/{question}/seats/{row}/vote/"
INSERT = "/bench/insert/"
PAGE = "/bench/page/"
HOME, LIST, DESK = "/", "/decisions/", "/desk/"
CHOICES = ("approve", "reject", "abstain")
COMMENT = "Running overnight would cost agents more than it saves, as our members told us."


def fields(n: int) -> dict[str, str]:
    """What the n-th vote says."""
    return {"choice": CHOICES[n % 3], "comment": COMMENT, "key": str(uuid4()), "step": "cast"}


def body(n: int, token: str) -> str:
    return urlencode(fields(n) | {"csrfmiddlewaretoken": token})
