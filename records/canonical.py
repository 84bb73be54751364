"""One way to write a fact down, so that the same fact always gives the same hash.

JSON with sorted keys, no spaces, UTF-8, no floats; moments in UTC to the microsecond.
"""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

_PLAIN = {str, int, bool, type(None)}
_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> Any:
    """The value with dates, moments and the like as the strings they are hashed as."""
    if type(value) in _PLAIN:
        return value
    match value:
        case dict():
            return {str(key): item if type(item) in _PLAIN else plain(item) for key, item in value.items()}
        case list() | tuple():
            return [item if type(item) in _PLAIN else plain(item) for item in value]
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case str():  # a subclass (a member of TextChoices) becomes the plain value it stands for
            return str(value)
        case int():
            return int(value)
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return hashlib.sha256(bytes(value)).hexdigest()
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def canonical(value: Any) -> bytes:
    """The bytes that are hashed."""
    return written(plain(value))


def written(value: Any) -> bytes:
    """The same of what is plain already: what comes back out of the database, even if it could not have gone in this way."""
    return _encoder.encode(value).encode()


def sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()
