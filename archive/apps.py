from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self):
        from archive import bodies, verbs  # noqa: F401 (they register themselves)
