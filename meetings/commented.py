"""What the page of comments shows: each paragraph as the draft has it, what is said of it, and how what is proposed differs from what it read then."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from files.comparing import IN, OUT, Piece, words
from groups.standing import Standing
from meetings.editions import blocks_of
from meetings.models import AgendaItem, Asks, DraftComment, Minutes, Paragraph


class Given(NamedTuple):
    comment: DraftComment
    pieces: list[Piece]
    is_stale: bool  # what it is about has been changed since
    mine: bool  # said by the reader
    may: set[str]  # by their short names, the verbs that the reader may do to it


@dataclass
class Block:
    """A paragraph, and what an edition would show of it; nothing, where it is not in the draft any more."""

    paragraph: Paragraph
    shown: dict[str, Any] | None
    said: list[Given] = field(default_factory=list)


def comments_for(minutes: Minutes, standing: Standing) -> list[DraftComment]:
    """All of them; members not what the Chair proposed before the draft came to them."""
    group = minutes.meeting.group
    rows = DraftComment.objects.filter(paragraph__item__meeting=minutes.meeting).select_related(
        "seat", "made_by", "brought", "answer__recorded_by__person", "disagreement__taken_back", "recorded_by__person", "paragraph__typed", "paragraph__item__meeting__minutes",
        "paragraph__item__meeting__group",
    )  # fmt: skip
    if not (standing.runs(group) or standing.reads_for_assurance(group)):
        rows = rows.exclude(brought__was_circulated=False)
    return list(rows.order_by("pk"))


def pieces_of(comment: DraftComment) -> list[Piece]:
    if comment.asks == Asks.OUT:
        return [Piece(OUT, comment.on_text)]
    if comment.is_for_a_new_one:
        return [Piece(IN, comment.proposed)]
    return words(comment.on_text, comment.proposed) if comment.proposed else []


def is_stale(comment: DraftComment) -> bool:
    """Of records, whose words are kept elsewhere, nothing is said."""
    paragraph = comment.paragraph
    waits = not hasattr(comment, "answer") and not comment.is_for_a_new_one
    return waits and (paragraph.dropped or (bool(paragraph.reads.strip()) and paragraph.reads != comment.on_text))


def blocks(minutes: Minutes, said: dict[int, list[Given]]) -> Iterator[tuple[AgendaItem, list[Block]]]:
    """Item by item. What is not in the draft any more stands where it stood, if something was said of it."""
    gone = Paragraph.objects.filter(pk__in=said).select_related("item").order_by("order", "pk")
    for item in minutes.meeting.items.on_the_agenda():
        told = [Block(paragraph, shown, said.get(paragraph.pk, [])) for paragraph, shown in blocks_of(item)]
        here = {each.paragraph.pk for each in told}
        told += [Block(each, None, said[each.pk]) for each in gone if each.item_id == item.pk and each.pk not in here]
        if told:
            yield item, sorted(told, key=lambda each: (each.paragraph.order, each.paragraph.pk))
