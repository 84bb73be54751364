from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import chores, deadlines, process, verbs  # noqa: F401 (they register themselves)
