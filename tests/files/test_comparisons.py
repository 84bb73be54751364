"""Comparisons are asked for once, made by the sweep of what may be handed out, kept, and shown only with both files."""

import pytest
from django.db import IntegrityError, connection, transaction

from artefacts import operations as artefacts
from artefacts.models import ArtefactVersion
from change_requests import operations as changes
from files import scanning
from files.models import Comparison, ComparisonResult, Scan
from files.operations import ask_to_compare, compare, keep
from files.shown import BEING_MADE, INFECTED, NOT_ASKED, SAME_FILE, UNSCANNED, summary
from groups.models import User
from ledger import operations as ledger
from records import sweep
from records.rules import Refused
from rehearsal.papers import document
from tests.artefacts.test_artefacts import Library
from tests.change_requests.offices import SAID, Office
from tests.files import samples
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
ONE = ("Requests are answered within an hour.", "Kept as it is.", "Quennell signs.")
OTHER = ("Requests are answered within two hours.", "Kept as it is.", "Quennell signs it.")


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.DEMO = True  # the second factor has tests of its own


@pytest.fixture
def library(clock):
    return Library(clock)


def paper(name: str, *paragraphs: str) -> tuple[str, bytes]:
    return f"{name}.docx", document("Ann Author", *paragraphs)


def version(library: Library, label: str, *paragraphs: str, forward: bool = True, visibility: str = "public", **told) -> ArtefactVersion:
    draft = artefacts.draft_version(library.artefact, label, by=library.owner, **told)
    if paragraphs:
        artefacts.attach(draft, paper(f"mapping-{label}", *paragraphs), form="clean", visibility=visibility, by=library.owner)
    return artefacts.put_forward(draft, by=library.owner) if forward else draft


def swept() -> int:
    report = sweep.run()
    assert not report.failures
    return report.done.get("compare", 0)


@pytest.fixture
def two(library) -> Library:
    library.versions = [version(library, "0.8", *ONE), version(library, "0.9", *OTHER)]
    return library


def page(client, library: Library, query: str = "") -> str:
    return text_of(client.get(f"{library.artefact.get_absolute_url()}versions/{query}"))


def desk(library: Library, who: str, query: str = "") -> str:
    return text_of(Visitor(getattr(library, who)).client.get(f"/desk/artefacts/{library.artefact.slug}/compare/{query}"))


class TestMade:
    def test_what_is_put_forward_is_compared_with_the_version_before_it_once(self, two, client):
        assert BEING_MADE in page(client, two)
        assert (swept(), swept()) == (1, 0)
        shown = page(client, two)
        assert "2 paragraphs changed." in shown
        assert "Requests are answered within Taken out: an hour. Put in: two hours." in shown
        assert "… 1 paragraph the same … Kept as it is." in shown

    def test_it_is_compared_with_what_it_was_made_from_if_that_is_said(self, two, client):
        version(two, "1.0", *OTHER, "More.", made_from=two.versions[0])
        swept()
        assert "From version 0.8 to 1.0" in page(client, two)
        assert "2 paragraphs changed, 1 added." in page(client, two)

    def test_the_two_hashes_and_addresses_are_beside_it(self, two, client):
        swept()
        shown, digests = page(client, two), [each.files.get().digest for each in two.versions]
        assert all(digest in shown for digest in digests)
        whole = client.get(f"{two.artefact.get_absolute_url()}versions/").content.decode()
        assert all(f'href="{two.artefact.get_absolute_url()}files/{digest}/"' in whole for digest in digests)

    def test_the_same_file_is_not_compared_with_itself(self, library, client):
        for label in ("0.8", "0.9"):
            version(library, label, *ONE)
        assert swept() == 0
        assert SAME_FILE in page(client, library)

    def test_the_other_way_round_is_the_same_comparison(self, two, client):
        swept()
        shown = page(client, two, "?from=0.9&to=0.8")
        assert "Requests are answered within Taken out: two hours. Put in: an hour." in shown
        assert "2 paragraphs changed." in shown

    def test_what_cannot_be_compared_says_why(self, library, client):
        for label, content in (("0.8", b"<bpmn/>"), ("0.9", b"<other/>")):
            draft = artefacts.draft_version(library.artefact, label, by=library.owner)
            artefacts.attach(draft, (f"{label}.xml", content), form="clean", by=library.owner)
            artefacts.put_forward(draft, by=library.owner)
        swept()
        assert "The earlier file: The portal reads no text from a file of this kind (XML)." in page(client, library)

    def test_a_version_without_a_file_says_so(self, library, client):
        version(library, "0.8")
        version(library, "0.9", *ONE)
        assert "The portal holds no document of the earlier version that you may have." in page(client, library)

    def test_one_that_fails_holds_up_neither_the_others_nor_the_sweep(self, two, folder_of_files):
        version(two, "1.0", *ONE, "More.")
        folder_of_files(two.versions[0].files.get().digest).unlink()
        report = sweep.run()
        assert (report.done["compare"], len(report.failures)) == (1, 1)

    def test_asked_for_again_it_is_the_same_and_the_database_holds_to_that(self, somebody):
        one, other = (keep((f"{n}.txt", n.encode()), by=somebody) for n in "ab")
        asked = ask_to_compare(one, other, by=somebody)
        assert ask_to_compare(one, other, by=somebody) == asked
        assert compare(asked, by=somebody) == compare(asked, by=somebody)
        for before, after in ((one, other), (one, one)):
            with pytest.raises(IntegrityError), transaction.atomic():
                Comparison(before=before, after=after, asked_at=asked.asked_at).save_by(somebody)


