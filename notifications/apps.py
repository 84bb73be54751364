from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self):
        from notifications import chores, consequences  # noqa: F401 (they register themselves)
