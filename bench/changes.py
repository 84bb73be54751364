"""A process of its own: change requests that grow from a hundred to five thousand, each answered by ten organisations, and what their pages cost.

    python -m bench.changes POSTMASTER SIZES…    the process of PostgreSQL, and how many change requests; the answer goes to standard output as JSON

One is raised, assessed, answered and published by the verbs. The others are copies of its rows under names of their own, each with its
edition and its place on the shelf. They have no entries in the ledger, which no page of these reads.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from typing import Any

from bench.large import copied

TIMES = 24
AT_ONCE = 200
FIRMS = 10
# Asked by whom, and at which address.
ASKED = {
    "the list of change requests": ("", "/change-requests/?never={n}"),
    "the same, those that were assessed": ("", "/change-requests/?state=assessed&never={n}"),
    "search: a word in all": ("", "/search/?q=midnight&kind=change_request&never={n}"),
    "one, with what came of it": ("", "{page}?never={n}"),
    "its assessment, for assurance": ("reader", "{assessment}?never={n}"),
    "the same, for a seat": ("seat", "{assessment}?never={n}"),
    "the answers as CSV": ("reader", "{assessment}answers.csv?never={n}"),
    "what an organisation is asked": ("respondent", "/desk/assessments/?never={n}"),
    "the change requests of one’s groups": ("seat", "/desk/change-requests/?never={n}"),
    "the same, page 2 of what is open": ("seat", "/desk/change-requests/?state=open&page=2&never={n}"),
    "all followed through, for assurance": ("reader", "/desk/groups/QUARRY/process/change-requests/?never={n}"),
    "the bare page": ("", "/bench/page/?never={n}"),
}


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

    quarry = Quarry()
    return {str(size): quarry.grow(size) | pages(quarry, size, seconds) for size in sizes}


def pages(quarry: "Quarry", size: int, seconds: Callable[[], float]) -> dict[str, Any]:
    """Milliseconds of processor and queries for each, made anew, asked in turn."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clients, spent, queries = quarry.clients(), dict.fromkeys(ASKED, 0.0), dict.fromkeys(ASKED, 0)
    for n in range(-2, TIMES, 4):
        for name, (who, address) in ASKED.items():
            before = seconds()
            for k in range(4):
                answer = clients[who].get(address.format(n=f"{size}-{n}-{k}", **quarry.named))
                assert answer.status_code == 200, (name, answer.status_code)  # noqa: S101 - nothing else would be measured
            spent[name] += 0 if n < 0 else seconds() - before  # the first round warms up
    for name, (who, address) in ASKED.items():
        with CaptureQueriesContext(connection) as asked:
            clients[who].get(address.format(n=f"{size}-counted", **quarry.named))
        queries[name] = len(asked)
    return {"pages, ms": {name: round(1000 * spent[name] / TIMES, 2) for name in spent}, "queries": queries}


