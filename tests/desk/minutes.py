"""A secretary at the minutes of a meeting that runs, with scripts and without."""

import json
from datetime import UTC, datetime
from uuid import uuid4

from meetings import operations
from meetings.models import Paragraph
from tests.factories import GroupFactory, chair_of, secretary_of
from tests.pages import Visitor, forms_on

PAGE = "/desk/meetings/DAG026/minute/"


class Desk:
    def __init__(self, clock):
        self.clock = clock
        self.group = GroupFactory(code="DAG")
        self.pmo, self.other, self.chair = secretary_of(self.group), secretary_of(self.group), chair_of(self.group)
        clock("2023-07-12 10:00")
        self.meeting = operations.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.pmo)
        self.items = [operations.table_item(self.meeting, title, purpose="decision", by=self.pmo) for title in ("Welcome", "CR018")]
        self.visitor = Visitor(self.pmo)

    def send(self, *changes: dict, visitor=None, **more):
        numbered = [change | {"item": self.items[change["item"] - 1].pk} if "item" in change else change for change in changes]
        body = json.dumps({"changes": numbered} | more)
        return (visitor or self.visitor).client.post(PAGE + "changes/", body, content_type="application/json", headers={"Accept": "application/json"})

    def typed(self, text: str, item: int = 1) -> Paragraph:
        uid = str(uuid4())
        assert self.send({"uid": uid, "item": item, "text": text, "placed": True}).status_code == 200
        return Paragraph.objects.select_related("typed").get(uid=uid)

    def line(self, text: str, item: int = 1):
        block = self.typed(text, item)
        return self.send(line=str(block.uid)), block


def add(desk, text: str, item: int = 1):
    """Without scripts: typed into the last box of an item, and sent with its button."""
    return send_form(desk.visitor, desk.visitor.opens(PAGE), {-1: text}, item=item)


def send_form(visitor, page, typed: dict[int, str] | None = None, *, item: int = 1, chosen: int | None = None, **more: str):
    """The form of an item with words typed into some of its boxes, and one of its paragraphs chosen."""
    boxes = [name for name, _ in forms_on(page)[item - 1]["data"] if name.startswith("text.")]
    at = {} if chosen is None else {"at": boxes[chosen].removeprefix("text.")}
    return visitor.sends(page, {boxes[n]: text for n, text in (typed or {}).items()} | at | more, form=item - 1)
