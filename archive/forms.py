"""Correcting by hand what was misread."""

import re
from dataclasses import asdict, fields
from itertools import count
from typing import Any, cast

from django import forms

from archive.by_hand import MADE_UP, NOT_IN_IT, STATED, STATES, Asked, Mended, as_asked, rows_of, version_of
from archive.deferred import PutOff, items_of, later_items
from archive.deferred import as_read as became
from archive.listed import AMONG, HOW, MISSED, NOT_LISTED, Listed, as_read, seats_of
from archive.listed import rows_of as listed_of
from archive.voted import GONE, SAID, SPARE, Row, Voted, asked_for, decisions_of
from archive.voted import as_read as vote_as_read
from decisions.models import SETTLED, Choice, Decision, Maker, Question
from meetings.attending import LONGEST_INITIALS
from meetings.lifecycle import ActionStatus
from meetings.models import Action, AgendaItem, Meeting
from records.forms import DayField, Form, NameField, RecordChoice, long_text, offer


def why_misread() -> forms.CharField:
    return long_text("What was misread", "It is published with the correction. What the paper says stays as it is.", rows=3, required=True)


def box_of(width: int) -> forms.TextInput:
    return forms.TextInput(attrs={"class": f"govuk-input--width-{width}", "autocomplete": "off"})


class CorrectForm(Form):
    """Each subject and what became of it, one that was missed, the vote of each row, the reasons, who decided, and the day: as they were read."""

    mark_optional = True

    decided_on = DayField(label="On which day it was decided")
    why = why_misread()

    def __init__(self, decision: Decision, *args: Any, **kwargs: Any):
        super().__init__(*args, initial={"decided_on": decision.decided_on}, **kwargs)
        self.settled = list(decision.settlements.all())
        self.rows = rows_of(decision)
        fields: dict[str, forms.Field] = {}
        for each in self.settled:
            fields |= self._subject(each.n, each.subject, each.subject_ref, version_of(each), each.outcome, each.conditions)
        fields |= self._subject(self.another, "what was missed", "", "", "", "")
        for row in self.rows:
            kept = [] if row.counted else [("", row.as_shown()["choice_label"])]
            fields[f"vote_{row.pk}"] = forms.ChoiceField(
                label=f"{row.constituency} on {row.question.on or 'it'}", choices=[*kept, *Choice.choices], initial=row.counted.choice if row.counted else "",
                required=bool(row.counted),
            )  # fmt: skip
        self.given = {each.n: each.text for each in decision.reasons.all()}
        for n, text in self.given.items():
            fields[f"reason_{n}"] = long_text(f"Reason {n}", "Leave it empty if the paper does not have it.", rows=2, initial=text)
        fields[f"reason_{self.missed}"] = long_text("A reason that was missed", "It is numbered after the others.", rows=2)
        fields["maker"] = forms.ChoiceField(label="Whose decision it was", choices=Maker.choices, initial=decision.maker)
        fields["basis"] = forms.ChoiceField(label="On what basis it was decided", choices=Decision.Basis.choices, initial=decision.basis)
        fields["authority"] = forms.CharField(label=STATED["authority"], max_length=300, required=False, initial=decision.authority, help_text="As the paper puts it, such as a clause of the terms of reference")
        fields["determined_by_name"] = NameField(label=STATED["determined_by_name"], max_length=160, required=False, initial=decision.determined_by_name, help_text="By name, if the paper names somebody, such as Helena Marlowe")
        fields["determined_as"] = NameField(label=STATED["determined_as"], max_length=120, required=False, initial=decision.determined_as, help_text="If the paper says so, such as DAG Chair")
        self.fields = fields | self.fields

    def _subject(self, n: int, called: str, ref: str, version: str, outcome: str, conditions: str) -> dict[str, forms.Field]:
        """What a subject is called, in which version, and what became of it. One that was missed is named, or there is none."""
        gone = [(NOT_IN_IT, "Not in the paper: it was made up")] if ref else []
        return {
            f"ref_{n}": NameField(label=f"Reference of {called}" if ref else "A subject that was missed", help_text="" if ref else "Its reference as the paper prints it, such as CR018", max_length=200, required=bool(ref), initial=ref),
            f"version_{n}": forms.CharField(label=f"Version of {called}", max_length=20, required=False, initial=version, widget=box_of(5)),
            f"outcome_{n}": forms.ChoiceField(label=f"What became of {called}", choices=[*([] if ref else [("", "Not chosen")]), *SETTLED, *gone], initial=outcome, required=bool(ref)),
            f"conditions_{n}": forms.CharField(label=f"Conditions for {called}", initial=conditions, required=False, max_length=2000),
        }  # fmt: skip

    @property
    def another(self) -> int:
        """The number of a subject that comes to the others."""
        return max((each.n for each in self.settled), default=0) + 1

    @property
    def named(self) -> dict[int, tuple[str, str]]:
        said = {n: (self.cleaned_data[f"ref_{n}"].strip(), self.cleaned_data[f"version_{n}"].strip()) for n in (*(each.n for each in self.settled), self.another)}
        return {n: each for n, each in said.items() if n != self.another or any(each) or self.cleaned_data[f"outcome_{n}"]}

    @property
    def mended(self) -> Mended:
        said = self.cleaned_data
        return Mended(self.outcomes, self.votes, said["decided_on"], self.reasons, self.named, (said["maker"], said["basis"]), {name: said[name].strip() for name in STATED})

    @property
    def missed(self) -> int:
        """The number of a reason that comes to the others."""
        return max(self.given, default=0) + 1

    @property
    def reasons(self) -> dict[int, str]:
        """By number: those that are there, as they are to read, and one that was missed, if any."""
        said = {n: self.cleaned_data[f"reason_{n}"].strip() for n in (*self.given, self.missed)}
        return {n: text for n, text in said.items() if n in self.given or text}

    @property
    def outcomes(self) -> dict[int, tuple[str, str]]:
        """By the number of the subject, what became of it and on which conditions."""
        said = self.cleaned_data
        return {n: (said[f"outcome_{n}"], said[f"conditions_{n}"]) for n in self.named}

    @property
    def votes(self) -> dict[int, str]:
        """By row, what it is to say; those that are left as they were read are not among them."""
        return {row.pk: said for row in self.rows if (said := self.cleaned_data[f"vote_{row.pk}"])}


