"""What is to be read before minutes go to anybody: to whom, how many they are, and what would better be mended first."""

from collections.abc import Iterable

from groups.models import Person, Seat
from groups.recipients import people_in
from meetings.lifecycle import ActionStatus
from meetings.models import DraftComment, Minutes
from meetings.owners import owners_of
from meetings.rules import findings_before_publishing


def counted(people: Iterable[Person], who: str) -> str:
    """ "16 people with a seat in REH are"; of one, the name."""
    people = list(people)
    return f"{people[0].name}, {who}, is" if len(people) == 1 else f"{len(people)} people {who} are"


def _unreached(people: Iterable[Person]) -> list[str]:
    silent = [person.name for person in people if not person.email]
    return [f"Nobody knows an address of {', '.join(silent)}: nothing is sent there."] if silent else []


def _reached(people: Iterable[Person]) -> list[Person]:
    return [person for person in people if person.email]


def after_sending_to_the_chair(minutes: Minutes) -> list[str]:
    """What the Chair would stumble over is said before, not after."""
    group, findings = minutes.meeting.group, list(findings_before_publishing(minutes))
    chairs = people_in(group, Seat.Role.CHAIR)
    told = f"{counted(reached, f'Chair of {group}')} sent a link to the draft by e-mail" if (reached := _reached(chairs)) else f"Nobody chairs {group} of whom an address is known: nobody is sent a mail"
    return [
        f"{told}. The Chair may read it from now on; so may assurance. Until then nobody but the secretariat can.",
        *_unreached(chairs),
        "It stays as it is while the Chair reads. To change it, take it back: the button is on the page of the meeting.",
        *([f"To be mended before, or known: {finding}" for finding in findings]),
    ]


def after_circulating(minutes: Minutes) -> list[str]:
    members = people_in(minutes.meeting.group, *Seat.Role.values)
    return [
        f"{counted(_reached(members), f'with a seat in {minutes.meeting.group}')} sent a link to the minutes of {minutes.meeting} with the next post, in a few minutes.",
        *_unreached(members),
        *_owners_told(minutes),
        "From then on they may be published, and at the hour of the deadline the clock publishes them. They do not go back to being a draft.",
    ]


def _owners_told(minutes: Minutes) -> list[str]:
    """With the same press each owner is sent what the meeting gave them to do."""
    actions = minutes.meeting.actions.standing().filter(status=ActionStatus.OPEN).select_related("owner_person", "group")
    owners = {person.pk: person for action in actions for person in _reached(owners_of(action))}
    if not owners:
        return []
    names = ", ".join(sorted(person.name for person in owners.values()))
    return [f"{counted(owners.values(), 'who own an action of it' if len(owners) > 1 else 'who owns an action of it')} sent what is theirs to do in a mail of its own{f': {names}' if len(owners) > 1 else ''}."]


def after_publishing(minutes: Minutes) -> list[str]:
    meeting = minutes.meeting
    members = people_in(meeting.group, *Seat.Role.values)
    decided = meeting.decisions.filter(published_at=None, status="determined").count()
    waiting = meeting.decisions.filter(published_at=None, status="tabled").count()
    told = f"; of {waiting} more it is said that {'it waits' if waiting == 1 else 'they wait'} for the Chair" if waiting else ""
    unanswered = DraftComment.objects.filter(paragraph__item__meeting=meeting, answer=None).count()
    return [
        f"The minutes of {meeting}, its actions and {decided} decision{'' if decided == 1 else 's'} become public at once{told}.",
        f"{counted(_reached(members), f'with a seat in {meeting.group}')} told by e-mail, with the next post.",
        *_unreached(members),
        *(f"Look at this first: {finding}" for finding in findings_before_publishing(minutes)),
        *([f"{unanswered} comment{' of a member is' if unanswered == 1 else 's of members are'} not answered yet."] if unanswered else []),
        "They can be corrected afterwards by a further edition, but not taken back.",
    ]