@pytest.fixture
def folder_of_files(folder):
    return lambda digest: folder / digest[:2] / digest[2:4] / digest


class TestScanned:
    def test_what_waits_for_the_scanner_is_not_compared_and_nothing_of_it_is_shown(self, two, client, settings, monkeypatch):
        settings.PORTAL_CLAMD = "/nowhere"
        monkeypatch.setattr(scanning, "answers", lambda: False)
        assert swept() == 0
        settings.PORTAL_CLAMD = ""
        swept()
        settings.PORTAL_CLAMD = "/nowhere"
        assert UNSCANNED in page(client, two)
        assert "two hours" not in page(client, two)

    def test_what_turned_out_infected_is_neither_compared_nor_shown(self, two, client, somebody):
        blob = two.versions[0].files.get().blob
        swept()
        Scan(blob=blob, at=blob.kept_at, result="infected").save_by(somebody)
        assert INFECTED in page(client, two)
        assert "two hours" not in page(client, two)
        other = keep(("other.txt", b"other"), by=somebody)
        ask_to_compare(blob, other, by=somebody)
        assert swept() == 0


class TestWhoMaySee:
    @pytest.mark.parametrize("hidden", ["0.8", "0.9"])
    def test_what_is_not_for_everyone_is_compared_for_those_alone_who_may_have_both(self, library, client, hidden):
        for label, paragraphs in (("0.8", ONE), ("0.9", OTHER)):
            version(library, label, *paragraphs, visibility="pmo_and_assurance" if label == hidden else "public")
        swept()
        assert "two hours" not in page(client, library)
        assert "that you may have" in page(client, library)
        assert "Put in: two hours." in desk(library, "reader")
        assert "two hours" not in desk(library, "observer")
        assert "mapping-" + hidden not in desk(library, "observer")

    def test_a_draft_is_compared_for_those_alone_who_work_on_it(self, library, client):
        version(library, "0.8", *ONE)
        version(library, "0.9", *OTHER, forward=False)
        swept()
        assert "There are no two versions" in page(client, library)
        assert "two hours" not in page(client, library, "?from=0.8&to=0.9")
        assert "Put in: two hours." in desk(library, "owner")
        assert "two hours" not in desk(library, "observer")
        assert Visitor(library.stranger).client.get(f"/desk/artefacts/{library.artefact.slug}/compare/").status_code == 404

    def test_any_two_are_compared_when_somebody_asks_who_may_have_both(self, two, client):
        version(two, "1.0", *ONE, "More.")
        swept()
        keys = [each.pk for each in two.artefact.versions.order_by("key")]
        query = f"?from={keys[0]}&to={keys[2]}"
        assert NOT_ASKED in page(client, two, "?from=0.8&to=1.0")
        assert NOT_ASKED in desk(two, "observer", query)
        visitor = Visitor(two.observer)
        answer = visitor.client.post(f"/desk/artefacts/{two.artefact.slug}/compare/{query}")
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/artefacts/{two.artefact.slug}/compare/{query}")
        assert BEING_MADE in desk(two, "observer", query)
        assert swept() == 1
        assert "1 paragraph added." in desk(two, "observer", query)
        assert "1 paragraph added." in page(client, two, "?from=0.8&to=1.0")

    def test_whoever_may_not_have_one_of_them_asks_for_nothing(self, library):
        version(library, "0.8", *ONE, visibility="pmo_and_assurance")
        version(library, "0.9", *OTHER)
        version(library, "1.0", *ONE, "More.")
        before, keys = Comparison.objects.count(), [each.pk for each in library.artefact.versions.order_by("key")]
        Visitor(library.observer).client.post(f"/desk/artefacts/{library.artefact.slug}/compare/?from={keys[0]}&to={keys[2]}")
        assert Comparison.objects.count() == before

    @pytest.mark.parametrize("query", ["?from=0&to=1", "?to=x", "?from=1.0"])
    def test_a_version_that_there_is_not_is_not_found(self, two, client, query):
        assert Visitor(two.owner).client.get(f"/desk/artefacts/{two.artefact.slug}/compare/{query}").status_code == 404
        assert client.get(f"{two.artefact.get_absolute_url()}versions/{query}").status_code == 404

    def test_words_withdrawn_are_in_no_comparison_on_whichever_side_of_a_change_they_stand(self, two, client):
        swept()
        ledger.black_out("within two hours", why="A name", ordered_by="The controller", by=two.pmo)
        shown = page(client, two)
        assert "hours" not in shown
        assert "[withdrawn]" in shown
        assert "an hour" in shown
        ledger.black_out("Quennell signs", why="A name", ordered_by="The controller", by=two.pmo)
        assert "Quennell" not in page(client, two)


    def test_words_that_are_erased_are_in_no_kept_comparison_and_the_rest_is_shown_still(self, two, client):
        swept()
        made = ledger.black_out("within two hours", why="A name", ordered_by="The controller", by=two.pmo)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        ledger.redact(made, by=User.objects.the_installer())
        kept = str(ComparisonResult.objects.get().told)
        assert "two hours" not in kept
        assert "an hour" in kept
        shown = page(client, two)
        assert "Put in: [withdrawn]." in shown
        assert "Put in: signs it." in shown


