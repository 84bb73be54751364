"""The filters of the register of decisions: GET parameters, each removable, all of them bounded."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from decisions.models import Decision, Outcome, Reason, Settlement
from groups.models import Group
from records.typed import cleaned

LONGEST_QUERY = 200
SEARCHED = SearchVector("reference", "title", "wording", "what_this_means", config="english")


@cache
def synonyms() -> list[list[str]]:
    """Groups of phrases that mean the same, from a file anybody can review."""
    return tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text())["same"]


def words_meant(query: str) -> list[str]:
    """The query, and the same with each known phrase in it said otherwise."""
    meant, lowered = [query], query.casefold()
    for group in synonyms():
        for phrase in group:
            if re.search(rf"\b{re.escape(phrase.casefold())}\b", lowered):
                meant += [re.sub(rf"\b{re.escape(phrase)}\b", f'"{other}"', query, flags=re.I) for other in group if other != phrase]
    return meant[:12]


def change_requests_in(query: str) -> list[str]:
    """ "CR 18", "cr-018" -> CR018."""
    return [f"CR{int(n):03}" for n in re.findall(r"\bCR[\s-]*0*(\d{1,5})\b", query, re.I)]


@dataclass
class Filters:
    """What the reader asked for, tidied: what is unknown is left out rather than refused."""

    q: str = ""
    group: str = ""
    year: str = ""
    outcome: str = ""
    about: str = ""
    against: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> "Filters":
        told = {name: cleaned(params.get(name, "")).strip()[:LONGEST_QUERY] for name in cls.__dataclass_fields__}
        told["year"] = told["year"] if re.fullmatch(r"20\d\d", told["year"]) else ""
        told["outcome"] = told["outcome"] if told["outcome"] in Outcome.values else ""
        told["against"] = "1" if told["against"] else ""
        return cls(**told)

    def apply(self, decisions: QuerySet) -> QuerySet:
        if self.group:
            decisions = decisions.filter(group__code__iexact=self.group)
        if self.year:
            decisions = decisions.filter(decided_on__year=int(self.year))
        if self.outcome:
            decisions = decisions.filter(_settles(outcome=self.outcome))
        if self.about:
            refs = change_requests_in(self.about) or [self.about]
            decisions = decisions.filter(_settles(subject_ref__in=refs))
        if self.against:
            decisions = decisions.filter(against_advice=True)
        return self._matching(decisions) if self.q else decisions

    def _matching(self, decisions: QuerySet) -> QuerySet:
        query = SearchQuery("")
        for words in words_meant(self.q):
            query |= SearchQuery(words, search_type="websearch", config="english")
        reasons = Reason.objects.annotate(found=SearchVector("text", config="english")).filter(decision=OuterRef("pk"), found=query)
        named = Q(reference__iexact=self.q) | _settles(subject_ref__in=change_requests_in(self.q) or [self.q])
        return decisions.annotate(found=SEARCHED).filter(Q(found=query) | Exists(reasons) | named)

    def asked(self) -> dict[str, str]:
        return {name: value for name in self.__dataclass_fields__ if (value := getattr(self, name))}

    def query_string(self, without: str = "") -> str:
        return urlencode({name: value for name, value in self.asked().items() if name != without})

    def chips(self, address: str) -> list[dict]:
        """Each filter in force, in words, with the address of the same page without it."""
        labels = {
            "q": f"“{self.q}”",
            "group": f"Group: {self.group}",
            "year": f"Year: {self.year}",
            "outcome": f"Outcome: {dict(Outcome.choices).get(self.outcome)}",
            "about": f"About: {self.about}",
            "against": "Against the balance of advice",
        }
        return [{"label": labels[name], "remove_url": f"{address}?{self.query_string(without=name)}"} for name in self.asked()]


def _settles(**told) -> Exists:
    return Exists(Settlement.objects.filter(decision=OuterRef("pk"), **told))


def choices() -> dict:
    """What the filter form offers: one query for the groups; the years follow from the record."""
    published = Decision.objects.published()
    first = published.order_by("decided_on").values_list("decided_on", flat=True).first()
    last = published.order_by("-decided_on").values_list("decided_on", flat=True).first()
    return {
        "groups": list(Group.objects.filter(Exists(published.filter(group=OuterRef("pk")))).values_list("code", flat=True)),
        "years": list(range(last.year, first.year - 1, -1)) if first else [],
        "outcomes": Outcome.choices,
    }
