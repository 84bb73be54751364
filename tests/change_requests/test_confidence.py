"""Who reads what of an answer: each field with each audience by each reader, in everything that is shown, mailed and taken away."""

from itertools import product

import pytest
from django.http import QueryDict

from change_requests import operations as changes
from change_requests.confidence import CLOSED_FIELD, READABLE, fields_for
from change_requests.forms.assessments import ResponseForm, initial_of
from change_requests.models import Assessment, AssessmentRow, Audience, Response
from change_requests.shown.assessments import drafted_comment
from notifications.models import Notice
from records import sweep
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
AUDIENCES = list(Audience)
POSITIONS = ("support", "with_comments", "object", "abstain")
TEXTS = [name for name in Response.FIELDS if name not in ("position", "impact", "lead_time")]
PUBLIC = ("/change-requests/CR001/", "/change-requests/CR001.json", "/change-requests/CR001/changes/", "/change-requests.csv", "/change-requests.json", "/change-requests.atom", "/search/?q=canary")


def canary(field: str, firm: int) -> str:
    return f"Canary-{field.replace('_', '-')}-{firm}"


def audience(field: str, firm: int) -> str:
    """Each field has each audience at one firm or another."""
    return AUDIENCES[(Response.FIELDS.index(field) + firm) % 3].value


class Firms:
    """Four firms, two of each constituency, have answered everything; of each field another audience may read it."""

    def __init__(self):
        self.office = Office(set_clock)
        self.assessment = self.office.assessed(question="What would it do?")
        for firm in range(4):
            said = {name: canary(name, firm) for name in TEXTS} | {"position": POSITIONS[firm], "impact": "high", "lead_time": 61 + firm}
            self.office.answer(self.assessment, firm, **said, confidence={name: audience(name, firm) for name in Response.FIELDS})
        self.page = f"/desk/assessments/{self.assessment.pk}/"

    def closes(self, clock) -> None:
        clock("2023-07-26 17:00")
        sweep.run()
        self.assessment = Assessment.objects.get()

    def publishes(self) -> None:
        changes.write_theme(self.assessment, "Cost", rows=[self.office.place(self.assessment, 2).pk], by=self.office.secretary)
        changes.publish_results(self.assessment, by=self.office.secretary)

    def readers(self) -> dict[str, tuple]:
        """Who it is, what they may read, and of which firms."""
        office = self.office
        return {
            "a seat": (office.holders[0], Audience.PARTICIPANTS, (0, 1)), "another seat": (office.holders[1], Audience.PARTICIPANTS, (2, 3)),
            "the secretariat": (office.secretary, Audience.PROGRAMME, range(4)), "the Chair": (office.chair, Audience.PROGRAMME, range(4)),
            "assurance": (office.reader, Audience.PROGRAMME, range(4)), "the raiser": (office.raiser, Audience.PARTICIPANTS, ()),
            "an observer": (office.observer, Audience.PARTICIPANTS, ()),
        }  # fmt: skip


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Firms)


@pytest.fixture
def firms(stage):
    return stage()


def found_in(page: str) -> set[tuple[str, int]]:
    """Which fields of which firms stand on it."""
    found = {(name, firm) for name, firm in product(TEXTS, range(4)) if canary(name, firm) in page}
    return found | {("lead_time", firm) for firm in range(4) if f"{61 + firm} months" in page}


def may_read(what: str, of) -> set[tuple[str, int]]:
    return {(name, firm) for name, firm in product((*TEXTS, "lead_time"), of) if audience(name, firm) in READABLE[Audience(what)]}


def read(user, address: str) -> str:
    return Visitor(user).client.get(address, follow=True).content.decode()


def public_pages() -> str:
    return "\n".join(read(None, address) for address in PUBLIC)


def test_while_it_is_open_nothing_is_read_but_by_those_who_run_it(firms):
    for who, (user, what, of) in firms.readers().items():
        seen = found_in(read(user, firms.page)) | found_in(read(user, f"{firms.page}answers.csv"))
        assert seen == (may_read(what, of) if what == Audience.PROGRAMME else set()), who
    assert not found_in(public_pages())


def test_after_the_close_each_reads_what_is_for_them_and_the_public_nothing(firms, clock):
    firms.closes(clock)
    for who, (user, what, of) in firms.readers().items():
        for address in (firms.page, f"{firms.page}answers.csv"):
            shown = read(user, address)
            assert found_in(shown) == may_read(what, of), f"{who} at {address}"
            assert (CLOSED_FIELD in shown) == bool(of and what != Audience.PROGRAMME), f"{who} at {address}"
    assert not found_in(public_pages())


