"""Writing the minute of an item, block by block, while a meeting runs: what is typed is safe at once, and kept as one change a sitting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Max

from groups.models import User
from groups.standing import Standing
from meetings.editions import WORDS
from meetings.lifecycle import ITEM, ItemStatus
from meetings.models import AgendaItem, Meeting, Minutes, Notepad, Paragraph, Typing
from meetings.operations.locking import locked_meeting
from meetings.rules import refusals_of_paragraph, refusals_to_drop_paragraph, refusals_to_minute, refusals_to_write_in
from records.canonical import sha256
from records.clock import portal_now
from records.locks import locked
from records.operations import operation, refuse_if_it_is_too_late
from records.prepared import Prepared, PreparedRecords
from records.rules import Refusal, Refused, require

Kind = Paragraph.Kind
CLOSEST = Decimal("1e-12")  # between two paragraphs: closer, and the item is spaced out anew


@dataclass(frozen=True)
class Change:
    """One thing done to one block. `base` is what the block was known to read before it, as `fingerprint_of` says it."""

    uid: UUID
    item: int = 0  # the key of the item of a block that is new, or moves: numbers change while an agenda is put in order
    text: str | None = None  # none: its words stay
    base: str = ""
    after: UUID | None = None  # the block it stands behind; none is the first place
    placed: bool = False  # whether `after` is meant
    kind: str = Kind.TEXT
    dropped: bool | None = None
    tried: tuple[str, ...] = ()  # what its author sent before, and heard no answer to: it may be there already


class Differs(Refused):
    """Blocks say something else than whoever changes them knew: nothing was changed."""

    def __init__(self, blocks: Sequence[Paragraph]):
        self.blocks = blocks
        super().__init__([Refusal(f"{block} says something else by now.", code="differs") for block in blocks])


class RefusedChange(Refused):
    """The rules say no to one of the changes."""

    def __init__(self, refused: Refused, uid: UUID):
        self.uid = uid
        super().__init__(refused.reasons)


def fingerprint_of(paragraph: Paragraph) -> str:
    """What a block says, in a few letters: the same words give the same, so that a change sent twice changes nothing."""
    return "gone" if paragraph.dropped else fingerprint(paragraph.kind, paragraph.reads)


def fingerprint(kind: str, text: str) -> str:
    return sha256(kind.encode(), text.encode())[:16]


@operation
def change_minute(meeting: Meeting, changes: Sequence[Change], *, left: Iterable[UUID] = (), by: User) -> list[Paragraph]:
    """Do all of it, in order, or nothing: a paragraph split in two is never half split. Returns the blocks as they are now.

    Of what was typed into the blocks that are `left`, one change is kept. A block that was deleted before it was ever saved is none. May raise Differs.
    """
    meeting, now = _locked(meeting.pk), portal_now()
    require(refusals_to_minute(meeting, Standing.at(by, now), now))
    writing = Writing(meeting, by, now)
    writing.refuse_what_differs(changes)
    for change in changes:
        try:
            require(refusals_of_paragraph(change.text or ""))
            writing.do(change)
        except Refused as refused:
            raise RefusedChange(refused, change.uid) from refused
    for uid in left:
        if block := writing.block(uid):
            keep(block, at=now)
    return [writing.blocks[uid] for uid in dict.fromkeys(change.uid for change in changes) if uid in writing.blocks]


def _locked(pk: int) -> Meeting:
    """The meeting with its group and minutes, all read behind the lock. Prepared, since every few letters ask for it."""
    refuse_if_it_is_too_late(Meeting)
    _LOCK.rows(pk=pk)
    (meeting,) = _MEETING.records(pk=pk)
    minutes = next(iter(_MINUTES.records(meeting=pk)), None)
    if minutes:
        minutes.meeting = meeting
    Meeting._meta.get_field("minutes").set_cached_value(meeting, minutes)  # type: ignore[union-attr]
    return meeting


_LOCK = Prepared(lambda pk: locked(Meeting.objects.filter(pk=pk)).order_by().values_list("pk"), pk=-1)
_MEETING = PreparedRecords(lambda pk: Meeting.objects.filter(pk=pk).order_by(), "group", pk=-1)
_MINUTES = PreparedRecords(lambda meeting: Minutes.objects.filter(meeting=meeting).order_by(), meeting=-1)


class Writing:
    """The blocks of a meeting, locked one by one as they are asked for, and what is done to them."""

    def __init__(self, meeting: Meeting, by: User, now: datetime):
        self.meeting, self.by, self.now = meeting, by, now
        self.blocks: dict[UUID, Paragraph] = {}

    def block(self, uid: UUID) -> Paragraph | None:
        if uid not in self.blocks:
            found = locked(Paragraph.objects.select_related("item", "typed")).filter(uid=uid).first()
            if found is None:
                return None
            if found.item.meeting_id != self.meeting.pk:
                raise Refused([Refusal("That paragraph is of another meeting.", status=404)])
            found.item.meeting = self.meeting
            self.blocks[uid] = found
        return self.blocks[uid]

    def refuse_what_differs(self, changes: Sequence[Change]) -> None:
        """The first change of each block is measured by what its author knew; the later ones follow from that."""
        first = {change.uid: change for change in reversed(changes)}
        differ = [block for uid, change in first.items() if (block := self.block(uid)) and self._differs(block, change)]
        if differ:
            raise Differs(differ)

    def _differs(self, block: Paragraph, change: Change) -> bool:
        wanted = block.dropped if change.dropped is None else change.dropped
        as_wanted = wanted == block.dropped and change.text in (None, block.reads)
        return not as_wanted and change.base != fingerprint_of(block) and (block.dropped or block.reads not in change.tried)

    def do(self, change: Change) -> None:
        block = self.block(change.uid)
        if block is None:
            if change.dropped:
                return
            block = self._begun(change)
        elif change.placed:
            self._placed(block, change)
        if change.dropped is not None and change.dropped != block.dropped:
            self._drop_or_bring_back(block, dropped=change.dropped)
        if change.text is not None and change.text != block.reads:
            self._type(block, change.text)

    def _begun(self, change: Change) -> Paragraph:
        """Empty at first: its words are typed into it."""
        item = self._item(change.item)
        block = Paragraph(uid=change.uid, item=item, order=self.place(item, change.after), kind=change.kind).save_by(self.by, "begun", at=self.now)
        self.blocks[block.uid] = block
        if item.status == ItemStatus.TABLED and change.kind == Kind.TEXT:
            item.status = ITEM["discuss"].target
            item.save_by(self.by, "a minute of it was written", at=self.now)
        return block

    def _item(self, pk: int) -> AgendaItem:
        item = locked(self.meeting.items.on_the_agenda()).filter(pk=pk).first()
        if item is None:
            raise Refused([Refusal(f"That item is not on the agenda of {self.meeting}.")])
        item.meeting = self.meeting
        return item

    def _type(self, block: Paragraph, text: str) -> None:
        """Safe at once. Where somebody else was typing, what they typed is kept first, as theirs."""
        if block.kind not in WORDS:
            raise Refused([Refusal(f"{block} shows a record: its words are changed there.")])
        typed = getattr(block, "typed", None)
        if typed is None:
            typed = Typing(paragraph=block)
        elif block.typing and typed.by_id != self.by.pk:
            keep(block, at=self.now)
        typed.write(text, by=self.by, at=self.now)

    def _drop_or_bring_back(self, block: Paragraph, *, dropped: bool) -> None:
        require(refusals_to_drop_paragraph(block) if dropped else ())
        keep(block, at=self.now)
        block.dropped = dropped
        block.save_by(self.by, "deleted" if dropped else "brought back", at=self.now)

    # --- where a block stands

    def _placed(self, block: Paragraph, change: Change) -> None:
        item = self._item(change.item) if change.item and change.item != block.item_id else block.item
        if (item.pk, change.after) != (block.item_id, self.before(block)) and change.after != block.uid:
            block.item, block.order = item, self.place(item, change.after)
            block.save_by(self.by, "moved", at=self.now)

    def before(self, block: Paragraph) -> UUID | None:
        """Which block it stands behind, of those that are shown."""
        uids = [row.uid for row in _in_order(block.item) if not row.dropped or row.pk == block.pk]
        at = uids.index(block.uid)
        return uids[at - 1] if at else None

    def place(self, item: AgendaItem, after: UUID | None) -> Decimal:
        """The middle between the block it goes behind and the next; at the end, if that block is not of the item."""
        rows = _in_order(item)
        at = next((n for n, row in enumerate(rows, 1) if row.uid == after), len(rows)) if after else 0
        low = rows[at - 1].order if at else Decimal(0)
        if at == len(rows):
            return low.to_integral_value() + 1
        if rows[at].order - low < CLOSEST:
            return self._spaced_out(item, after)
        return (low + rows[at].order) / 2

    def _spaced_out(self, item: AgendaItem, after: UUID | None) -> Decimal:
        for n, row in enumerate(locked(item.paragraphs.order_by("order", "pk")), 1):
            row.order = Decimal(n)
            row.save_by(self.by, "spaced out", at=self.now)
            if row.uid in self.blocks:
                self.blocks[row.uid].order, self.blocks[row.uid].revision = row.order, row.revision
        return self.place(item, after)


def _in_order(item: AgendaItem) -> list[Paragraph]:
    return list(item.paragraphs.only("uid", "order", "dropped", "item").order_by("order", "pk"))


def keep(paragraph: Paragraph, *, at: datetime) -> None:
    """Of what was typed into a locked paragraph make one change, by whoever typed it."""
    typed = paragraph.typing
    if typed is None:
        return
    text, by = typed.text or "", typed.by
    typed.forget()
    if text != paragraph.text:
        paragraph.text = text
        paragraph.save_by(by, "typed", at=at)


def keep_what_was_typed(meeting: Meeting, *, at: datetime) -> None:
    """In all of a locked meeting: before its minutes are cleared, sent out or frozen."""
    for paragraph in locked(being_typed().filter(item__meeting=meeting)).order_by("pk"):
        keep(paragraph, at=at)


def being_typed():
    return Paragraph.objects.filter(typed__text__isnull=False).select_related("typed__by", "item__meeting")


@operation
def keep_idle(paragraph: Paragraph) -> None:
    """Whoever typed it has gone away without leaving it."""
    locked(Meeting.objects).get(pk=paragraph.item.meeting_id)
    found = locked(being_typed()).filter(pk=paragraph.pk).first()
    if found:
        keep(found, at=portal_now())


class WrittenElsewhere(Refused):
    """The notepad says something else than whoever writes it anew knew: another window of theirs wrote it."""

    def __init__(self, pad: Notepad):
        self.pad = pad
        super().__init__(["Your notepad was written in another window meanwhile."])


@operation
def jot(meeting: Meeting, text: str, *, known: str | None = None, by: User) -> Notepad:
    """Write one's own notepad anew. Nobody else ever reads it. `known` is what it was known to say, as `reads` has it. May raise WrittenElsewhere."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_write_in(meeting, Standing.at(by, now), now))
    pad = Notepad.objects.filter(meeting=meeting, user=by).first() or Notepad(meeting=meeting, user=by)
    if known is not None and known != pad.reads and text != pad.text:
        raise WrittenElsewhere(pad)
    return pad.write(text, at=now)


