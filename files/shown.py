"""What a page shows of comparisons: struck, added, counted. What of it may be shown is for the page to say, by the files it names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from files import scanning
from files.comparing import CHANGED, IN, OUT, SAME, Piece, words
from files.models import Blob, Comparison, Scan
from files.pairing import REDLINE, Pair, Side, paired, redlines
from files.scanning import Result
from ledger.withdrawn import SAID, without, words_withdrawn

SAME_FILE = "It is the same file in both, byte for byte."
NOT_ASKED = "These two files have not been compared."
BEING_MADE = "The comparison is being made: look again in some minutes."
INFECTED = "The virus scanner found something in one of the files: what is in them is not shown."
UNSCANNED = "The virus scanner has not answered yet. What is in the files is shown when it has."


def never_scanned(digests: Iterable[str]) -> set[str]:
    """Of the files that are handed out under these hashes: those that no scanner has looked at. Where one is named, such a file is not handed out."""
    asked = set(digests)
    if not asked or scanning.is_named():
        return set()
    said = Scan.objects.filter(blob=OuterRef("pk")).exclude(result=Result.UNANSWERED)
    blobs = Blob.objects.filter(Q(sha256__in=asked) | Q(clean_copy__sha256__in=asked)).exclude(Exists(said)).select_related("clean_copy")
    return {blob.served.sha256 for blob in blobs} & asked


class Block(NamedTuple):
    """What stands together: passages that stayed, folded; or one that differs, with its pieces."""

    kind: str
    where: str
    pieces: list[Piece]
    n: int = 0
    texts: tuple[str, ...] = ()
    unit: str = ""

    @property
    def folded(self) -> str:
        return f"… {in_units(self.n, self.unit)} the same …"

    @property
    def more(self) -> int:
        """How many of them are the same, too, and not told."""
        return self.n - len(self.texts)


@dataclass
class Told:
    """One comparison as a page shows it: what differs, or the sentence in place of it."""

    before: Side | None
    after: Side | None
    sentence: str = ""
    summary: str = ""
    unit: str = ""
    left_out: int = 0
    blocks: list[Block] = field(default_factory=list)
    is_asked: bool = False  # or there is nothing to ask for

    @property
    def title(self) -> str:
        return (self.after or self.before).title  # type: ignore[union-attr]

    @property
    def is_marked(self) -> bool:
        """The changes are those that are marked in the file itself."""
        return self.before is None and self.after is not None and self.after.form == REDLINE

    @property
    def left_out_in_words(self) -> str:
        more = f"{in_units(self.left_out, self.unit)} more {'differs' if self.left_out == 1 else 'differ'}"
        return f"{more}: that is too many, or too long, to be shown here. Both files can be taken away above."


def versions_page(versions: Mapping[str, Any], two: tuple[str, str] | None, sides: Callable[[Any], list[Side]]) -> dict[str, Any]:
    """What the page of two versions needs: all there are, which two, and the files of these."""
    own = [sides(versions[key]) for key in two] if two else [[], []]
    files = compared(*own) if two else [told for version in versions.values() for told in marked_in(sides(version))]
    return {
        "labels": [(key, version.called) for key, version in versions.items()],
        "from": two[0] if two else "", "to": two[1] if two else "", "before": two and versions[two[0]], "after": two and versions[two[1]],
        "sides": own, "files": files, "unasked": not all(told.is_asked for told in files),
    }  # fmt: skip


def compared(before: list[Side], after: list[Side]) -> list[Told]:
    """The files of one version against those of another; and what is marked in the later one's redline, if it was drawn. A fixed number of queries."""
    pairs, marked = paired(before, after), redlines(after)
    known = _known(pairs, marked)
    withdrawn = words_withdrawn() if known else []
    told = [_told(pair, known, withdrawn) for pair in pairs]
    drawn = [_told((None, each), known, withdrawn) for each in marked if ("", each.sha256) in known]
    return [*told, *drawn]


def marked_in(sides: list[Side]) -> list[Told]:
    """The same of a version that has none beside it: what is marked in its redline."""
    return compared([], redlines(sides))


