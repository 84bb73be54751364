from django.apps import AppConfig


class ChangeRequestsConfig(AppConfig):
    name = "change_requests"

    def ready(self):
        from change_requests import bodies, by_the_clock, held_about, hooks, moved_by_holidays, past, subjects, verbs  # noqa: F401 (they register themselves)
