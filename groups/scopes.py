"""What the one thing is called that somebody is appointed for: the app above that has it knows it by its scope, the last part of its address."""

from collections.abc import Iterable

from records.hooks import offered_from_above


def scopes_in_words(scopes: Iterable[str]) -> dict[str, str]:
    """Scope -> what people call it, of those that are known. One query, and none where nothing is asked."""
    asked = sorted({each for each in scopes if each})
    return dict(offered_from_above("groups.scopes", asked)) if asked else {}
