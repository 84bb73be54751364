"""Form fields of our own: a list typed box by box, numbered."""

from django import forms


class NumberedBoxes(forms.Widget):
    """So many text boxes of one name, numbered; the empty ones fall away."""

    template_name = "forms/widgets/numbered.html"

    def __init__(self, noun: str, blanks: int = 3, attrs: dict | None = None):
        super().__init__(attrs)
        self.noun, self.blanks = noun, blanks

    def use_required_attribute(self, initial) -> bool:
        return False

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        filled = [text for text in (value or []) if text.strip()]
        context["widget"] |= {"noun": self.noun, "boxes": filled + [""] * self.blanks}
        return context

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}_0"


class NumberedField(forms.Field):
    """A list of texts in order: ["the first", "the second"]."""

    use_fieldset = True

    def __init__(self, *, noun: str, blanks: int = 3, **kwargs):
        super().__init__(widget=NumberedBoxes(noun, blanks), required=False, **kwargs)
        self.widget.use_fieldset = True

    def clean(self, value) -> list[str]:
        return [text.strip() for text in (value or []) if text.strip()]

    def prepare_value(self, value):
        return value or []
