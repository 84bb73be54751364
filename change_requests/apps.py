from django.apps import AppConfig


class ChangeRequestsConfig(AppConfig):
    name = "change_requests"

    def ready(self):
        from change_requests import bodies, chores, consequences, deadlines, subjects, verbs  # noqa: F401 (they register themselves)
