from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self):
        from records import references  # noqa: F401 (registers what an address may be made of)
        from records.guards import lay_down_guards

        # Without a sender it would run once for each app; the guards cover every table in one go.
        post_migrate.connect(
            lambda **kw: lay_down_guards(kw.get("using", "default")), sender=self, weak=False, dispatch_uid="guards"
        )
