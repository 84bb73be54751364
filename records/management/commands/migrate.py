from django.core.management.commands import migrate

from records.migrating import LeanExecutor, OurExecutor


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--every-model", action="store_true", help="Make every model anew after each operation, as Django does.")

    def handle(self, *args, every_model=False, **options):
        django = migrate.MigrationExecutor
        migrate.MigrationExecutor = OurExecutor if every_model else LeanExecutor  # Django's command has no other place to say so
        try:
            super().handle(*args, **options)
        finally:
            migrate.MigrationExecutor = django
