"""A group, its people and its meeting of 12 July 2023, for tests of what follows from a meeting."""

from datetime import UTC, datetime

from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from meetings import operations
from meetings.models import Meeting, Minutes, Paragraph
from notifications.models import Notice
from tests.factories import GroupFactory, HoldingFactory, SeatFactory, chair_of, secretary_of


class Room:
    """A group with a chair, a secretary and a seat, and its meeting of 12 July 2023."""

    def __init__(self, clock, **meeting):
        self.group = GroupFactory(code="DAG", parent=GroupFactory(code="PSG", level=2))
        self.chair, self.pmo = chair_of(self.group), secretary_of(self.group)
        self.member = HoldingFactory(seat=SeatFactory(group=self.group)).person
        clock("2023-07-01 09:00")
        self.meeting = operations.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=self.pmo, **meeting)
        self.item = operations.table_item(self.meeting, "CR018", purpose="decision", by=self.pmo)
        clock("2023-07-12 14:00")
        self.meeting = operations.hold(self.meeting, by=self.pmo)
        operations.discuss_item(self.item, by=self.pmo)
        operations.write_paragraph(self.item, "CR018 was discussed.", by=self.pmo)

    @property
    def minutes(self) -> Minutes:
        return Minutes.objects.select_related("meeting__group").get(meeting=self.meeting)

    def circulated(self) -> Minutes:
        operations.clear(operations.send_to_chair(self.minutes, by=self.pmo), by=self.chair)
        return operations.circulate(self.minutes, by=self.pmo)

    def decided(self, **kwargs):
        place = operations.write_paragraph(self.item, kind=Paragraph.Kind.DECISION, by=self.pmo)
        decision = decisions.draft(
            self.group, "CR018", "The SRO approved CR018", meeting=self.meeting, item=self.item, paragraph=place, by=self.pmo, **kwargs
        )
        decision = decisions.table(decision, by=self.pmo)
        return decisions.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=self.chair)

    def again(self) -> Meeting:
        return Meeting.objects.get(pk=self.meeting.pk)


def sent(key: str) -> list[str]:
    return list(Notice.objects.filter(key__contains=key).values_list("subject", flat=True))
