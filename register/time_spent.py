"""Who had a change request when: the raiser, the PMO, those who assess it, the group, those who implement it. Counted from what its edition says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from records.editions import Body
from register.lifeline import Band, london_day

RAISER, PMO, ASSESSMENT, GROUP, IMPLEMENTATION = "raiser", "pmo", "assessment", "group", "implementation"
ENDED = ("rejected", "rejected_as_excluded", "withdrawn")
APPROVED = ("approved", "approved_subject_to", "baselined")


@dataclass(frozen=True)
class Had:
    """One of them, with all the times it had it. `days` are days of the calendar: from a day to the next is one."""

    who: str
    called: str
    bands: list[Band]

    @property
    def days(self) -> int:
        return sum((band.until - band.since).days for band in self.bands)


def time_spent(body: Body, agendas: dict[str, date], until: date | None) -> list[Had]:
    """`agendas`: on which day that of each meeting was published. `until`: the last day that is counted, if it goes on; else what happened last is.

    On every day one of them has it: what comes later on a day takes it over. Nothing is counted from before it was raised: no paper states that.
    """
    told = sorted(_turns(body, agendas), key=lambda turn: turn[0])
    if not body["raised_on"] or not told:
        return []
    end = until or told[-1][0]
    turns = [(max(on, date.fromisoformat(body["raised_on"])), who) for on, who in told if on <= end]
    had: dict[str, list[Band]] = defaultdict(list)
    for (since, who), (beyond, _) in pairwise([*turns, (end, "")]):
        if who and beyond > since:
            _add(had[who], Band(since, beyond, who, _called(who, body)))
    return [Had(who, _called(who, body), had[who]) for who in (RAISER, PMO, ASSESSMENT, GROUP, IMPLEMENTATION) if had[who]]


def _add(bands: list[Band], band: Band) -> None:
    """What follows on without a break is one."""
    if bands and bands[-1].until == band.since:
        band = Band(bands.pop().since, band.until, band.kind, band.title)
    bands.append(band)


def _called(who: str, body: Body) -> str:
    return {
        RAISER: body["raised_by"] or "Whoever raised it", PMO: "The PMO", ASSESSMENT: "Out for assessment", GROUP: f"The {body['group']}", IMPLEMENTATION: "Being implemented",
    }[who]  # fmt: skip


Turn = tuple[date, str]  # from that day on, who has it; empty: nobody any more


def _turns(body: Body, agendas: dict[str, date]) -> Iterator[Turn]:
    if body["raised_on"]:
        yield date.fromisoformat(body["raised_on"]), PMO
    versions = [_fixed_on(each) for each in reversed(body["versions"]) if each["fixed_at"]]
    for each in (each for each in body["assessments"] if each["status"] != "withdrawn"):  # on which day it was withdrawn the body does not say
        yield london_day(each["opens_at"]), ASSESSMENT
        yield london_day(each["closes_at"]), PMO
        if each["results"]:
            yield from _written_anew(london_day(each["results"]["published_at"]), versions)
    for each in body["past_assessments"]:
        yield from ((date.fromisoformat(on), who) for on, who in ((each["opened_on"], ASSESSMENT), (each["closed_on"], PMO)) if on)
    for meeting in {each["meeting"] for each in (*body["determinations"], *([body["for_decision"]] if body["for_decision"] else [])) if each["meeting"]}:
        if meeting in agendas:
            yield agendas[meeting], GROUP
    yield from ((london_day(each["opened_at"]), GROUP) for each in body["votes"] if each["opened_at"])
    for each in body["determinations"]:
        yield from _decided(each, versions, body["in_force_on"])


def _fixed_on(version: Body) -> date:
    return date.fromisoformat(version["dated_on"]) if version["dated_on"] else london_day(version["fixed_at"])


def _written_anew(since: date, versions: Iterable[date]) -> Iterator[Turn]:
    """The raiser had it until the next version, if one came."""
    if anew := next((on for on in versions if on > since), None):
        yield from ((since, RAISER), (anew, PMO))


def _decided(made: Body, versions: Iterable[date], in_force_on: str | None) -> Iterator[Turn]:
    on = date.fromisoformat(made["decided_on"])
    if made["outcome"] in APPROVED:
        yield on, IMPLEMENTATION
        if in_force_on:
            yield max(on, date.fromisoformat(in_force_on)), ""
    elif made["outcome"] in ENDED:
        yield on, ""
    elif made["outcome"] == "sent_back":
        yield on, RAISER
        if anew := next((day for day in versions if day > on), None):
            yield anew, PMO
    else:
        yield on, GROUP if made["outcome"] == "deferred" else PMO
