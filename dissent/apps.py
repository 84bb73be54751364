from django.apps import AppConfig


class DissentConfig(AppConfig):
    name = "dissent"

    def ready(self):
        from dissent import deadlines, process, verbs  # noqa: F401 (they register themselves)
