from django.core.management.base import BaseCommand, CommandError

from notifications.models import DeliveryAttempt
from notifications.sweeping import run_and_remember


class Command(BaseCommand):
    help = "Do everything that is due: close, publish, remind, print, relay mail. Safe to run twice, late, or beside another. Exit code 1 if anything failed, or a mail was not taken."

    def handle(self, *args, **options):
        run = run_and_remember()
        refused = DeliveryAttempt.objects.filter(at__gte=run.started_at, accepted=False).select_related("notice")
        not_taken = [f"To {each.notice.address}: {each.said}" for each in refused]
        done = ", ".join(f"{name} {count}" for name, count in _without(run.done, len(not_taken)).items()) or "nothing was due"
        self.stdout.write(f"Swept in {(run.finished_at - run.started_at).total_seconds():.1f} s: {done}.")
        if run.failures or not_taken:
            raise CommandError("\n".join([*_told("Some rows failed; the rest are done.", run.failures), *_told("Some mail was not taken. It is tried again later, seven times in all.", not_taken)]))


def _without(done: dict[str, int], not_taken: int) -> dict[str, int]:
    """A mail that was offered and refused is not one that was relayed."""
    relayed = {**done, "relay mail": done.get("relay mail", 0) - not_taken}
    return {name: count for name, count in relayed.items() if count > 0}


def _told(what: str, each: list[str]) -> list[str]:
    return [what, *each] if each else []
