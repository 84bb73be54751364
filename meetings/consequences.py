"""What follows here when the verb of a lower app runs: the working day on which minutes were published is counted anew."""

from groups.models import HolidayChange, User
from meetings.models import Meeting
from records.editions import issue
from records.hooks import effects_of


@effects_of("groups.change_holiday")
def count_the_days_anew(change: HolidayChange, *, by: User) -> None:
    """Of meetings held before it: only they can count it. What reads as before gets no new edition."""
    held = Meeting.objects.public().filter(held_on__lt=change.day, publication_due_at__isnull=False)
    for pk in held.values_list("pk", flat=True):
        issue("meeting", pk, f"A bank holiday was written down: {change.name}.", by=by)
