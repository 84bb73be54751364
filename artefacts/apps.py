from django.apps import AppConfig


class ArtefactsConfig(AppConfig):
    name = "artefacts"

    def ready(self):
        from artefacts import bodies, hooks, released, subjects, verbs  # noqa: F401 (they register themselves)
