"""Forms in GOV.UK markup: `FORM_RENDERER = "dag_portal.form_renderer.PortalFormRenderer"`.

Django asks for `django/forms/…`; we answer from `templates/forms/…` and, where we have none, from Django's own set.
So neither `django.forms` in INSTALLED_APPS nor a class on every widget is needed.
"""

from functools import cached_property

from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

DJANGO = "django/forms/"
PORTAL = "forms/"
# Widgets that differ only in the type of their <input>.
ONE_LINE = {
    f"{DJANGO}widgets/{kind}.html"
    for kind in ("text", "email", "url", "tel", "number", "search", "date", "datetime", "time")
}


class PortalFormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    @cached_property
    def built_in(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str):
        if template_name in ONE_LINE:
            return get_template(f"{PORTAL}widgets/input.html")
        if template_name.startswith(DJANGO):
            try:
                return get_template(PORTAL + template_name.removeprefix(DJANGO))
            except TemplateDoesNotExist:
                return self.built_in.get_template(template_name)
        return super().get_template(template_name)
