from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "assurance"

    def ready(self):
        from assurance import bodies  # noqa: F401 (it registers itself)
        from assurance.trail import ORDER, in_order
        from records.process import steps

        for of in ORDER:
            in_order(steps(of), of)  # a step without its place is said now, and not on somebody's page
