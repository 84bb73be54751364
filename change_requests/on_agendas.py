"""Which change requests items of agendas are about; and which of them are for decision at a meeting to come."""

import re
from collections.abc import Collection, Iterable, Sequence

from change_requests.finding import reference_of, references_in
from change_requests.lifecycle import VersionStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion
from decisions.models import Question
from meetings.for_decision import ForDecision, where_decided
from meetings.models import AgendaItem
from records.versions import named_or_newest

KIND = "change_request"


def named_by(items: Iterable[AgendaItem]) -> dict[int, dict[str, str]]:
    """Of each item, by its key: which change requests it is about, and in which version where that is said.

    By its title, by what it was tabled from, and by what is asked on it.
    """
    items = list(items)
    told = {item.pk: _titled(item) for item in items}
    sources = {item.pk: int(key) for item in items if (key := item.source.removeprefix(f"{KIND}:")).isdigit() and item.source.startswith(f"{KIND}:")}
    references = dict(ChangeRequest.objects.filter(pk__in=sources.values()).values_list("pk", "reference")) if sources else {}
    for item, pk in sources.items():
        if pk in references:
            told[item].setdefault(references[pk], "")
    for item, subject, version in Question.objects.filter(item__in=items).order_by("pk").values_list("item", "subject", "version"):
        if reference := reference_of(subject):
            told[item][reference] = version
    return told


def _titled(item: AgendaItem) -> dict[str, str]:
    """Which change requests its title names, and in which version if it names one alone."""
    named = references_in([item.title])
    version = re.search(r"\bv(?:ersion )?(\d+(?:\.\d+)*)\b", item.title, re.IGNORECASE) if len(named) == 1 else None
    return dict.fromkeys(named, version[1] if version else "")


def fixed(request: ChangeRequest) -> list[ChangeRequestVersion]:
    """Its fixed versions, in their order. Reads the prefetched versions."""
    return sorted((each for each in request.versions.all() if each.status == VersionStatus.FIXED), key=lambda each: each.place)


def version_meant(request: ChangeRequest, label: str) -> ChangeRequestVersion | None:
    """The one that is named; else the newest."""
    return named_or_newest(label, fixed(request))


def for_decision(requests: Sequence[ChangeRequest], near: Collection[int]) -> dict[int, ForDecision]:
    """Where each is for decision, by its key; `near` as in `where_decided`. Reads the prefetched versions."""
    known = {each.reference: each for each in requests}

    def label(reference: str, said: str) -> str:
        version = version_meant(known[reference], said)
        return version.label if version else ""

    def named(items: list[AgendaItem]) -> dict[int, dict[str, str]]:
        return {item: {ref: label(ref, said) for ref, said in told.items() if ref in known} for item, told in named_by(items).items()}

    return where_decided(KIND, known, near, named)
