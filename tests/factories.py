"""One factory per noun, each making the smallest thing the rules accept."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from decisions.models import Consultation, Consultee, Decision, Question
from groups.models import Alternate, Appointment, Belonging, Constituency, Group, Holding, Organisation, Person, Seat, User
from meetings.lifecycle import MeetingStatus
from meetings.models import Action, AgendaItem, Attendance, Meeting, Minutes
from records.editions import issue, nouns
from records.hooks import effects_above
from records.operations import operating
from records.periods import period

LONG_AGO = date(2021, 11, 17)
# What is public of these has its edition, as it has when a verb makes them. Groups and seats are many, and few tests look at their
# pages: those say `issue_all("group", "seat")`.
PUBLIC: dict[type, str] = {Meeting: "meeting", Action: "action", Decision: "decision"}


class RecordFactory(DjangoModelFactory):
    """Saves with an author, as everything must."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        by = kwargs.pop("by", None) or User.objects.the_installer()
        with operating():
            made = model_class(*args, **kwargs).save_by(by)
            if model_class in PUBLIC:
                issue(PUBLIC[model_class], made.pk, "A test made it.", by=by)
            if model_class is Appointment:
                effects_above("groups.load_appointment", made, by=by)
        return made


class OrganisationFactory(RecordFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisation {}".format)


class ConstituencyFactory(RecordFactory):
    class Meta:
        model = Constituency

    name = factory.Sequence("Constituency {}".format)
    code = factory.Sequence("constituency-{}".format)


class PersonFactory(RecordFactory):
    class Meta:
        model = Person

    name = factory.Sequence("Person Number{}".format)
    email = factory.Sequence("person{}@example.org".format)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    username = factory.LazyAttribute(lambda user: user.email)
    email = factory.LazyAttribute(lambda user: user.person.email or f"person-{user.person.pk}@example.org")
    password = factory.django.Password("correct horse battery")


class GroupFactory(RecordFactory):
    class Meta:
        model = Group

    code = factory.Sequence("G{}".format)
    name = factory.LazyAttribute(lambda group: f"Group {group.code}")
    level = 3


def _another(group: Group, label: str) -> str:
    """ "Secretariat", then "Secretariat 2"."""
    known = Seat.objects.filter(group=group, label__startswith=label).count()
    return f"{label} {known + 1}" if known else label


class SeatFactory(RecordFactory):
    class Meta:
        model = Seat

    group = factory.SubFactory(GroupFactory)
    role = Seat.Role.MEMBER
    constituency = factory.SubFactory(ConstituencyFactory)
    label = factory.LazyAttribute(lambda seat: f"{seat.constituency} Representative" if seat.constituency else _another(seat.group, seat.role.title()))
    during = factory.LazyFunction(lambda: period(LONG_AGO))

    class Params:
        chair = factory.Trait(role=Seat.Role.CHAIR, constituency=None)
        secretariat = factory.Trait(role=Seat.Role.SECRETARIAT, constituency=None)


class HoldingFactory(RecordFactory):
    class Meta:
        model = Holding

    seat = factory.SubFactory(SeatFactory)
    person = factory.SubFactory(PersonFactory)
    during = factory.LazyFunction(lambda: period(LONG_AGO))


class AlternateFactory(RecordFactory):
    class Meta:
        model = Alternate

    seat = factory.SubFactory(SeatFactory)
    person = factory.SubFactory(PersonFactory)
    during = factory.LazyFunction(lambda: period(LONG_AGO))
    approved_by = "the constituency"
    approved_how = "e-mail of 1 November 2021"
    approved_on = LONG_AGO


class AppointmentFactory(RecordFactory):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    kind = Appointment.Kind.PMO
    during = factory.LazyFunction(lambda: period(LONG_AGO))


class MeetingFactory(RecordFactory):
    class Meta:
        model = Meeting

    group = factory.SubFactory(GroupFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    code = factory.LazyAttribute(lambda meeting: meeting.group.meeting_code(meeting.number))
    starts_at = datetime(2023, 7, 12, 9, tzinfo=UTC)
    held_on = factory.LazyAttribute(lambda meeting: meeting.starts_at.date())

    class Params:
        held = factory.Trait(status=MeetingStatus.HELD)


class MinutesFactory(RecordFactory):
    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory, held=True)


class AgendaItemFactory(RecordFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Registration service operating hours"


class AttendanceFactory(RecordFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    person = factory.SubFactory(PersonFactory)
    section = Attendance.Section.REPRESENTATIVES
    printed_name = factory.LazyAttribute(lambda attendance: attendance.person.name)


class ActionFactory(RecordFactory):
    class Meta:
        model = Action

    group = factory.SubFactory(GroupFactory)
    reference = factory.Sequence("G26-{:03}".format)
    raised_order = factory.Sequence("0026.00-{:03}".format)
    text = "Find out"
    owner = "Programme (PMO)"
    due_kind = Action.DueKind.ASAP


class DecisionFactory(RecordFactory):
    class Meta:
        model = Decision

    group = factory.SubFactory(GroupFactory)
    reference = factory.Sequence("G026/{}".format)
    title = "CR018"
    wording = "The SRO approved CR018"
    where_taken = Decision.WhereTaken.EX_COMMITTEE
    recorded_by = factory.LazyFunction(lambda: User.objects.the_installer())


class QuestionFactory(RecordFactory):
    class Meta:
        model = Question

    group = factory.SubFactory(GroupFactory)
    wording = "Should CR018 be approved?"
    subject = "CR018"
    version = "1.8"


class ConsultationFactory(RecordFactory):
    class Meta:
        model = Consultation

    question = factory.SubFactory(QuestionFactory)
    seat = factory.LazyAttribute(lambda consultation: SeatFactory(group=consultation.question.group))
    brief = "What do you think of CR018?"
    started_by = factory.SubFactory(PersonFactory)


class ConsulteeFactory(RecordFactory):
    class Meta:
        model = Consultee

    consultation = factory.SubFactory(ConsultationFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class BelongingFactory(RecordFactory):
    class Meta:
        model = Belonging

    organisation = factory.SubFactory(OrganisationFactory)
    constituency = factory.SubFactory(ConstituencyFactory)
    during = factory.LazyFunction(lambda: period(LONG_AGO))


def user_of(seat: Seat) -> User:
    """An account whose person holds the seat."""
    return UserFactory(person=HoldingFactory(seat=seat).person)


def chair_of(group: Group) -> User:
    return user_of(SeatFactory(group=group, chair=True))


def secretary_of(group: Group) -> User:
    return user_of(SeatFactory(group=group, secretariat=True))


def a_pmo() -> User:
    """The PMO of the whole programme, who runs the membership."""
    return UserFactory(person=AppointmentFactory().person)


def issue_one(record) -> None:
    """Give one record its edition: what was added to it past the verbs becomes public."""
    with operating():
        issue(type(record)._meta.model_name, record.pk, "A test changed it.", by=User.objects.the_installer())


def issue_all(*names: str) -> None:
    """Give everything public of these nouns its edition: what factories made, or a test changed past the verbs."""
    with operating():
        for name in names or nouns:
            for pk in nouns[name].record._base_manager.values_list("pk", flat=True):
                issue(name, pk, "A test made it.", by=User.objects.the_installer())