class TestRedline:
    def test_changes_that_word_has_marked_are_drawn_without_their_authors(self, library, client):
        version(library, "0.8", *ONE)
        draft = artefacts.draft_version(library.artefact, "0.9", by=library.owner)
        artefacts.attach(draft, paper("redline", "Requests are answered within [-an hour-]{+two hours+}.", "Kept."), form="redline", by=library.owner)
        artefacts.put_forward(draft, by=library.owner)
        assert swept() == 1
        shown = page(client, library)
        assert "Changes marked in redline.docx" in shown
        assert "Requests are answered within Taken out: an hour Put in: two hours ." in shown
        assert "Author" not in str(ComparisonResult.objects.values_list("told", flat=True)[0])

    def test_it_is_drawn_also_where_there_is_no_other_version_to_compare(self, library, client):
        draft = artefacts.draft_version(library.artefact, "0.9", by=library.owner)
        artefacts.attach(draft, paper("redline", "Within [-an hour-]{+two hours+}."), form="redline", by=library.owner)
        artefacts.put_forward(draft, by=library.owner)
        swept()
        for shown in (page(client, library), desk(library, "owner")):
            assert "There are no two versions" in shown
            assert "Within Taken out: an hour Put in: two hours ." in shown

    @pytest.mark.parametrize("form", ["clean", "redline"])
    def test_the_document_itself_is_not_attached_with_marks_and_the_refusal_says_what_to_do(self, library, form):
        draft = artefacts.draft_version(library.artefact, "0.9", by=library.owner)
        if form == "redline":
            assert artefacts.attach(draft, ("a.docx", samples.reviewed()), form=form, by=library.owner).pk
            return
        with pytest.raises(Refused, match=r"a\.docx has comments and has tracked changes: names would be published with them. Accept or reject the changes") as refused:
            artefacts.attach(draft, ("a.docx", samples.reviewed()), form=form, by=library.owner)
        assert [reason.field for reason in refused.value.reasons] == ["file"]
        assert not draft.files.exists()


