"""Where references in running text lead: only to what stands on the shelf."""

import re
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from artefacts.finding import number_and_name
from records.references import key_of, register_kind
from register.models import Shelf

REFERENCE = r"[A-Z][A-Za-z]+-[A-Z]{1,8}\d+(?:\.\d+)*|[A-Z][A-Za-z]+\d+(?:\.\d+)?-\d\d+|[A-Z]{2,}\d{3}(?:\.\d+)?"
DOCUMENT = r"(?:[A-Z]{2,6}-)?[A-Z]{2,6}[ -]?\d{1,5}"  # the number of a document, as minutes cite it: DES-196, DES196, "DES 196"
AS_THEY_ARE = ("decision", "action", "meeting", "change_request", "release")

_document = re.compile(DOCUMENT)


def published(named: set[str]) -> dict[str, str]:
    """The addresses of those decisions, actions, meetings, change requests, releases and documents that anyone may see, in one query."""
    spelt: dict[str, list[str]] = defaultdict(list)
    for each in named:
        if _document.fullmatch(each):
            spelt[key_of(each)].append(each)
    rows = Shelf.objects.filter(Q(reference__in=named, noun__in=AS_THEY_ARE) | Q(noun="artefact", key__in=list(spelt)))
    found, documents = {}, defaultdict(list)
    for noun, reference, key, address, number in rows.values_list("noun", "reference", "key", "address", "facets__number"):
        if noun != "artefact":
            found[reference] = address
        elif number:
            documents[key].append(address)
    return {text: _only(addresses, text) for key, addresses in documents.items() for text in spelt[key]} | found


def _only(addresses: list[str], text: str) -> str:
    """Of the document; of several that share the number, to all of them."""
    return addresses[0] if len(addresses) == 1 else f"{reverse('register:artefacts')}?{urlencode({'q': text})}"


def documents_named(cited: Collection[str]) -> dict[str, str]:
    """The addresses of the artefacts that are cited so, by number, by name, or by both; as far as each is one on record. One query."""
    told = {each: number_and_name(each) for each in cited}
    known = Q(key__in={key_of(part) for each in told.values() for part in each if part}) | Q(title__in=told)
    rows = list(Shelf.objects.filter(known, noun="artefact").defer("words")) if told else []
    found = {text: [row for row in rows if row.title == text or _is_meant(row, number, name)] for text, (number, name) in told.items()}
    return {text: meant[0].address for text, meant in found.items() if len(meant) == 1}


def _is_meant(row: Shelf, number: str, name: str) -> bool:
    """A number alone is enough if only one has it; whoever says the name, too, means that one."""
    same_number = not number or key_of(row.facets["number"]) == key_of(number)
    return same_number and (key_of(row.facets["name"]) == key_of(name) if name else bool(number))


def register_kinds() -> None:
    register_kind(f"{REFERENCE}|{DOCUMENT}", published)
