from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"

    def ready(self):
        from decisions import bodies, by_the_clock, held_about, hooks, moved_by_holidays, process, verbs  # noqa: F401 (they register themselves)
