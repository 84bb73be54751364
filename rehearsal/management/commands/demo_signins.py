from django.core.management.base import BaseCommand

from rehearsal.sign_ins import PASSWORD, SIGN_INS, personal_link


class Command(BaseCommand):
    help = "Print who can sign in to the demonstration, with which password, and one link that needs no sign-in."

    def handle(self, *args, **options):
        self.stdout.write(f"Sign in at /desk/ with the password {PASSWORD} as:")
        width = max(len(email) for email in SIGN_INS)
        for email, who in SIGN_INS.items():
            self.stdout.write(f"  {email:<{width}}  {who}")
        if told := personal_link():
            organisation, link = told
            self.stdout.write(f"\nWithout a sign-in, {organisation} answers CR904 by the link that was mailed to it:\n  {link}")
