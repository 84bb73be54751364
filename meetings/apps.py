from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import bodies, by_the_clock, held_about, hooks, moved_by_holidays, process, subjects, verbs  # noqa: F401 (they register themselves)
