from django.apps import AppConfig


class ArtefactsConfig(AppConfig):
    name = "artefacts"

    def ready(self):
        from artefacts import bodies, by_the_clock, held_about, hooks, moved_by_holidays, released, subjects, verbs  # noqa: F401 (they register themselves)
