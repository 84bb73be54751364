from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "files"

    def ready(self):
        from files import by_the_clock  # noqa: F401 (it registers itself)