class WhoCameForm(Form):
    """Everybody whom the reader found on the attendance list, each to be mended; and somebody whom it missed."""

    mark_optional = True
    template_name = "forms/rows.html"
    before = ()

    why = why_misread()

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = {str(row.pk): as_read(row) for row in listed_of(meeting)}
        # Of whom nothing is sent they have come since: the rules know of that, and so does a form that is sent twice.
        self.read = {key: each for key, each in rows.items() if not self.is_bound or f"name-{key}" in self.data}
        self.seats = [("", "No seat"), *((str(pk), label) for pk, label in seats_of(meeting).items())]
        why = self.fields.pop("why")
        for key, each in self.read.items():
            self._ask(key, each, each.name)
        self._ask(MISSED, Listed(), "Somebody who was missed")
        self.fields["why"] = why

    def _ask(self, key: str, each: Listed, called: str) -> None:
        how = [choice for choice in HOW.items() if key != MISSED or choice[0] != NOT_LISTED]
        asked: dict[str, forms.Field] = {
            "name": NameField(label="Name", max_length=160, required=key != MISSED, initial=each.name),
            "how": forms.ChoiceField(label="How they were there", choices=how, initial=each.how),
            "role": NameField(label="Role, as it is printed", max_length=160, required=False, initial=each.role),
            "initials": NameField(label="Initials", max_length=LONGEST_INITIALS, required=False, initial=each.initials, widget=box_of(5)),
            "among": forms.ChoiceField(label="Listed among", choices=AMONG, initial=each.among, help_text="Of whoever sent apologies it says nothing."),
            "seat": forms.ChoiceField(label="For which seat", choices=self.seats, required=False, initial=str(each.seat or "")),
            "on_behalf_of": NameField(label="On behalf of", max_length=160, required=False, initial=each.on_behalf_of, help_text="Whose alternate they were"),
        }
        for name, field in asked.items():
            field.named = f"{called}: {field.label}"  # type: ignore[attr-defined]
            self.fields[f"{name}-{key}"] = field

    @property
    def people(self) -> list[dict[str, Any]]:
        """For the page: each with the fields about them, unfolded where there is something to be seen to."""
        theirs = self.theirs()
        return [self._person(key, each, theirs) for key, each in (*self.read.items(), (MISSED, Listed()))]

    def _person(self, key: str, each: Listed, theirs: dict[str, Any]) -> dict[str, Any]:
        bound = [self[f"{field.name}-{key}"] for field in fields(Listed)]
        is_open = any(field.errors or field.name in theirs for field in bound)
        how = HOW[each.how] if key != MISSED else ""
        return {"name": each.name or "Somebody who was missed", "how": how, "role": each.role, "fields": bound, "is_open": is_open}

    @property
    def said(self) -> dict[str, Listed]:
        """By the key of their row, how each is to be listed; and who was missed, if somebody was."""
        told = {key: self._said(key) for key in (*self.read, MISSED)}
        return {key: each for key, each in told.items() if key != MISSED or each != Listed()}

    def _said(self, key: str) -> Listed:
        said = {field.name: self.cleaned_data[f"{field.name}-{key}"] for field in fields(Listed)}
        return Listed(**said | {"seat": int(said["seat"]) if said["seat"] else None})


