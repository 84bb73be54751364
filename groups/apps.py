from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self):
        from groups import bodies, hooks, verbs  # noqa: F401 (they register themselves)
