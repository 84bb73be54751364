"""Papers: attached, to follow, handed in by a link; circulated to whom and when; what is late says why; what the public sees of it."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files.models import Scan, Visibility
from ledger.models import Entry
from meetings import operations
from meetings.agendas import is_public_as_it_stands
from meetings.by_the_clock import papers_due
from meetings.editions import body_of
from meetings.links import token_for
from meetings.models import Circulation, Meeting, Paper, PaperFile, PaperReading
from meetings.papers import not_circulated_yet
from notifications.models import Notice
from records.clock import portal_now
from records.opened import Stale
from records.rules import Refused
from records.sweep import run
from register.models import Shelf
from tests.conftest import set_clock
from tests.factories import UserFactory
from tests.meetings.papers import CSV, owed, paper, prepared
from tests.pages import Visitor, drained, text_of

pytestmark = pytest.mark.django_db
ALL = "/desk/meetings/DAG027/papers/"


@pytest.fixture(scope="module")
def stage(scene):
    return scene(prepared)


@pytest.fixture
def table(stage, settings):
    settings.DEMO = True
    return stage()


def body(table):
    return table.next.editions.order_by("-n")[0].body


def told(key: str) -> list[Notice]:
    return list(Notice.objects.filter(key__contains=key).order_by("pk"))


def refused(match: str):
    return pytest.raises(Refused, match=match)


# --- attached


def test_a_paper_is_attached_read_and_taken_off(table):
    page = Visitor(table.pmo).does(f"/desk/agenda-items/{table.items[1].pk}/papers/new/", {"title": ""}, form=-1)
    assert "Say what the paper is called." in text_of(page)
    assert "Choose a file; or, if the paper is to follow, say who brings it." in text_of(page)
    page = Visitor(table.pmo).does(f"/desk/agenda-items/{table.items[1].pk}/papers/new/", {"title": "Options", "file": SimpleUploadedFile(*CSV), "version": "0.3"}, form=-1)
    assert "“Options” is a paper of item 2." in text_of(page)
    made = Paper.objects.get()
    operations.circulate_papers(table.next, by=table.pmo)
    member = Visitor(UserFactory(person=table.member))
    assert "version 0.3, costs.csv" in text_of(member.opens(ALL))
    file = made.files.get()
    assert drained(member.client.get(f"/desk/papers/files/{file.pk}/")).drained == b"first;second"
    assert PaperReading.objects.filter(person=table.member).count() == 1
    operations.drop_paper(made, by=table.pmo)
    assert member.client.get(f"/desk/papers/files/{file.pk}/").status_code == 404
    with refused("“Options” was taken off."):
        operations.hand_in(made, CSV, by=table.pmo)


def test_a_later_version_takes_the_place_of_the_last_and_the_same_file_twice_is_one(table):
    made = paper(table)
    assert operations.hand_in(made, CSV, by=table.pmo).n == 1
    assert operations.hand_in(made, ("costs2.csv", b"first;third"), version="2", by=table.pmo).n == 2
    page = text_of(Visitor(table.pmo).opens(ALL))
    assert "costs2.csv" in page
    assert "Earlier versions" in page


def test_a_public_paper_that_nobody_scanned_says_so_and_one_that_was_does_not(table, client):
    made = paper(table)
    operations.publish_agenda(table.next, by=table.pmo)
    operations.circulate_papers(table.next, by=table.pmo)
    assert "costs.csv, 12 bytes; not scanned for viruses" in text_of(client.get("/meetings/DAG027/"))
    Scan(blob=made.files.get().blob, at=portal_now(), result="clean", scanner="ClamAV").save_by(table.pmo)
    assert "not scanned for viruses" not in text_of(client.get("/meetings/DAG027/?again"))


def test_who_may_have_what(table):
    made = paper(table, visibility=Visibility.PMO_AND_ASSURANCE)
    file, member = made.files.get(), Visitor(UserFactory(person=table.member))
    assert "Options" not in text_of(member.opens(ALL))
    assert member.client.get(f"/desk/papers/files/{file.pk}/").status_code == 404
    assert "for pmo and assurance only" in text_of(Visitor(table.pmo).opens(ALL))
    assert not not_circulated_yet(table.next)
    assert Visitor(UserFactory()).client.get(ALL).status_code == 404


@pytest.mark.parametrize("what", ["add", "hand_in", "drop", "circulate"])
def test_only_the_secretariat_does_it(what, table):
    made, member = paper(table), UserFactory(person=table.member)
    done = {
        "add": lambda: operations.add_paper(table.items[0], "X", CSV, by=member), "hand_in": lambda: operations.hand_in(made, CSV, by=member),
        "drop": lambda: operations.drop_paper(made, by=member), "circulate": lambda: operations.circulate_papers(table.next, by=member),
    }  # fmt: skip
    with refused("Only the secretariat of DAG may do this."):
        done[what]()


# --- to follow


def test_whoever_owes_a_paper_hands_it_in_by_a_link_of_their_own(table, client):
    made = owed(table)
    [asked] = told(f"paper-{made.pk}-asked")
    link = f"/desk/papers/bring/{token_for(made)}/"
    assert (asked.address, link in asked.body) == ("ruth@example.org", True)
    assert "It is due on 2 Aug 2023." in asked.body
    assert "Item 2: Transition. Due" in text_of(client.get(link))
    answer = client.post(link, {"name": "", "file": SimpleUploadedFile(*CSV)})
    assert answer.status_code == 409
    assert "Give your name: it stands beside the paper." in text_of(answer)
    assert client.post(link, {"name": "Ruth"}).status_code == 409
    assert not PaperFile.objects.exists()
    assert client.post(link, {"name": "Ruth Ansell", "version": "1.0", "file": SimpleUploadedFile(*CSV)}).headers["Location"] == link
    file = made.files.get()
    assert (file.handed_in_by, file.by_link, file.version) == ("Ruth Ansell", True, "1.0")
    assert file.sha256 in text_of(client.get(link))
    [notice] = told(f"paper-{made.pk}-version-1")
    assert file.sha256 in notice.body
    page = client.get(link)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_once_the_day_of_the_papers_is_past_it_is_asked_by_when_one_is_to_come(table):
    set_clock("2023-08-02 18:00")
    owed(table)  # on the day itself
    set_clock("2023-08-03 09:00")
    sentence = "The day on which papers were due, 2 Aug 2023, is past: say by when this one is to come."
    form = f"/desk/agenda-items/{table.items[1].pk}/papers/new/"
    page = Visitor(table.pmo).does(form, {"title": "Late", "owed_by": "Sam"})
    assert sentence in text_of(page)
    with refused("2 Aug 2023 is past: say by when the paper is to come."):
        owed(table, due_on=date(2023, 8, 2))
    made = owed(table, due_on=date(2023, 8, 4))
    assert "It is due on 4 Aug 2023." in told(f"paper-{made.pk}-asked")[0].body
    assert paper(table).files.exists(), "one that is handed in at once is due by no day"


def test_it_is_asked_again_where_somebody_else_is_to_bring_it_and_where_the_title_is_changed_it_is_not(table):
    made = owed(table)
    set_clock("2023-08-03 09:00")
    made = operations.change_paper(made, "The plan", visibility="public", owed_by_person=table.presenter, by=table.pmo)
    with refused("The day on which papers were due, 2 Aug 2023, is past"):
        operations.change_paper(made, "Plan", visibility="public", owed_by_person=table.member, by=table.pmo)
    set_clock("2023-08-09 10:01")
    operations.change_paper(made, "Plan", visibility="public", owed_by_person=table.member, by=table.pmo)


def test_the_mail_names_no_day_that_is_past(table):
    made = owed(table)
    operations.hand_in(made, CSV, by=table.pmo)
    set_clock("2023-08-03 09:00")
    operations.change_paper(made, "Plan", visibility="public", owed_by_person=table.member, by=table.pmo)
    mail = Notice.objects.get(key__contains=f"paper-{made.pk}-asked", person=table.member)
    assert ("due" in mail.subject, "It is due" in mail.body) == (False, False)


def test_whoever_brings_it_from_now_on_is_sent_a_link_also_where_a_version_is_there(table):
    made = owed(table)
    operations.hand_in_by_link(made, CSV, name="Ruth")
    made = operations.change_paper(made, "Plan", visibility="public", owed_by_person=table.member, by=table.pmo)
    assert f"/desk/papers/bring/{token_for(made)}/" in Notice.objects.get(key__contains=f"paper-{made.pk}-asked", person=table.member).body
    set_clock("2023-08-09 10:01")
    made = operations.change_paper(made, "Plan", visibility="public", owed_by_person=table.presenter, by=table.pmo)
    assert len(told(f"paper-{made.pk}-asked")) == 2, "no file comes by a link any more"


def test_a_link_ends_with_the_address_it_went_to(table, client):
    link = f"/desk/papers/bring/{token_for(owed(table))}/"
    table.presenter.email = "ruth.ansell@example.org"
    table.presenter.save_by(table.pmo)
    assert client.get(link).status_code == 404
    assert client.get(f"/desk/papers/bring/{token_for(Paper.objects.get())}/").status_code == 200


def test_a_link_that_is_guessed_withdrawn_or_late_takes_no_file(table, client):
    made = owed(table)
    link = f"/desk/papers/bring/{token_for(made)}/"
    big = SimpleUploadedFile("a.csv", b"a;b\n" * 800_000)
    assert client.post("/desk/papers/bring/guessed/", {"file": big}).status_code == 413
    assert client.get("/desk/papers/bring/guessed/").status_code == 404
    operations.change_paper(made, "Plan", visibility="public", owed_by="Sam", by=table.pmo)
    assert client.get(link).status_code == 404
    made.refresh_from_db()
    set_clock("2023-08-09 10:01")
    answer = client.post(f"/desk/papers/bring/{token_for(made)}/", {"name": "Sam", "file": SimpleUploadedFile(*CSV)})
    assert answer.status_code == 400
    assert "DAG027 has begun. Send the paper to its secretariat." in text_of(answer)
    assert not PaperFile.objects.exists()


def test_whoever_owes_a_paper_is_reminded_on_the_day_once_and_what_comes_later_is_late(table):
    made, other = owed(table), owed(table, due_on=date(2023, 8, 4))
    set_clock("2023-08-02 08:59")
    assert not papers_due(portal_now()).exists()
    set_clock("2023-08-02 09:00")
    run()
    run()
    assert [len(told(f"paper-{each.pk}-due")) for each in (made, other)] == [1, 0]
    operations.hand_in(other, CSV, by=table.pmo)
    set_clock("2023-08-04 09:00")
    run()
    assert not told(f"paper-{other.pk}-due"), "it is there"
    operations.hand_in_by_link(made, ("late.csv", b"late;paper"), name="Ruth")
    page = text_of(Visitor(table.pmo).opens(ALL))
    assert page.count("Late paper") == 1


# --- circulated


def test_papers_go_to_everybody_with_a_seat_and_that_is_sealed(table):
    made = paper(table)
    owed(table)
    secretary = Visitor(table.pmo)
    page = text_of(secretary.opens(f"{ALL}circulate/"))
    assert "4 people are told by mail" in page
    assert "Item 2: Options" in page
    assert "Plan, from Ruth Ansell, due 2 Aug 2023" in page
    assert "The meeting is 14 working days away. Papers go out 5 before, so these are in time." in page
    page = secretary.does(f"{ALL}circulate/", {}, form=-1)
    assert "The papers of DAG027 go out with the next post" in text_of(page)
    circulation = Circulation.objects.get()
    mails = told("DAG027-papers-1")
    assert len(mails) == circulation.told.filter(mailed=True).count() > 2
    assert "- Options (costs.csv)" in mails[0].body
    assert "Still to follow:\n- Plan, from Ruth Ansell" in mails[0].body
    assert circulation.papers.get().sha256 == made.files.get().sha256
    assert Entry.objects.filter(subject_kind="paper_circulation", subject_pk=circulation.pk).count() == 1
    with refused("There is nothing to circulate for DAG027: every paper that is there has gone out."):
        operations.circulate_papers(table.next, by=table.pmo)


def test_what_goes_out_late_says_why_for_everybody(table):
    paper(table)
    set_clock("2023-08-03 10:00")
    with refused("DAG027 is 4 working days away, and papers go out 5 working days before: say why these are late."):
        operations.circulate_papers(table.next, why=" ", by=table.pmo)
    operations.circulate_papers(table.next, why="The consultation ended on Monday.", by=table.pmo)
    assert body(table)["papers_out"] == [{"at": "2023-08-03T09:00:00.000000Z", "working_days": 4, "wanted": 5, "why": "The consultation ended on Monday."}]
    page = text_of(Visitor(None).opens("/meetings/DAG027/"))
    assert "4 working days before the meeting. Papers go out 5 working days before. Why these were late: The consultation ended on Monday." in page
    set_clock("2023-08-09 14:00")
    minutes = operations.hold(table.next, by=table.pmo).minutes
    assert body_of(minutes)["papers_late"] == [{"on": "2023-08-03", "working_days": 4, "wanted": 5, "why": "The consultation ended on Monday."}]


def test_a_later_paper_is_a_supplement_and_only_it_goes_out(table):
    made = paper(table)
    operations.circulate_papers(table.next, by=table.pmo)
    operations.hand_in(made, ("costs2.csv", b"first;third"), by=table.pmo)
    assert operations.circulate_papers(table.next, by=table.pmo).n == 2
    assert told("DAG027-papers-2")[0].subject == "DAG027: a supplement to the papers for 9 Aug 2023"
    assert list(Circulation.objects.get(n=2).papers.values_list("name", flat=True)) == ["costs2.csv"]


def test_what_changed_since_it_was_looked_at_does_not_go_out_unseen(table):
    paper(table)
    secretary = Visitor(table.pmo)
    form = secretary.client.get(f"{ALL}circulate/")
    operations.add_paper(table.items[0], "Another", ("b.csv", b"b;c"), by=table.pmo)
    with pytest.raises(Stale):
        operations.circulate_papers(table.next, looked_at=form.context["form"]["looked_at"].value(), by=table.pmo)
    answer = secretary.client.post(f"{ALL}circulate/", {"looked_at": "1-abc"})
    assert answer.status_code == 409
    assert "The papers or the meeting have changed since you looked, so nothing was sent." in text_of(answer)
    assert not Circulation.objects.exists()


def test_nobody_but_chair_and_secretariat_has_a_version_before_it_goes_out(table, client):
    made = owed(table)
    operations.hand_in_by_link(made, CSV, name="Ruth")
    member, first = Visitor(UserFactory(person=table.member)), made.files.get()
    operations.publish_agenda(table.next, by=table.pmo)
    for page in (member.opens(ALL), member.opens("/desk/meetings/DAG027/agenda/"), Visitor(None).opens("/meetings/DAG027/")):
        assert "costs.csv" not in text_of(page)
        assert "To follow" in text_of(page)
    assert member.client.get(f"/desk/papers/files/{first.pk}/").status_code == 404
    assert client.get(f"/meetings/DAG027/papers/{first.digest}/").status_code == 404
    for who in (table.chair, table.pmo):
        drained(Visitor(who).client.get(f"/desk/papers/files/{first.pk}/"))
        assert "costs.csv" in text_of(Visitor(who).opens(ALL))
    operations.circulate_papers(Meeting.objects.get(code="DAG027"), by=table.pmo)
    operations.hand_in_by_link(made, ("costs2.csv", b"first;third"), name="Ruth")
    newer = made.files.get(n=2)
    assert "costs.csv" in text_of(member.opens(ALL))
    assert "costs2.csv" not in text_of(member.opens(ALL))
    assert [drained(member.client.get(f"/desk/papers/files/{each.pk}/")).status_code for each in (first, newer)] == [200, 404]
    assert [drained(client.get(f"/meetings/DAG027/papers/{each.digest}/")).status_code for each in (first, newer)] == [200, 404]
    assert is_public_as_it_stands(Meeting.objects.get(code="DAG027"))


# --- in public


def test_the_public_has_public_papers_once_the_agenda_is_published_and_no_longer_than_they_are_there(table, client):
    made = paper(table)
    operations.add_paper(table.items[0], "Inside", ("inside.csv", b"in;side"), visibility=Visibility.PARTICIPANTS, by=table.pmo)
    owed(table)
    digest = made.files.get().digest
    address = f"/meetings/DAG027/papers/{digest}/"
    assert client.get(address).status_code == 404
    operations.circulate_papers(table.next, by=table.pmo)
    operations.publish_agenda(table.next, by=table.pmo)
    assert drained(client.get(address)).drained == b"first;second"
    page = text_of(client.get("/meetings/DAG027/"))
    assert "costs.csv" in page
    assert "Plan To follow by 2 Aug 2023" in page
    assert "Inside" not in page
    operations.add_paper(table.items[0], "Second", ("second.csv", b"sec;ond"), by=table.pmo)
    assert "Second" not in text_of(client.get("/meetings/DAG027/"))
    operations.circulate_papers(Meeting.objects.get(code="DAG027"), by=table.pmo)
    assert "Second" in text_of(client.get("/meetings/DAG027/"))
    operations.drop_paper(made, by=table.pmo)
    assert client.get(address).status_code == 404
    assert [each["title"] for item in body(table)["agenda"] for each in item.get("papers", [])] == ["Second", "Plan"]
    assert Shelf.objects.filter(noun="meeting", reference="DAG027").count() == 1


# --- after it began, and with an item that was deferred


def test_what_was_handed_round_in_the_room_goes_out_and_is_shown(table, clock):
    owed(table)
    operations.publish_agenda(table.next, by=table.pmo)
    operations.circulate_papers(table.next, by=table.pmo) if not_circulated_yet(table.next) else None
    clock("2023-08-09 10:30")
    operations.table_item(table.next, "Raised in the room", by=table.pmo)
    plan = Paper.objects.get(title="Plan")
    operations.hand_in(plan, CSV, by=table.pmo)
    with refused("DAG027 has begun, and papers go out 5 working days before: say why these come only now."):
        operations.circulate_papers(table.next, by=table.pmo)
    clock("2023-08-10 10:30")
    operations.hold(table.next, by=table.pmo)
    made = operations.circulate_papers(table.next, why="Handed round in the room.", by=table.pmo)
    assert made.working_days == -1
    public = text_of(Visitor().opens("/meetings/DAG027/"))
    assert "Handed round in the room." in public
    assert "costs.csv" in public
    assert "Raised in the room" not in public, "that is for the minutes to say"
    assert "which began at" in told("DAG027-papers-")[0].body


def test_the_papers_of_a_deferred_item_go_with_it(table, clock):
    paper(table, version="0.3")
    owed(table)
    later = operations.schedule(table.group, "28", starts_at=datetime(2023, 9, 13, 9, tzinfo=UTC), by=table.pmo)
    clock("2023-08-09 12:00")
    item = operations.defer_item(table.items[1], to=later, by=table.pmo).deferred_to
    assert [(each.title, each.files.count(), each.owed_by_person) for each in item.papers.order_by("pk")] == [("Options", 1, None), ("Plan", 0, table.presenter)]
    assert [each.title for each in not_circulated_yet(later)] == ["Options"]
    carried = item.papers.get(title="Options").files.get()
    assert (carried.version, carried.handed_in_by) == ("0.3", str(table.pmo))
    assert len(told("DAG028-paper-")) == 1, "who still owes one is asked for it anew"


def test_one_that_is_offered_for_the_next_agenda_brings_its_papers(table, clock):
    paper(table)
    clock("2023-08-09 12:00")
    operations.defer_item(table.items[1], by=table.pmo)
    later = operations.schedule(table.group, "28", starts_at=datetime(2023, 9, 13, 9, tzinfo=UTC), by=table.pmo)
    made = operations.table_offered(later, f"deferred:{table.items[1].pk}", by=table.pmo)
    assert [each.title for each in made.papers.all()] == ["Options"]
