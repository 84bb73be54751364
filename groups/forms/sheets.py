"""A table that is brought in, as a file or pasted: a membership list, a comment log."""

from django.http import QueryDict

from files.forms import UploadField
from files.kinds import Kind
from files.looking import as_text
from records.forms import Form, LongText
from records.importing import MOST_CHARACTERS

MOST_BYTES = 4 * MOST_CHARACTERS  # of a sheet


class SheetForm(Form):
    """A table, as a file or pasted."""

    file = UploadField(kinds=[Kind.CSV, Kind.TXT], label="The table as a file", help_text=f"CSV or TXT; at most {MOST_CHARACTERS:,} characters.")
    sheet = LongText(most=MOST_CHARACTERS, rows=8, label="Or paste it here", required=False, help_text="Cells copied from a spreadsheet can be pasted as they are, with the line of headings.")

    def text(self) -> str | None:
        """What was pasted, or stands in the file; None if that cannot be read, which the form then says. Only of a sound form."""
        file = self.cleaned_data["file"]
        if not file:
            return self.cleaned_data["sheet"]
        if file.size > MOST_BYTES:
            self.add_error("file", f"Hand in at most {MOST_CHARACTERS:,} characters at once.")
            return None
        if (text := as_text(file.read())) is None:
            self.add_error("file", "This is no text: save the table as CSV, and hand that in.")
        return text

    @classmethod
    def showing(cls, text: str) -> "SheetForm":
        """With the text in the box: what was handed in as a file can be mended there."""
        shown = QueryDict(mutable=True)
        shown["sheet"] = text
        form = cls(shown)
        form.is_valid()
        form.errors.clear()
        return form
