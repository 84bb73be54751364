from django.core.management.base import BaseCommand
from django.db import transaction

from register.shelving import make_again


class Command(BaseCommand):
    help = "Take down the shelf, from which lists and search read, and make it again from the latest editions."

    def handle(self, *args, **options):
        with transaction.atomic():
            count = make_again()
        self.stdout.write(self.style.SUCCESS(f"{count} records stand on the shelf."))
