"""What is typed about a freeze."""

from datetime import date

from change_requests.models import Freeze
from records.forms import DayField, Form, long_text


class FreezeForm(Form):
    first = DayField(label="From which day are changes frozen?", required=False)
    last = DayField(label="Last day", required=False, help_text="If left empty: until further notice.")
    why = long_text("Why?", "It is published, and told to whoever raises a change request meanwhile.", rows=3, max_length=300)


class EndFreezeForm(Form):
    last = DayField(label="Which day is its last one?", required=False)
    why = long_text("Why does it end early?", "It is published beside it.", rows=3, max_length=300)

    def __init__(self, freeze: Freeze, today: date, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if freeze.first_day > today:  # it is called off
            del self.fields["last"]
            self.fields["why"].label = "Why is it called off?"