def _known(pairs: list[Pair], marked: list[Side]) -> dict[tuple[str, str], Comparison]:
    """By the hashes of what was handed in; the other way round, too."""
    of_two = [Q(before__sha256=a.sha256, after__sha256=b.sha256) for one, other in pairs if one and other for a, b in ((one, other), (other, one))]
    of_one = [Q(before=None, after__sha256=each.sha256) for each in marked]
    if not of_two + of_one:
        return {}
    found = Comparison.objects.to_be_shown().filter(reduce(or_, of_two + of_one))
    return {(each.before.sha256 if each.before else "", each.after.sha256): each for each in found}


def _told(pair: Pair, known: dict[tuple[str, str], Comparison], withdrawn: list[str]) -> Told:
    one, other = pair
    told = Told(one, other, is_asked=True)
    if other is None:
        told.sentence = "The portal holds no document of the later version that you may have."
    elif one is None and other.form != REDLINE:
        told.sentence = "The portal holds no document of the earlier version that you may have."
    elif one and one.digest == other.digest:
        told.sentence = SAME_FILE
    elif comparison := known.get((one.sha256 if one else "", other.sha256)):
        _fill(told, comparison, withdrawn, turned=False)
    elif one and (comparison := known.get((other.sha256, one.sha256))):
        _fill(told, comparison, withdrawn, turned=True)
    else:
        told.sentence, told.is_asked = NOT_ASKED, False
    return told


def _fill(told: Told, comparison: Comparison, withdrawn: list[str], *, turned: bool) -> None:
    blobs = [blob for blob in (comparison.before, comparison.after) if blob]
    result = getattr(comparison, "result", None)
    if any(blob.is_infected for blob in blobs):
        told.sentence = INFECTED
    elif not all(blob.is_servable for blob in blobs):
        told.sentence = UNSCANNED
    elif result is None:
        told.sentence = BEING_MADE
    elif result.why_not:
        told.sentence = without(result.why_not, withdrawn)
    else:
        said = _turned(result.told) if turned else result.told
        told.unit, told.left_out, told.summary = said["unit"], said["left_out"], summary(said)
        told.blocks = list(_blocks(said, withdrawn))


def summary(said: dict[str, Any]) -> str:
    """ "14 paragraphs changed, 3 added, 1 removed." """
    counted = [(said[kind], word) for kind, word in ((CHANGED, "changed"), (IN, "added"), (OUT, "removed")) if said[kind]]
    told = [f"{in_units(n, said['unit']) if not at else f'{n:,}'} {word}" for at, (n, word) in enumerate(counted)]
    told += [f"{in_units(said['columns'][kind], 'column')} {word}" for kind, word in ((IN, "added"), (OUT, "removed")) if said["columns"][kind]]
    return f"{', '.join(told)}." if told else f"The text is the same in both: {in_units(said[SAME], said['unit'])}."


def in_units(n: int, unit: str) -> str:
    return f"{n:,} {unit}{'' if n == 1 else 's'}"


_OTHER_WAY = {IN: OUT, OUT: IN}


def _turned(said: dict[str, Any]) -> dict[str, Any]:
    """The same from the later to the earlier."""
    columns = {IN: said["columns"][OUT], OUT: said["columns"][IN]}
    return said | {IN: said[OUT], OUT: said[IN], "columns": columns, "blocks": [_turned_block(block) for block in said["blocks"]]}


def _turned_block(block: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] == CHANGED:
        return block | {"before": block["after"], "after": block["before"], "steps": None}
    return block | {"kind": _OTHER_WAY.get(block["kind"], block["kind"])}


def _blocks(said: dict[str, Any], withdrawn: list[str]) -> Iterator[Block]:
    for block in said["blocks"]:
        kind, where = block["kind"], without(block.get("where", ""), withdrawn)
        if kind == SAME:
            yield Block(kind, "", [], block["count"], tuple(without(block["texts"], withdrawn)), said["unit"])
        elif kind == CHANGED:
            yield Block(kind, where, _pieces(block, withdrawn))
        else:
            yield Block(kind, where, [Piece(kind, without(block["text"], withdrawn))])


def _pieces(block: dict[str, Any], withdrawn: list[str]) -> list[Piece]:
    """As they were kept; anew, where words were taken out of the passage since and its letters stand elsewhere."""
    before, after = without(block["before"], withdrawn), without(block["after"], withdrawn)
    if block["steps"] is None or (before, after) != (block["before"], block["after"]) or SAID in before + after:
        return words(before, after)
    return [Piece(kind, (before if kind == OUT else after)[start:end]) for kind, start, end in block["steps"]]
