"""What a reader's words mean, and which records on the shelf say it."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import QuerySet

from records.acronyms import terms
from records.editions import nouns
from records.prepared import planned_anew
from records.references import LOOKS_LIKE_ONE, key_of
from register.models import Shelf
from register.shelving import CONFIG

LONGEST = 200  # characters of a query
COUNTED = 1000  # rows; beyond that there are "more than"
MOST = COUNTED + 1  # of all hits, so many of the newest are put in order of how well they fit


@cache
def synonyms() -> list[list[str]]:
    """Groups of phrases that mean the same, from files anybody can review: phrases, and the short words of the programme."""
    same = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text())["same"]
    return same + [[term.short, term.long] for term in terms()]


def words_meant(query: str) -> list[str]:
    """The query, and the same with each known phrase in it said otherwise."""
    meant, lowered = [query], query.casefold()
    for group in synonyms():
        for phrase in group:
            if re.search(rf"(?<!\w){re.escape(phrase.casefold())}(?!\w)", lowered):
                meant += [_said_otherwise(query, phrase, other) for other in group if other != phrase]
    return list(dict.fromkeys([*meant, *_one_or_many(query)]))[:12]


_IN_PARTS = re.compile(r"[a-z]{2,12} [a-z]{2,12}[ -]?\d{1,5}", re.I)  # DAG DEC 01

# A short word like SLA, DNO or CR: its only vowel, if any, comes last, and then PostgreSQL does not know its plural for the same word.
_SHORT = re.compile(r"(?<![\w-])([bcdfghjklmnpqrstvwxz]{1,5}[a-z])\b(?<!s)(?!-)|(?<![\w-])([bcdfghjklmnpqrstvwxz]{1,5}[a-rt-z])s\b(?!-)", re.I)


def _one_or_many(query: str) -> list[str]:
    """The query with each such word as many where it is one, and as one where it is many."""
    found = list(_SHORT.finditer(query))
    return [query[: each.start()] + (f"{each[1]}s" if each[1] else each[2]) + query[each.end() :] for each in found]


def _said_otherwise(query: str, phrase: str, other: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", lambda _: f'"{other}"', query, flags=re.I)


def asked_for(query: str) -> SearchQuery:
    """As PostgreSQL looks for it. References are looked for by their key, in whatever spelling they come."""
    first, *others = (SearchQuery(words, search_type="websearch", config=CONFIG) for words in _keyed(query))
    for other in others:
        first |= other
    return first


def _keyed(query: str) -> list[str]:
    whole = [key_of(query)] if _IN_PARTS.fullmatch(query.strip()) else []
    return [LOOKS_LIKE_ONE.sub(lambda found: key_of(found[0]), words) for words in words_meant(query)] + whole


def matching(rows: QuerySet[Shelf], query: str) -> QuerySet[Shelf]:
    return rows.filter(words=asked_for(query)) if query.strip() else rows


def speaking_of(*names: str) -> QuerySet[Shelf]:
    """What names one of these: a reference in whatever spelling, or a name word by word."""
    return Shelf.objects.filter(words=reduce(or_, map(_asking_for, names)))


def _asking_for(name: str) -> SearchQuery:
    if LOOKS_LIKE_ONE.fullmatch(name):
        return SearchQuery(key_of(name), search_type="plain", config=CONFIG)
    return SearchQuery(name, search_type="phrase", config=CONFIG)


def named_exactly(query: str) -> Shelf | None:
    """The record that the query is the reference of, in any spelling; none where there are several."""
    found = list(Shelf.objects.filter(key=key_of(query)).defer("words")[:2]) if key_of(query) else []
    return found[0] if len(found) == 1 else None


class Found(NamedTuple):
    rows: list[Shelf]  # those that fit best first, of the newest hits
    counts: dict[str, int]  # of each noun, as far as there are any; beyond COUNTED, one more than that is enough to know


_NEWEST = """
    WITH newest AS MATERIALIZED (
        SELECT id, noun, sort_on, ts_rank(words, {query}) AS rank FROM register_shelf WHERE words @@ ({query}) %(only)s
        ORDER BY sort_on DESC, "order" DESC, id DESC LIMIT %(most)s
    )
    (SELECT '', id FROM newest ORDER BY rank DESC, sort_on DESC, id DESC LIMIT %(shown)s OFFSET %(start)s)
    UNION ALL (SELECT noun, count(*) FROM newest GROUP BY noun)
"""
# The noun stands in the text, not beside it: how many rows a noun has decides which index PostgreSQL had better use.
_COUNT = """
    SELECT '%(noun)s', (SELECT count(*) FROM (SELECT FROM register_shelf WHERE noun = '%(noun)s' AND words @@ ({query}) LIMIT %(most)s) AS found)
"""


def found(query: str, kinds: Iterable[str], kind: str = "", start: int = 0, shown: int = 20) -> Found:
    """What says it, of that kind or of all: so many from a place on. Whoever has read the newest hits has counted them, unless there are more."""
    only = f"AND noun = '{kind}'" if kind in nouns else ""
    newest = _NEWEST % {"only": only, "most": MOST, "shown": int(shown), "start": int(start)}
    told = _asked_with(" UNION ALL ".join([newest, *_counting(noun for noun in kinds if only and noun != kind)]), query)
    counts = {noun: count for noun, count in told if noun and count}
    if not only and sum(counts.values()) >= MOST and (left := [noun for noun in kinds if counts.get(noun, 0) < MOST]):
        counts |= {noun: count for noun, count in _asked_with(" UNION ALL ".join(_counting(left)), query) if count}
    shelf = Shelf.objects.defer("words").in_bulk([pk for noun, pk in told if not noun])
    return Found([shelf[pk] for noun, pk in told if not noun], {noun: counts[noun] for noun in kinds if noun in counts})


def _counting(kinds: Iterable[str]) -> list[str]:
    """For each kind how many say it, by a plan of its own."""
    return [_COUNT % {"noun": noun, "most": MOST} for noun in kinds if noun in nouns]


def _asked_with(sql: str, query: str, *params: Any) -> list[tuple]:
    """What plain SQL answers in which {query} stands for what a reader asks for. What else it asks with comes after that."""
    words = _keyed(query)
    asked = " || ".join([f"websearch_to_tsquery('{CONFIG}', %s)"] * len(words))
    with planned_anew(), connection.cursor() as cursor:
        cursor.execute(sql.format(query=asked), [*words * sql.count("{query}"), *params])
        return cursor.fetchall()


def count_in_words(count: int) -> str:
    """ "12", "more than 1,000"."""
    return f"more than {COUNTED:,}" if count > COUNTED else f"{count:,}"


START, STOP = "\ue000", "\ue001"  # round each word that was found, until it is shown
_HEADLINES = """
    SELECT n, ts_headline('portal', said, {query}, %s) FROM unnest(%s::int[], %s::text[]) AS texts (n, said)
"""
_LENGTH = f'StartSel="{START}", StopSel="{STOP}", MaxWords=32, MinWords=14, MaxFragments=2, FragmentDelimiter=" … "'


def snippets(texts: list[str], query: str) -> list[str]:
    """Of each text the part that says it; what was found stands between START and STOP. One query."""
    if not texts:
        return []
    found = dict(_asked_with(_HEADLINES, query, _LENGTH, list(range(len(texts))), texts))
    return [found[n] for n in range(len(texts))]
