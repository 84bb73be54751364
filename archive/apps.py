from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"

    def ready(self):
        from archive import bodies  # noqa: F401 (it registers itself)
