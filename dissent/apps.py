from django.apps import AppConfig


class DissentConfig(AppConfig):
    name = "dissent"

    def ready(self):
        from dissent import bodies, held_about, hooks, moved_by_holidays, process, verbs  # noqa: F401 (they register themselves)
