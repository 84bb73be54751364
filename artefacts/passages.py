"""Which passages of a version differ from the one that was put to the group, whose baseline it is made for: read from the comparison of their files."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from artefacts.comparing import kept_files, sides_of
from artefacts.models import ArtefactVersion, Baseline
from files.comparing import IN, OUT, SAME, Piece, words
from files.models import Visibility
from files.pairing import Side
from files.shown import SAME_FILE, Told, compared
from records.canonical import canonical, sha256
from records.versions import key_of_version


class Differing(NamedTuple):
    """One passage, by the key it keeps; or a sentence why those of a file are not listed."""

    key: str
    title: str
    where: str = ""
    before: str = ""
    after: str = ""
    sentence: str = ""
    is_public: bool = False

    @property
    def pieces(self) -> list[Piece]:
        return pieces_of(self.before, self.after)


def pieces_of(before: str, after: str) -> list[Piece]:
    """What was struck and put in: of one that only went or came, the whole."""
    if before and after:
        return words(before, after)
    return [Piece(OUT if before else IN, before or after)]


def baseline_issued_by(version: ArtefactVersion) -> Baseline | None:
    """The baseline under whose label it is issued, where another version was put to the group: 1.0 is made from 0.9."""
    return next((each for each in version.artefact.baselines.all() if each.label and key_of_version(each.label) == version.key and each.version_id not in (None, version.pk)), None)


def differing(version: ArtefactVersion, put: ArtefactVersion) -> list[Differing]:
    """What differs from the version that was put to the group, in the order of the files. A fixed number of queries."""
    before, after = kept_files(put), kept_files(version)
    told = [each for each in compared(sides_of(before), sides_of(after)) if not each.is_marked]
    public = {file.digest for file in (*before, *after) if file.visibility == Visibility.PUBLIC}
    times: Counter[str] = Counter()
    return [_numbered(each, times) for one in told for each in _of_file(one, all(side is None or side.digest in public for side in (one.before, one.after)))]


def _numbered(each: Differing, times: Counter[str]) -> Differing:
    """The second of the same words has a key of its own."""
    times[each.key] += 1
    return each._replace(key=sha256(canonical([each.key, times[each.key]])))


def _of_file(told: Told, is_public: bool) -> Iterator[Differing]:
    title = told.title[:150]
    if told.sentence:
        if told.sentence != SAME_FILE:
            yield Differing(sha256(canonical([title])), title, sentence=_not_compared(told.before, told.after, told.sentence), is_public=is_public)
        return
    for block in told.blocks:
        if block.kind != SAME:
            before, after = ("".join(text for kind, text in block.pieces if kind in (SAME, side)) for side in (OUT, IN))
            yield Differing(sha256(canonical([title, before, after])), title, block.where, before, after, is_public=is_public)
    if told.left_out:
        yield Differing(sha256(canonical([title, "more"])), title, sentence=f"{told.left_out} more differ: too many, or too long, to be listed.", is_public=is_public)


def _not_compared(before: Side | None, after: Side | None, sentence: str) -> str:
    if before is None or after is None:
        return f"The portal holds no document of the {'earlier' if before is None else 'later'} version, so nothing could be compared."
    return f"The files could not be compared. {sentence}"