class Quarry:
    """One change request made by the verbs, and as many copies of it as wanted."""

    def __init__(self) -> None:
        from bench.furniture import LONG_AGO, House, session_of
        from groups.models import Appointment, Belonging, Organisation, Person, User
        from records.periods import period

        self.house = house = House("QUARRY", 5)
        self.firms = [Organisation(name=f"Firm {n}").save_by(house.by) for n in range(FIRMS)]
        for n, firm in enumerate(self.firms):
            constituency = house.group.seats.filter(constituency__isnull=False).order_by("order")[n % 5].constituency
            Belonging(organisation=firm, constituency=constituency, during=period(LONG_AGO)).save_by(house.by)

        def appointed(kind: str, **what: Any) -> User:
            address = f"{kind}@example.org"
            person = Person(name=kind, email=address).save_by(house.by)
            Appointment(person=person, kind=kind, during=period(LONG_AGO), **what).save_by(house.by)
            return User.objects.create_user(username=address, email=address, password=None, person=person)

        users = {"reader": appointed("assurance", group=house.group), "respondent": appointed("respondent", organisation=self.firms[0]), "seat": house.voters[0]}
        self.sessions = {who: session_of(user) for who, user in users.items()}
        self.first = self._made()
        self.made = 1

    def _made(self):
        """Raised, put to ten firms, answered by each, closed and published. Its window is put into the past, since nobody can wait for it here."""
        from change_requests import operations as changes
        from change_requests.models import Assessment

        pmo = self.house.pmo
        request = changes.draft(self.house.group, "Meter reads at midnight", self.firms[0], what_this_means="Every read is taken at midnight.", by=pmo)
        changes.draft_version(request, "1.0", issue="Reads are taken at times that differ.", solution="Take every read at midnight.", by=pmo)
        request = changes.raise_request(request, by=pmo)
        assessment = changes.open_assessment(request.versions.get(), kind="impact", authority="The Programme’s", by=pmo)
        for n, row in enumerate(assessment.roll.all()):
            said = {"position": ("support", "object", "no_impact")[n % 3], "impact": "low", "cost": "Some 40,000 pounds", "comments": "Billing runs begin at midnight."}
            changes.record_mailed(row, said | {"confidence": {"cost": "programme"} if n % 2 else {}}, name="Somebody", by=pmo)
        _put_back(assessment.pk)
        closed = changes.close_when_due(Assessment.objects.get(pk=assessment.pk))
        changes.write_theme(closed, "Midnight", rows=[row.pk for row in closed.roll.all()], by=pmo)
        changes.publish_results(closed, by=pmo)
        request.refresh_from_db()
        return request

    @property
    def named(self) -> dict[str, str]:
        from change_requests.models import Assessment

        assessment = Assessment.objects.filter(version__change_request=self.first).get()
        return {"page": self.first.get_absolute_url(), "assessment": f"/desk/assessments/{assessment.pk}/"}

    def clients(self) -> dict[str, Any]:
        from django.conf import settings
        from django.test import Client

        found = {who: Client(headers={"host": "localhost"}) for who in ("", *self.sessions)}
        for who, session in self.sessions.items():
            found[who].cookies[settings.SESSION_COOKIE_NAME] = session
        return found

    def grow(self, size: int) -> dict[str, int]:
        from django.db import connection, transaction

        from change_requests.models import ChangeRequest, Response

        for start in range(self.made + 1, size + 1, AT_ONCE):
            with transaction.atomic():
                self._copies(range(start, min(start + AT_ONCE, size + 1)))
        self.made = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return {"change requests": ChangeRequest.objects.count(), "answers": Response.objects.count()}

    def _copies(self, numbers: range) -> None:
        """Answered while they are open, as the database asks, and closed then."""
        from uuid import uuid4

        from change_requests.models import Assessment, AssessmentRow, ChangeRequest, ChangeRequestVersion, Response, Theme

        version = self.first.versions.get()
        assessment = Assessment.objects.get(version=version)
        begun = self.first.number
        said = {n: {"number": begun + n, "reference": f"CR{begun + n}", "title": f"Matter {n}: reads at midnight"} for n in numbers}
        requests = ChangeRequest.objects.bulk_create([copied(self.first, **told) for told in said.values()])
        versions = ChangeRequestVersion.objects.bulk_create([copied(version, change_request=each) for each in requests])
        open_now = {"status": "open", "closes_at": _tomorrow(), "close_recorded_at": None, "results_published_at": None, "results_published_by": None}
        assessments = Assessment.objects.bulk_create([copied(assessment, version=each, **open_now) for each in versions])
        patterns = list(assessment.roll.prefetch_related("responses"))
        rows = AssessmentRow.objects.bulk_create([copied(row, assessment=each, nonce=uuid4()) for each in assessments for row in patterns])
        answers = [row.counted for row in patterns] * len(assessments)
        Response.objects.bulk_create([copied(answer, row=row, idempotency_key=uuid4()) for answer, row in zip(answers, rows, strict=True) if answer])
        Theme.objects.bulk_create([copied(assessment.themes.get(), assessment=each, rows=[row.pk for row in rows if row.assessment_id == each.pk]) for each in assessments])
        Assessment.objects.filter(pk__in=[each.pk for each in assessments]).update(
            status="closed", closes_at=assessment.closes_at, close_recorded_at=assessment.close_recorded_at, results_published_at=assessment.results_published_at,
            results_published_by=assessment.results_published_by,
        )  # fmt: skip
        self._issue(requests, list(said.values()))

    def _issue(self, requests: list, said: list[dict[str, Any]]) -> None:
        from change_requests.models import ChangeRequestEdition
        from records.canonical import canonical, sha256
        from records.editions import nouns
        from register.models import Shelf
        from register.shelving import columns, vector

        before, noun = self.first.editions.order_by("-n")[0], nouns["change_request"]
        bodies = [before.body | told for told in said]
        editions = ChangeRequestEdition.objects.bulk_create(
            [copied(before, change_request=each, body=body, sha256=sha256(canonical(body))) for each, body in zip(requests, bodies, strict=True)]
        )
        rows = []
        for edition in editions:
            shelved = noun.shelve(edition.body)
            rows.append(Shelf(noun="change_request", record_pk=edition.record_id, stamp=1, words=vector(shelved, edition.reference), **columns(edition, shelved)))
        Shelf.objects.bulk_create(rows, batch_size=500)


def _put_back(assessment: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE change_requests_assessment SET opens_at = opens_at - interval '30 days', closes_at = portal_now() - interval '1 hour' WHERE id = %s", [assessment]
        )


def _tomorrow():
    from datetime import timedelta

    from records.clock import portal_now

    return portal_now() + timedelta(days=1)


def lines(told: dict[str, Any]) -> Iterator[str]:
    """For people: milliseconds and queries at each size, and how many times the smallest."""
    sizes = list(told)
    yield f"{'':<38}" + "".join(f"{int(size):>12,}" for size in sizes) + f"{'times':>8}" + f"{'queries':>14}"
    for name in ASKED:
        spent = [told[size]["pages, ms"][name] for size in sizes]
        queries = " and ".join(str(told[size]["queries"][name]) for size in sizes)
        yield f"{name:<38}" + "".join(f"{ms:>9.1f} ms" for ms in spent) + f"{spent[-1] / spent[0]:>8.2f}{queries:>14}"
    for size in sizes:
        yield f"{told[size]['change requests']:,} change requests with {told[size]['answers']:,} answers"


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    main(int(sys.argv[1]), [int(size) for size in sys.argv[2:]])
