from django.apps import AppConfig


class DissentConfig(AppConfig):
    name = "dissent"

    def ready(self):
        from dissent import verbs  # noqa: F401 (they register themselves)