@operation
def places_at(block: Paragraph, *kinds: str, by: User) -> list[Paragraph]:
    """Of a deleted block make the places of records again, one behind the other: the last is the block itself, the others stand before it."""
    meeting, now = locked_meeting(Meeting(pk=block.item.meeting_id)), portal_now()
    block = locked(Paragraph.objects.select_related("item")).get(pk=block.pk)
    block.item.meeting = meeting
    require(refusals_to_minute(meeting, Standing.at(by, now), now))
    before = block.item.paragraphs.filter(order__lt=block.order).aggregate(last=Max("order"))["last"] or Decimal(0)
    step = (block.order - before) / len(kinds)
    made = [
        Paragraph(item=block.item, order=before + step * n, kind=kind).save_by(by, at=now) for n, kind in enumerate(kinds[:-1], 1)
    ]  # fmt: skip
    block.kind, block.text, block.dropped = kinds[-1], "", False
    return [*made, block.save_by(by, f"made the place of {Kind(block.kind).label.lower()}", at=now)]


@operation
def turn_into(block: Paragraph, kind: str, *, text: str = "", by: User) -> Paragraph:
    """Make a block that was typed the place of something else: an action, a decision, a heading, an update."""
    meeting, now = locked_meeting(Meeting(pk=block.item.meeting_id)), portal_now()
    block = locked(Paragraph.objects.select_related("item", "typed__by")).get(pk=block.pk)
    block.item.meeting = meeting
    require(refusals_to_minute(meeting, Standing.at(by, now), now), refusals_of_paragraph(text), refusals_to_drop_paragraph(block))
    if block.typing:
        block.typed.forget()
    block.kind, block.text = kind, text
    return block.save_by(by, f"made the place of {Kind(kind).label.lower()}", at=now)
