"""A process of its own: a register that grows from a thousand decisions to a hundred thousand, and what its pages cost at either size.

    python -m bench.large POSTMASTER SIZES…    the process of PostgreSQL, and how many decisions; the answer goes to standard output as JSON

One decision is taken by the verbs. The others are copies of its rows under names of their own: each with its edition, its place on the
shelf, and entries in the ledger, which verifies. Every 20th speaks of *hydrology*, every one of *settlement*.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from typing import Any

ASKED = {
    "a list": "/decisions/?never={n}",
    "a page far down a list": "/decisions/?after={far}&never={n}",
    "search: a word in 5 %": "/search/?q=hydrology&kind=decision&never={n}",
    "search: a word in all": "/search/?q=settlement&kind=decision&never={n}",
    "search: a word in none": "/search/?q=zebra&kind=decision&never={n}",
    "the decision page": "{decision}?never={n}",
    "home": "/?never={n}",
    "the secretary’s desk": "/desk/?never={n}",
    "the bare page": "/bench/page/?never={n}",
}
TIMES = 40
AT_ONCE = 2000
SAMPLE = 100


def main(postmaster: int, sizes: list[int]) -> None:
    with redirect_stdout(sys.stderr):
        told = grown(postmaster, sizes)
    print(json.dumps(told))


def grown(postmaster: int, sizes: list[int]) -> dict[str, Any]:
    import django

    django.setup()
    from bench import processor

    def seconds() -> float:
        return processor.seconds([os.getpid(), postmaster])

    grove = Grove()
    return {str(size): {"pages, ms": pages(grove, size, seconds)} | checks(grove, seconds) for size in sizes}


def pages(grove: "Grove", size: int, seconds: Callable[[], float]) -> dict[str, float]:
    """Milliseconds of processor for each, made anew, asked in turn."""
    from django.conf import settings
    from django.test import Client

    from bench.furniture import session_of

    grove.grow(size)
    stranger, secretary = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    secretary.cookies[settings.SESSION_COOKIE_NAME] = session_of(grove.house.pmo)
    spent = dict.fromkeys(ASKED, 0.0)
    named = {"far": grove.far(), "decision": grove.first.get_absolute_url()}
    for n in range(-2, TIMES, 4):
        for name, address in ASKED.items():
            client, before = secretary if address.startswith("/desk/") else stranger, seconds()
            for k in range(4):
                answer = client.get(address.format(n=f"{size}-{n}-{k}", **named))
                assert answer.status_code == 200, (name, answer.status_code)  # noqa: S101 - nothing else would be measured
            spent[name] += 0 if n < 0 else seconds() - before  # the first round warms up
    return {name: round(1000 * spent[name] / TIMES, 2) for name in spent}


def checks(grove: "Grove", seconds: Callable[[], float]) -> dict[str, Any]:
    """Whether what was made is whole, and what it takes to say so."""
    from ledger.models import Entry
    from ledger.verifying import faults
    from register import checking

    before = seconds()
    found = list(faults())
    spent = round(seconds() - before, 1)
    some = grove.some(SAMPLE)
    found += list(checking.faults(lambda noun: some if noun.name == "decision" else []))
    return {"entries": Entry.objects.count(), "verify_ledger, s": spent, "faults": found[:10]}


class Grove:
    """One decision taken by the verbs, and as many copies of it as wanted."""

    def __init__(self) -> None:
        from bench.furniture import House
        from decisions import operations as decisions
        from decisions.models import Outcome
        from decisions.subjects import Subject, Terms
        from records.clock import portal_today

        self.house = house = House("GROVE", 3)
        drafted = decisions.draft(house.group, "CR901: settlement", "The SRO approved CR901, for settlement.", by=house.pmo)
        decisions.table(drafted, by=house.pmo)
        terms = Terms([Subject("change_request", "CR901", Outcome.APPROVED, version="1.2")], reasons=["It has been awaited since spring."], on=portal_today())
        self.first = decisions.publish(decisions.determine(drafted, terms, by=house.chair), by=house.pmo)
        self.made = 1
        house.wait_for_the_secretary()

    def grow(self, size: int) -> None:
        from django.db import connection, transaction

        for start in range(self.made + 1, size + 1, AT_ONCE):
            with transaction.atomic():
                self._copies(range(start, min(start + AT_ONCE, size + 1)))
        self.made = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def far(self) -> str:
        """Where a page far down the list begins."""
        from register.listing import Place
        from register.models import Shelf

        rows = Shelf.objects.of("decision")
        return str(Place.of(rows[int(self.made * 0.9)]))

    def some(self, count: int) -> list[int]:
        from decisions.models import Decision

        pks = list(Decision.objects.order_by("pk").values_list("pk", flat=True))
        return pks[:: max(1, len(pks) // count)]

    def _copies(self, numbers: range) -> None:
        from decisions.models import Decision, DecisionEdition, Reason, Settlement
        from records.canonical import canonical, sha256

        first = self.first
        settled, reason = first.settlements.get(), first.reasons.get()
        said, before = {n: self._said(n) for n in numbers}, first.editions.get()
        made = Decision.objects.bulk_create([copied(first, **said[n], revision=1) for n in numbers])
        settlements = Settlement.objects.bulk_create([copied(settled, decision=each, revision=1) for each in made])
        reasons = Reason.objects.bulk_create([copied(reason, decision=each, revision=1) for each in made])
        for model, rows in ((Decision, made), (Settlement, settlements), (Reason, reasons)):
            model.history.bulk_history_create(rows)
        bodies = [before.body | said[n] | {"plain_title": f"{each.title}: CR901 approved"} for n, each in zip(numbers, made, strict=True)]
        editions = DecisionEdition.objects.bulk_create(
            [copied(before, decision=each, body=body, sha256=sha256(canonical(body))) for each, body in zip(made, bodies, strict=True)]
        )
        self._shelve(editions)
        self._seal(made, editions)

    def _said(self, n: int) -> dict[str, Any]:
        about = "hydrology and settlement" if n % 20 == 0 else "settlement"
        return {"number": n, "reference": self.house.group.decision_reference(n), "title": f"Matter {n}", "wording": f"The SRO approved CR901, for {about}."}

    def _shelve(self, editions: list) -> None:
        from records.editions import nouns
        from register.models import Shelf
        from register.shelving import columns, vector

        rows, noun = [], nouns["decision"]
        for edition in editions:
            shelved = noun.shelve(edition.body)
            told = columns(edition, shelved)
            rows.append(Shelf(noun="decision", record_pk=edition.record_id, stamp=1, words=vector(shelved, edition.reference), **told))
        Shelf.objects.bulk_create(rows, batch_size=500)

    def _seal(self, made: list, editions: list) -> None:
        """Three entries each, as determining, publishing and issuing would write them, and each after the one before."""
        from ledger.models import Entry, Payload
        from records.canonical import canonical, plain, sha256

        like = {entry.kind: entry for entry in Entry.objects.filter(subject_pk=self.first.pk, subject_kind="decision").select_related("payload")}
        issued = Entry.objects.filter(subject_kind="decision_edition", subject_pk=self.first.editions.get().pk).select_related("payload").get()
        last = Entry.objects.order_by("-seq")[0]
        entries, payloads = [], []
        for decision, edition in zip(made, editions, strict=True):
            said = self._said(decision.number)
            told = [(like[kind], decision.pk, str(decision), like[kind].payload.body["record"] | said) for kind in ("determined", "published")]
            told.append((issued, edition.pk, str(edition), plain(edition.sealed())))
            for pattern, pk, reference, record in told:
                body = {"record": record, "facts": pattern.payload.body["facts"]}
                entry = copied(pattern, subject_pk=pk, subject_ref=reference, seq=last.seq + 1, prev_hash=last.hash)
                entry.payload_sha256 = sha256(pattern.payload.salt.encode(), canonical(body))
                entry.hash = entry.computed_hash()
                entries.append(entry)
                payloads.append((pattern.payload.salt, body))
                last = entry
        Entry.objects.bulk_create(entries)
        Payload.objects.bulk_create([Payload(entry=entry, salt=salt, body=body) for entry, (salt, body) in zip(entries, payloads, strict=True)])


def copied(record: Any, **changed: Any) -> Any:
    """The same row again, unsaved, but for what is changed."""
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields if not field.primary_key}
    for name, value in changed.items():
        field = record._meta.get_field(name)
        values[field.attname] = value.pk if field.is_relation and value is not None else value
    return type(record)(**values)


def lines(told: dict[str, Any]) -> Iterator[str]:
    """For people: milliseconds at each size, and how many times the smallest."""
    sizes = list(told)
    yield f"{'':<28}" + "".join(f"{int(size):>12,}" for size in sizes) + f"{'times':>10}{'of the bare page':>20}"
    for name in ASKED:
        spent = [told[size]["pages, ms"][name] for size in sizes]
        bare = told[sizes[-1]]["pages, ms"]["the bare page"]
        yield f"{name:<28}" + "".join(f"{ms:>9.1f} ms" for ms in spent) + f"{spent[-1] / spent[0]:>10.2f}{spent[-1] / bare:>20.1f}"
    for size in sizes:
        yield f"{int(size):,} decisions: {told[size]['entries']:,} entries verified in {told[size]['verify_ledger, s']} s of processor"


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    main(int(sys.argv[1]), [int(size) for size in sys.argv[2:]])
