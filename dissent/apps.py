from django.apps import AppConfig


class DissentConfig(AppConfig):
    name = "dissent"

    def ready(self):
        from dissent import bodies, consequences, deadlines, process, verbs  # noqa: F401 (they register themselves)
