"""What somebody wants to have erased, and what they are answered."""

from records.forms import Form, long_text


class ErasureForm(Form):
    text = long_text("What do you want to have erased, and why?", "Say where it stands, as exactly as you can.", rows=5)


class ErasureAnswerForm(Form):
    answer = long_text("What was erased, and what stays and why?", "It is mailed to whoever asked.", rows=6)
