"""The field of a form by which a file is handed in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from files.kinds import EXTENSIONS, MIB, MOST_BYTES, Kind, extension_of
from files.names import shown_name
from files.rules import refusals_of_file


class UploadField(forms.FileField):
    """A file of some kinds, or of any that the portal takes. What is in it is looked at when it is kept (files/operations.py).

    Not required here unless it is said: the rule says what is missing. The view is marked `@takes_files`, and gives the form
    `sent_files(request)`.
    """

    widget = forms.FileInput

    def __init__(self, *, kinds: Iterable[Kind] = tuple(Kind), hint: str = "", **told: Any):
        self.kinds = list(kinds)
        limit = f"{', '.join(kind.value.upper() for kind in self.kinds)}; at most {MOST_BYTES // MIB} MB."
        told.setdefault("label", "File")
        told.setdefault("required", False)
        told.setdefault("help_text", f"{hint} {limit}".strip())
        super().__init__(allow_empty_file=True, **told)  # the rule says that it is empty, in its own words

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        taken = ",".join(extension for extension, kind in EXTENSIONS.items() if kind in self.kinds)
        return {"accept": taken, "data-most": MOST_BYTES}

    def to_python(self, data: Any) -> UploadedFile | None:
        if not data:
            return None
        extension = extension_of(shown_name(str(data.name)))
        if extension and len(self.kinds) < len(Kind) and EXTENSIONS.get(extension) not in self.kinds:  # what the portal takes elsewhere helps nobody here
            raise ValidationError(f"This is a file of the kind {extension}. What can be handed in here: {', '.join(kind.label for kind in self.kinds)}.")
        if reasons := list(refusals_of_file(str(data.name), data.size)):
            raise ValidationError([str(reason) for reason in reasons])
        return data