class TestOfAChangeRequest:
    @pytest.fixture
    def office(self, clock):
        return Office(clock)

    def fixed(self, office: Office, request, label: str, *paragraphs: str) -> None:
        draft = request.versions.filter(status="draft").first() or changes.draft_version(request, label, what_changed="More", attachments=["Formats"], by=office.raiser, **SAID)
        named = draft.attachments.get()
        changes.attach(draft, paper(f"request-{label}", *paragraphs), form="clean", by=office.raiser)
        changes.attach(draft, (f"formats-{label}.csv", f"field;length\nmeter;{len(paragraphs[0])}\n".encode()), form="attachment", attachment=named, by=office.raiser)
        if request.status == "draft":
            changes.raise_request(request, by=office.raiser)
        else:
            changes.fix(draft, by=office.raiser)
        request.refresh_from_db()

    def test_the_request_itself_and_each_attachment_by_its_title_are_compared_with_the_version_before(self, office, client):
        request = office.drafted(attachments=["Formats"])
        self.fixed(office, request, "1.0", *ONE)
        self.fixed(office, request, "1.1", *OTHER)
        assert swept() == 2
        shown = text_of(client.get("/change-requests/CR001/versions/"))
        assert "Put in: two hours." in shown
        assert "Formats From formats-1.0.csv" in shown
        assert "row meter, column length: Taken out: 37 Put in: 39" in shown
        assert "two hours" in text_of(Visitor(office.raiser).client.get(f"/desk/change-requests/{request.pk}/compare/"))

    def test_a_document_with_marks_is_refused_there_too(self, office):
        draft = office.drafted().versions.get()
        with pytest.raises(Refused, match="names would be published with them"):
            changes.attach(draft, ("a.docx", samples.reviewed()), form="clean", by=office.raiser)


def test_whoever_looks_whether_agreed_edits_are_made_sees_what_differs(two):
    artefacts.agree_edit(two.versions[1], "Say it of Quennell", agreed_where="DAG026 4.1", by=two.secretary)
    version(two, "1.0", *OTHER[:2], "Quennell signs it twice.", made_from=two.versions[1], forward=False)
    swept()
    shown = text_of(Visitor(two.chair).client.get(f"/desk/artefacts/{two.artefact.slug}/"))
    assert "Changed passages of 1.0 against 0.9" in shown
    assert "Quennell signs Taken out: it. Put in: it twice." in shown


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"changed": 14, "in": 3, "out": 1}, "14 paragraphs changed, 3 added, 1 removed."), ({"in": 1}, "1 paragraph added."),
        ({"out": 1200}, "1,200 paragraphs removed."), ({"same": 7}, "The text is the same in both: 7 paragraphs."),
        ({"in": 2, "columns": {"in": 1, "out": 2}}, "2 paragraphs added, 1 column added, 2 columns removed."),
    ],
)  # fmt: skip
def test_what_differs_is_counted_in_words(counts, told):
    assert summary({"same": 0, "changed": 0, "in": 0, "out": 0, "unit": "paragraph", "columns": {"in": 0, "out": 0}} | counts) == told
