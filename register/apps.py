from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "register"

    def ready(self):
        from register import hooks  # noqa: F401 (it registers itself)
        from register.linking import register_kinds

        register_kinds()
