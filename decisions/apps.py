from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self):
        from decisions import bodies, chores, consequences, deadlines, process, verbs  # noqa: F401 (they register themselves)
