"""A process of its own: makes minutes as long as any are, and tells of them in JSON on standard output.

    python -m bench.long_minutes ITEMS WORDS    so many items, so many words in each
"""

import json
import os
import sys
from contextlib import redirect_stdout
from datetime import timedelta
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

IN_A_PARAGRAPH = 100  # words
SPOKEN = ["Members", "differed", "on", "what", "running", "overnight", "would", "cost", "agents", "and", "the", "programme", "was", "asked", "to", "set", "it", "out", "by", "participant", "before", "the", "change", "is", "put", "to", "the", "group", "again", "with", "the", "redlined", "choreography", "beside", "it", "for", "review"]


def main(items: int, words: int) -> None:
    with redirect_stdout(sys.stderr):
        told = furnish(items, words)
    print(json.dumps(told))


def said(n: int) -> str:
    """A paragraph that no other begins like."""
    return f"{n}. " + " ".join(islice(cycle(SPOKEN), n % len(SPOKEN), n % len(SPOKEN) + IN_A_PARAGRAPH))


def furnish(items: int, words: int) -> dict[str, Any]:
    from bench.furnish import analyse, prepare

    prepare()
    from bench.furniture import House, session_of
    from meetings import operations
    from meetings.operations.writing import Change, fingerprint_of
    from records.clock import portal_now

    house = House("LONG", 13)
    meeting = operations.schedule(house.group, "1", starts_at=portal_now() - timedelta(hours=1), venue="Virtual", by=house.pmo)
    paragraphs = words // IN_A_PARAGRAPH
    written = []
    for n in range(items):
        item = operations.table_item(meeting, f"Item {n + 1} of a long day", by=house.pmo)
        changes: list[Change] = []
        for p in range(paragraphs):
            after = changes[-1].uid if changes else None
            changes.append(Change(uid=uuid4(), item=item.pk, text=said(n * paragraphs + p), after=after, placed=True))
        written += operations.change_minute(meeting, changes, left=[change.uid for change in changes], by=house.pmo)
    analyse()
    first = written[0]
    return {
        "session": session_of(house.pmo), "meeting": meeting.code, "blocks": len(written), "words": items * words,
        "block": {"uid": str(first.uid), "item": first.item_id, "text": first.reads, "reads": fingerprint_of(first)},
    }  # fmt: skip


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    main(int(sys.argv[1]), int(sys.argv[2]))
