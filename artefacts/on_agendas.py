"""Which artefacts items of agendas are about, and in which version; and which of them are for decision at a meeting to come."""

from collections.abc import Collection, Iterable, Sequence

from artefacts.finding import find_artefact
from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactVersion
from decisions.models import Question
from meetings.for_decision import ForDecision, where_decided
from meetings.models import AgendaItem
from records.versions import named_or_newest

KIND = "artefact"
SOURCE = "artefact_version:"  # what an item is tabled from, then the key of the version


def version_meant(artefact: Artefact, label: str) -> ArtefactVersion | None:
    """The one that is named, of those put forward; else the newest. Reads the prefetched versions."""
    return named_or_newest(label, (each for each in artefact.versions.all() if each.status == VersionStatus.FIXED))


def named_by(items: Iterable[AgendaItem], catalogue: Sequence[Artefact]) -> dict[int, tuple[Artefact, ArtefactVersion]]:
    """Of each item that is about one of these, by its key: which, and in which version.

    By what is asked on it; else by what it was tabled from; else by its title. Reads the prefetched versions.
    """
    items = list(items)
    asked = {each.item_id: each for each in Question.objects.filter(item__in=items).order_by("pk")}
    found = {}
    for item in items:
        artefact, label = _meant(item, asked.get(item.pk), catalogue)
        if artefact and (version := version_meant(artefact, label)):
            found[item.pk] = (artefact, version)
    return found


def _meant(item: AgendaItem, question: Question | None, catalogue: Sequence[Artefact]) -> tuple[Artefact | None, str]:
    if question and question.subject:
        return find_artefact(question.subject, catalogue), question.version
    key = item.source.removeprefix(SOURCE)
    if item.source.startswith(SOURCE) and key.isdigit():
        tabled = next(((artefact, each.label) for artefact in catalogue for each in artefact.versions.all() if each.pk == int(key)), None)
        if tabled:
            return tabled
    return find_artefact(item.title, catalogue), ""


def for_decision(artefacts: Sequence[Artefact], near: Collection[int]) -> dict[int, ForDecision]:
    """Where each is for decision, by its key; `near` as in `where_decided`. Reads the prefetched versions."""

    def named(items: list[AgendaItem]) -> dict[int, dict[str, str]]:
        return {item: {artefact.slug: version.label} for item, (artefact, version) in named_by(items, artefacts).items()}

    return where_decided(KIND, {each.slug: each for each in artefacts}, near, named)
