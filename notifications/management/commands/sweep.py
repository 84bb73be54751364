from django.core.management.base import BaseCommand, CommandError

from notifications.sweeping import run_and_remember


class Command(BaseCommand):
    help = "Do everything that is due: close, publish, remind, print, relay mail. Safe to run twice, late, or beside another."

    def handle(self, *args, **options):
        run = run_and_remember()
        done = ", ".join(f"{name} {count}" for name, count in run.done.items()) or "nothing was due"
        self.stdout.write(f"Swept in {(run.finished_at - run.started_at).total_seconds():.1f} s: {done}.")
        if run.failures:
            raise CommandError("Some rows failed; the rest are done.\n" + "\n".join(run.failures))