class ItemsForm(Form):
    """What became of each item; where one was put off to a later meeting that is on record, to which of its items."""

    mark_optional = True

    why = why_misread()

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.items, self.later = list(items_of(meeting)), {str(item.pk): item for item in later_items(meeting)}
        fields: dict[str, forms.Field] = {}
        for item in self.items:
            called, then = f"{item.number}. {item.title}", became(item)
            fields[f"item-{item.pk}"] = forms.ChoiceField(
                label=called, choices=[("discussed", "Discussed, or dealt with"), ("deferred", "Deferred")], initial="deferred" if then.deferred else "discussed"
            )
            if self.later or then.to:
                known = {str(then.to.pk): then.to, **self.later} if then.to else self.later
                choices = [("", "Not said, or not on record"), *((key, f"{each}: {each.title}") for key, each in known.items())]
                fields[f"to-{item.pk}"] = forms.ChoiceField(
                    label=f"{called}: deferred to", choices=choices, required=False, initial=str(then.to.pk) if then.to else "", help_text="If it was deferred"
                )
        self.fields = fields | self.fields

    @property
    def said(self) -> dict[int, PutOff]:
        return {
            item.pk: PutOff(self.cleaned_data[f"item-{item.pk}"] == "deferred", self.later.get(self.cleaned_data.get(f"to-{item.pk}", "")))
            for item in self.items
        }


class AskedForm(Form):
    """What is to be done, by whom and by when, as the paper prints it."""

    mark_optional = True

    text = long_text("What is to be done", rows=3, required=True)
    owner = NameField(label="Who is to do it", max_length=200)
    due_text = forms.CharField(label="By when, as the paper prints it", max_length=80, required=False, widget=box_of(20))
    due_on = DayField(label="The day that is", required=False, help_text="If it is one")
    status = forms.ChoiceField(label="How it stands", choices=STATES, initial=ActionStatus.OPEN, widget=forms.RadioSelect)
    closed_on = DayField(label="Closed on", required=False, help_text="If it is closed: on the day that the paper gives, or at its meeting")
    why = why_misread()

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            said["text"].strip(), said["owner"].strip(), said["due_on"], said["due_text"].strip(), said["status"], said["closed_on"]
        )


class CorrectActionForm(AskedForm):
    """The same of an action that was read in, which may be none."""

    status = forms.ChoiceField(label="How it stands", choices=[*STATES, (MADE_UP, "It is not in the paper: it was made up")], widget=forms.RadioSelect)
    field_order = ("text", "owner", "due_text", "due_on", "status", "closed_on", "why")

    def __init__(self, action: Action, *args: Any, **kwargs: Any):
        super().__init__(*args, initial=asdict(as_asked(action)), **kwargs)


class MissedActionForm(AskedForm):
    """An action that the reader passed over."""

    reference = NameField(label="Its reference", max_length=40, help_text="As the paper prints it", widget=box_of(20))
    item = RecordChoice(lambda item: f"{item.number}. {item.title}", label="Under which item", required=False, empty_label="None")
    field_order = ("reference", "text", "owner", "due_text", "due_on", "status", "closed_on", "item", "why")

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "item", meeting.items.on_the_agenda())


