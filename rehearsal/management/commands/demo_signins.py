from django.core.management.base import BaseCommand

from rehearsal.sign_ins import PASSWORD, SIGN_INS


class Command(BaseCommand):
    help = "Print who can sign in to the demonstration, and with which password."

    def handle(self, *args, **options):
        self.stdout.write(f"Sign in at /desk/ with the password {PASSWORD} as:")
        width = max(len(email) for email in SIGN_INS)
        for email, who in SIGN_INS.items():
            self.stdout.write(f"  {email:<{width}}  {who}")
