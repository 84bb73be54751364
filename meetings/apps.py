from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self):
        from meetings import bodies, chores, consequences, deadlines, process, verbs  # noqa: F401 (they register themselves)