class VoteForm(Form):
    """What was voted on, on which decision that advises, and the rows: each seat, its choice or why it has none, and its words."""

    mark_optional = True
    template_name = "forms/rows.html"

    subject = NameField(label="What was voted on", max_length=200, help_text="As the paper prints it, such as CR018", widget=box_of(20))
    version = forms.CharField(label="In which version", max_length=20, required=False, widget=box_of(5))
    wording = long_text("What was asked", "As the paper prints it", rows=2)
    decision = RecordChoice(lambda decision: f"{decision.reference}: {decision.title}", label="On which decision it advises", required=False, empty_label="None")
    why = why_misread()

    def __init__(self, meeting: Meeting, rows: dict[str, Row], data: Any = None, *, choices: list[tuple[str, str]], is_open: bool, **kwargs: Any):
        super().__init__(data, **kwargs)
        offer(self, "decision", decisions_of(meeting))
        self.rows, self.is_open, self.about = rows | dict.fromkeys(SPARE, Row()), is_open, [name for name in self.fields if name != "why"]
        for key, row in self.rows.items():
            self._ask(key, row, choices)

    def _ask(self, key: str, row: Row, choices: list[tuple[str, str]]) -> None:
        asked: dict[str, forms.Field] = {
            "constituency": NameField(label="Seat, as the paper prints it", max_length=160, required=key not in SPARE, initial=row.constituency),
            "said": forms.ChoiceField(label="What it said", choices=[("", "No row in the paper"), *SAID.items()] if key in SPARE else choices, required=bool(row.said), initial=row.said),
            "comment": long_text("Its comment, or why it did not vote", rows=1, initial=row.comment),
        }
        if key.startswith("seat-"):
            asked["constituency"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=row.constituency)  # not typed: it is called as it was that day
        for name, field in asked.items():
            field.named = f"{row.constituency or 'A seat that was missed'}: {field.label}"  # type: ignore[attr-defined]
            self.fields[f"{name}-{key}"] = field

    @property
    def before(self) -> list[forms.BoundField]:
        return [self[name] for name in self.about]

    @property
    def people(self) -> list[dict[str, Any]]:
        """For the page: each row with its fields, unfolded where there is something to be seen to."""
        theirs = self.theirs()
        return [self._row(key, row, theirs) for key, row in self.rows.items()]

    def _row(self, key: str, row: Row, theirs: dict[str, Any]) -> dict[str, Any]:
        bound = [self[name] for field in fields(Row) if (name := f"{field.name}-{key}") in self.fields]
        is_open = (self.is_open and key not in SPARE) or any(field.errors or field.name in theirs for field in bound)
        return {"name": row.constituency or "A seat that was missed", "how": SAID.get(row.said, ""), "role": "", "fields": bound, "is_open": is_open}

    @property
    def voted(self) -> Voted:
        said = self.cleaned_data
        decision: Decision | None = said["decision"]
        rows = {key: Row(*(said[f"{field.name}-{key}"].strip() for field in fields(Row))) for key in self.rows}
        return Voted(
            said["subject"].strip(), said["version"].strip(), said["wording"].strip(), decision.pk if decision else None,
            {key: row for key, row in rows.items() if key not in SPARE or row != Row()}, said.get("is_in_it") == "no",
        )  # fmt: skip


class CorrectVoteForm(VoteForm):
    """The same of a vote that was read in; and whether the paper has it at all."""

    is_in_it = forms.ChoiceField(label="Is it in the paper?", choices=[("yes", "Yes"), ("no", "No: it was made up")], initial="yes", widget=forms.RadioSelect)
    field_order = ("is_in_it", "subject", "version", "wording", "decision", "why")

    def __init__(self, question: Question, data: Any = None):
        then = vote_as_read(question)
        initial = {"subject": then.subject, "version": then.version, "wording": then.wording, "decision": then.decision}
        super().__init__(cast(AgendaItem, question.item).meeting, then.rows, data, choices=[*SAID.items(), *GONE.items()], is_open=False, initial=initial)


def rows_as_sent(meeting: Meeting, data: Any) -> dict[str, Row]:
    """The seats as they were asked for when the form was opened, in their places; those that are asked for only now come after them."""
    sent = {name.removeprefix("said-"): data.get(name.replace("said-", "constituency-", 1), "") for name in data if re.fullmatch(r"said-seat-\d{1,4}", name)}
    new = [row for row in asked_for(meeting).values() if row.constituency not in sent.values()]
    free = (key for n in count(1) if (key := f"seat-{n}") not in sent)
    return {key: Row(label) for key, label in sent.items()} | dict(zip(free, new, strict=False))


class MissedVoteForm(VoteForm):
    """A vote that the reader passed over: a row for each seat there was, to be left empty where the paper has none."""

    item = RecordChoice(lambda item: f"{item.number}. {item.title}", label="Under which item", empty_label="Not chosen")
    field_order = ("item", "subject", "version", "wording", "decision", "why")

    def __init__(self, meeting: Meeting, data: Any = None):
        rows = asked_for(meeting) if data is None else rows_as_sent(meeting, data)
        if data is not None:
            data = data.copy()
            for key in [key for key in rows if f"said-{key}" not in data]:
                data[f"constituency-{key}"] = rows[key].constituency
        super().__init__(meeting, rows, data, choices=[("", "No row in the paper"), *SAID.items()], is_open=True)
        offer(self, "item", meeting.items.on_the_agenda())
