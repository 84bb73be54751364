from django.apps import AppConfig


class ChangeRequestsConfig(AppConfig):
    name = "change_requests"

    def ready(self):
        from change_requests import bodies, consequences, subjects, verbs  # noqa: F401 (they register themselves)