def test_when_it_is_published_the_public_reads_what_everyone_may(firms, clock):
    firms.closes(clock)
    firms.publishes()
    for address in PUBLIC[:2]:
        assert found_in(read(None, address)) == may_read(Audience.EVERYONE, range(4)), address
    assert found_in(public_pages()) == may_read(Audience.EVERYONE, range(4))


def test_no_mail_and_no_refusal_tells_it_and_ones_own_data_only_ones_own(firms, clock):
    firms.closes(clock)
    firms.publishes()
    assert not found_in("\n".join(Notice.objects.values_list("body", flat=True)))
    rows = [firms.office.place(firms.assessment, firm).pk for firm in range(4)]
    addresses = [f"/desk/assessments/{firms.assessment.pk}/{what}/" for what in ("extend", "withdraw", "themes/new", "off-roll")]
    addresses += [f"/desk/assessments/rows/{row}/{what}/" for row in rows[1:] for what in ("answer", "mailed", "leave")]
    for user in (firms.office.stranger, firms.office.raiser, firms.office.respondents[0]):
        assert not found_in("\n".join(read(user, address) for address in addresses))
    for firm in (0, 1):
        own = read(firms.office.respondents[firm], "/desk/account/data.json")
        assert {of for _, of in found_in(own)} == {firm}
    assert not found_in(read(firms.office.secretary, "/desk/account/data.json"))


@pytest.mark.parametrize("reader", AUDIENCES)
def test_a_count_and_a_drafted_comment_say_no_more_than_the_fields(firms, reader):
    """Of a closed position they say that there is one."""
    rows = list(AssessmentRow.objects.filter(assessment=firms.assessment).prefetch_related("responses").order_by("order"))
    for own in (rows[:2], rows[2:]):
        answers = [row.counted for row in own]
        closed = [each for each in answers if each.audience_of("position") not in READABLE[reader]]
        said = [each.get_position_display() for each in answers if each not in closed]
        told = [dict(fields_for(each, reader))["Position"] for each in answers]
        assert sorted(told) == sorted([*said, *[CLOSED_FIELD] * len(closed)])
        drafted = drafted_comment(own, reader)
        assert (f"{len(closed)} in confidence" in drafted) == bool(closed)
        for each in closed:
            assert {"support": "supports,", "with_comments": "with comments", "object": "object", "abstain": "abstain"}[each.position] not in drafted


def test_each_part_is_given_to_its_readers_on_the_form_and_stays_so(firms):
    """What the form shows of an answer that was given says the same again."""
    for firm in range(4):
        row = firms.office.place(firms.assessment, firm)
        start = initial_of(row.counted)
        typed = {name: [str(value)] for name, value in start.items() if value not in (None, "")}
        form = ResponseForm(row, _query(typed))
        assert form.is_valid(), form.errors
        assert {name: str(value) for name, value in form.typed()["confidence"].items()} == {name: audience(name, firm) for name in Response.FIELDS}


def _query(typed) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def test_through_the_page_a_part_is_closed_and_the_check_says_to_whom(firms):
    at, visitor = f"/desk/assessments/rows/{firms.office.place(firms.assessment, 0).pk}/answer/", Visitor(firms.office.respondents[0])
    page = visitor.opens(at)
    n = next(n for n, form in enumerate(forms_on(page)) if any(name == "comments" for name, _ in form["data"]))
    everybody = {f"audience_{name}": "" for name in Response.FIELDS} | {"audience": "everyone", "audience_cost": "participants", "audience_effort": "programme"}
    checked = visitor.sends(page, everybody | {"cost": "Much", "effort": "More", "step": "check"}, form=n)
    shown = text_of(checked)
    assert "Cost Much Participants of the programme" in shown
    assert "Effort More The Programme and assurance only" in shown
    visitor.sends(checked, {"step": "submit"})
    assert Response.objects.latest("pk").confidence == {"cost": "participants", "effort": "programme"}


def test_a_draft_that_was_kept_before_parts_had_readers_of_their_own_stays_closed(firms):
    row, user = firms.office.place(firms.assessment, 0), firms.office.respondents[0]
    changes.keep_draft(row, {"position": ["support"], "answer": ["Yes"], "cost": ["Much"], "audience": ["everyone"], "confidential": ["cost"], "name": ["Ann"]}, by=user)
    assert "Cost Much The Programme and assurance only" in text_of(Visitor(user).opens(f"/desk/assessments/rows/{row.pk}/answer/?checked"))
