from django.apps import AppConfig


class ChangeRequestsConfig(AppConfig):
    name = "change_requests"

    def ready(self):
        from change_requests import bodies, by_the_clock, hooks, moved_by_holidays, subjects, verbs  # noqa: F401 (they register themselves)
