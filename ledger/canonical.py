"""One way to write a fact down, so that the same fact always gives the same hash.

JSON with sorted keys, no spaces, UTF-8, no floats; moments in UTC to the microsecond.
"""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """The value with dates, moments and the like as the strings they are hashed as."""
    match value:
        case None | bool() | int() | str():
            # A subclass of str or int (a TextChoices member) becomes the plain value it stands for.
            return value if value is None or isinstance(value, bool) else (str(value) if isinstance(value, str) else int(value))
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview():
            return hashlib.sha256(bytes(value)).hexdigest()
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def canonical(value: Any) -> bytes:
    """The bytes that are hashed."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(parts)).hexdigest()
