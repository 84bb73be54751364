from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self):
        from notifications import by_the_clock, held_about, hooks  # noqa: F401 (they register themselves)
