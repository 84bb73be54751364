from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from notifications.bounces import read


class Command(BaseCommand):
    help = "Read what came back from other mail servers out of a mailbox (mbox, or a folder in Maildir), and write down which mails did not arrive."

    def add_arguments(self, parser):
        parser.add_argument("mailbox", type=Path)

    def handle(self, *args, **options):
        try:
            many, noted, skipped = read(options["mailbox"])
        except FileNotFoundError as missing:
            raise CommandError(f"There is no mailbox {missing}.") from missing
        for bounce in noted:
            self.stdout.write(f"{bounce.notice}: {bounce.said}")
        for each in skipped:
            self.stderr.write(f"Skipped, since it cannot be read: {each}")
        self.stdout.write(f"{many} report{'' if many == 1 else 's'} read; {len(noted)} of them of mails of this portal.")
