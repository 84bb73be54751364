"""What the record can prove of one published decision: its votes counted again, its ledger entries checked one by one.

Bounded: it reads the entries of this decision, of its questions and of their votes, and the links beside them, however
long the ledger. The whole ledger is checked by `verify_ledger`.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q

from decisions.bodies import everything_of
from decisions.models import Attempt, Cast, Decision, DecisionEdition, Question, RollRow
from decisions.sentences import roll_sentence
from ledger.heads import Cover, covers
from ledger.models import Entry
from ledger.redacted import Redactions
from ledger.verifying import differing, faults_of
from ledger.withdrawn import SAID, black_outs, holds, places, without
from records.canonical import plain
from records.editions import as_today
from records.editions import differing as differing_bodies
from records.models import Origin, Signed

# What an entry may be known by in public. Of every other kind about a decision the number and the hash are shown, and no more.
WORDS = {
    ("decision", "determined"): "Decision determined",
    ("decision", "published"): "Decision published",
    ("question", "opened"): "Vote opened",
    ("question", "closed"): "Vote closed and counted",
    ("vote", "voted"): "Vote given",
    ("vote", "changed vote"): "Vote given, in place of an earlier one",
    ("holder_answer", "disputed vote"): "Vote disputed by the seat’s holder",
    ("holder_answer", "corrected silence"): "Silence corrected by the seat’s holder",
    ("advice", "advised"): "Advice given",
    ("imported_file", "imported"): "Published papers read in",
    ("imported_file", "corrected by hand"): "What was read in, corrected by hand",
    ("decision_edition", "edition issued"): "Edition of this page issued",
}
FACTS = {"tally"}  # those that are public with the record; another fact keeps its payload back
FORESEEN = {"closes_at"}  # when a vote was to close may differ from when it did; both were known


@dataclass
class Line:
    """One entry: what the public may know of it, and what does not fit in it."""

    entry: Entry
    what: str = ""  # in words; empty where nothing but number and hash is public
    open: bool = False  # whether its payload says only what is on the public record
    faults: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)  # its columns as they may be read, where that is not as they are hashed

    @property
    def actor(self) -> str:
        return self.said.get("actor", self.entry.actor)

    @property
    def subject(self) -> str:
        return self.said.get("subject_ref", self.entry.subject_ref)


@dataclass
class Count:
    """A vote counted again from the roll as it is shown."""

    question: Question
    rows: list[dict]
    sealed_by: Entry | None
    on: str  # as it may be read
    faults: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        return roll_sentence(self.rows)

    @cached_property
    def again(self) -> dict[str, int]:
        return self.question.recount()

    @property
    def told(self) -> dict[str, int]:
        """The count kept at the close; papers that were read in keep none, so there it is that of the roll."""
        return self.again if self.question.tally is None else self.question.tally

    @property
    def table(self) -> list[dict]:
        """Choice or state, counted again, as kept."""
        labels, kept = {row["choice"]: row["choice_label"] for row in self.rows}, self.question.tally
        names = sorted({*self.again, *(kept or {})}, key=lambda name: list(_ORDER).index(name) if name in _ORDER else len(_ORDER))
        return [
            {"label": labels.get(name, name), "again": self.again.get(name, 0), "kept": None if kept is None else kept.get(name, 0)}
            for name in names
        ]


_ORDER = ("approve", "reject", "abstain", "silent", "absent", "expected", "vacant", "unreadable")


class Proof:
    """Everything about one decision that can be checked; `decision` comes with every row of its own, read once for all that is compared."""

    def __init__(self, decision: Decision, import_entry: Entry | None):
        self.decision, self.questions = decision, list(decision.questions.all())
        self.black_outs, self.redactions = black_outs(), Redactions.sealed()
        self.words = [each.words for each in self.black_outs]
        self.record = plain(decision.sealed())
        self.editions = list(DecisionEdition.objects.filter(decision=decision).order_by("n"))
        self.entries = self._entries(import_entry)
        self.imported = next((e for e in self.entries if e == import_entry), None)
        self.last = {(e.subject_kind, e.subject_pk): e for e in self.entries}
        self.beside = self._beside()
        self.today = self._today()
        wrong = faults_of(self.entries, self.redactions)
        self.lines = [self._line(entry, wrong.get(entry.seq, [])) for entry in self.entries]
        self.counts = [self._count(question) for question in self.questions]

    def _rows(self) -> list[tuple[Question, RollRow]]:
        return [(question, row) for question in self.questions for row in question.roll.all()]

    def _entries(self, import_entry: Entry | None) -> list[Entry]:
        """What speaks of the decision, of votes that are over, of what was said beside them, and of who tried to vote and could not."""
        casts = [cast for _, row in self._rows() for cast in row.casts.all()]
        spoken_of = {
            "decision": [self.decision.pk],
            "question": [question.pk for question in self.questions],
            "vote": [cast.pk for cast in casts],
            "holder_answer": [
                *(cast.holder_answer.pk for cast in casts if hasattr(cast, "holder_answer")),
                *(row.correction.pk for _, row in self._rows() if row.corrected),
            ],
            "refused_vote": Attempt.objects.filter(row__question__in=self.questions).values("pk"),
            "advice": [advice.pk for advice in self.decision.advice.all()],
            "decision_edition": [edition.pk for edition in self.editions],
        }
        about = Q(pk=None)
        for noun, pks in spoken_of.items():
            about |= Q(subject_kind=noun, subject_pk__in=pks)
        if import_entry:
            about |= Q(pk=import_entry.pk)
        return list(Entry.objects.filter(about).select_related("payload").order_by("seq"))

    def _beside(self) -> list[tuple[str, tuple[str, int], Signed]]:
        """What is shown beside the votes, by name: the advice, and the disputes of votes that count."""
        said: list = [(f"the advice of {advice.get_body_display()}", advice) for advice in self.decision.advice.all()]
        counted = [(row, row.counted) for _, row in self._rows() if row.counted and row.counted.disputed]
        said += [(f"the dispute of the vote of {row.constituency}", cast.holder_answer) for row, cast in counted]
        said += [(f"the correction of the silence of {row.constituency}", row.correction) for _, row in self._rows() if row.corrected]
        return [(name, (record.sealed_as, record.pk), record) for name, record in said]

    def _today(self) -> dict[tuple[str, int], Any]:
        """Each record as it would be sealed today, as far as it is public: a vote that a later one replaced is not shown."""
        superseded = self.decision.supersedes
        hidden = {"supersedes": None} if superseded and not superseded.published_at else {}
        today = {("decision", self.decision.pk): self.record | hidden}
        today |= {about: plain(record.sealed()) for _, about, record in self.beside}
        today |= {(edition.sealed_as, edition.pk): plain(edition.sealed()) for edition in self.editions}
        for question in self.questions:
            today["question", question.pk] = plain(question.sealed())
        for _, row in self._rows():
            if row.counted:
                today["vote", row.counted.pk] = plain(row.counted.sealed())
        return today

    def _line(self, entry: Entry, faults: list[str]) -> Line:
        about = (entry.subject_kind, entry.subject_pk)
        is_import = entry == self.imported
        if not is_import and about not in self.today:
            return Line(entry, faults=faults)
        what = WORDS.get((entry.subject_kind, entry.kind), "")
        public = bool(what) and (is_import or says_no_more(body_of(entry), self.today[about]))
        return Line(entry, what, public and not self._is_withdrawn(entry), faults, self._said(entry))

    def _said(self, entry: Entry) -> dict[str, str]:
        """Of what was erased nobody knows which part of a column it was: then all of it is withdrawn."""
        shown = {name: without(getattr(entry, name), self.words) for name in ("actor", "subject_ref")}
        shown |= dict.fromkeys(self.redactions.columns.get(entry.seq, ()), SAID)
        return {name: value for name, value in shown.items() if value != getattr(entry, name)}

    def _is_withdrawn(self, entry: Entry) -> bool:
        sealed = entry.seq in self.redactions.entries or any(holds(body_of(entry), words) for words in self.words)
        return sealed or bool(self._said(entry))

    @cached_property
    def withdrawn(self) -> list[str]:
        """The places of the latest edition from which words were taken out, or erased from it or an earlier one."""
        erased = any(each.erased_from("decision", self.decision.pk) for each in self.black_outs)
        return places(as_today(self.editions[-1]), self.words, marked=erased) if self.editions and self.words else []

    @cached_property
    def erased(self) -> list[int]:
        """The entries of which words were erased since from what they sealed: it is compared with what the redaction left of it."""
        return [entry.seq for entry in self.entries if entry.seq in self.redactions.entries]

    @property
    def title(self) -> str:
        """As it may be read."""
        return without(self.decision.title, self.words)

    @cached_property
    def not_told(self) -> list[int]:
        """The entries that sealed or name words which were withdrawn since: of these the hashes are shown, and what else may be read."""
        return [line.entry.seq for line in self.lines if self._is_withdrawn(line.entry)]

    def _count(self, question: Question) -> Count:
        sealed_by = self.imported if question.origin == Origin.IMPORTED else self.last.get(("question", question.pk))
        count = Count(question, without([row.as_shown() for row in question.roll.all()], self.words), sealed_by, without(question.on, self.words))
        name = f"the vote on {question.on}" if question.on else "the vote"
        sealed_tally = body_of(sealed_by).get("facts", {}).get("tally") if sealed_by else None
        if {count.again == told for told in (question.tally, sealed_tally) if told is not None} - {True}:
            count.faults.append(f"The count kept of {name} is not what its votes give.")
        count.faults += self._changed(name, sealed_by, self._sealed_question(question), self.today["question", question.pk])
        for row in question.roll.all():
            if row.counted and row.counted.capacity != Cast.Capacity.IMPORTED:
                about = ("vote", row.counted.pk)
                sealed = body_of(self.last[about]).get("record") if about in self.last else None
                count.faults += self._changed(f"the vote of {row.constituency}", self.last.get(about), sealed, self.today[about])
        return count

    def _sealed_question(self, question: Question) -> Any:
        if question.origin != Origin.IMPORTED:
            return body_of(self.last.get(("question", question.pk))).get("record")
        read_in = [q for q in _list(self._read_in().get("questions")) if isinstance(q, dict)]
        same = [q for q in read_in if (q.get("subject"), q.get("wording")) == (question.subject, question.wording)]
        counted = [q for q in same if all("choice" in row for row in _list(q.get("roll")) if isinstance(row, dict))]  # not one that was taken out
        return next((q for q in counted if not differing(q, self.today["question", question.pk])), next(iter(counted or same), None))

    def _sealed_decision(self) -> tuple[Entry | None, Any]:
        if own := self.last.get(("decision", self.decision.pk)):
            return own, body_of(own).get("record")
        read_in = [d for d in _list(self._read_in().get("decisions")) if isinstance(d, dict)]
        return self.imported, next((d for d in read_in if d.get("reference") == self.decision.reference), None)

    def _read_in(self) -> dict:
        """What the papers that were read in sealed."""
        record = body_of(self.imported).get("record")
        return record if isinstance(record, dict) else {}

    def _changed(self, name: str, entry: Entry | None, sealed: Any, today: dict) -> list[str]:
        if entry is None:
            return [f"No entry of the ledger speaks of {name}."]
        if not isinstance(sealed, dict):
            return [f"Entry {entry.seq} does not say what {name} was."]
        if changed := self.redactions.unexplained(entry.seq, differing(sealed, today), today):
            return [f"What is shown of {name} is not what entry {entry.seq} sealed. Changed since: {', '.join(changed).replace('_', ' ')}."]
        return []

    @property
    def beside_faults(self) -> list[str]:
        sealed = [(name, self.last.get(about), self.today[about]) for name, about, _ in self.beside]
        return [fault for name, entry, today in sealed for fault in self._changed(name, entry, body_of(entry).get("record"), today)]

    @cached_property
    def record_faults(self) -> list[str]:
        """Whether the decision as it is shown is what was sealed."""
        return self._changed("the decision", *self._sealed_decision(), self.record)

    @cached_property
    def edition_faults(self) -> list[str]:
        """Whether the page, which shows the latest edition, shows what was sealed, and what the record says."""
        if not self.editions:
            return ["No edition of this decision was issued: there is nothing that its page could show."]
        latest = self.editions[-1]
        entry = self.last.get((latest.sealed_as, latest.pk))
        today = plain(latest.sealed())
        faults = self._changed(f"edition {latest.n}", entry, body_of(entry).get("record"), today)
        hashed = ["computed_sha256"] if latest.computed_sha256 != latest.sha256 else []
        if self.redactions.unexplained(entry.seq if entry else 0, hashed, today):
            faults.append(f"What edition {latest.n} shows is not what its hash was made of.")
        changed = list(differing_bodies(as_today(latest), plain(everything_of(self.decision))))
        if changed:
            faults.append(f"What edition {latest.n} shows is not what the record behind it says: {', '.join(changed)}.")
        return faults

    @cached_property
    def sealed_by(self) -> Entry | None:
        """The entry that speaks for the decision as it is shown."""
        return self._sealed_decision()[0]

    @property
    def faults(self) -> list[str]:
        """Every fault, as a sentence for anyone. Two entries that do not fit each other are told once."""
        parts = [self.record_faults, self.edition_faults, *(c.faults for c in self.counts), self.beside_faults, *(line.faults for line in self.lines), *(c.faults() for c in self.covers)]
        return without(list(dict.fromkeys(fault for part in parts for fault in part)), self.words)

    @cached_property
    def covers(self) -> list[Cover]:
        """The published heads that vouch for these entries, earliest first."""
        return covers(entry.seq for entry in self.entries)

    @property
    def shown(self) -> list[Line]:
        return [line for line in self.lines if line.what]

    @property
    def kept_back(self) -> list[Line]:
        """Those of which number and fingerprint alone are shown."""
        return [line for line in self.lines if not line.what]

    @property
    def told(self) -> dict | None:
        """The decision as it was sealed; nothing where that says something which is not public."""
        speaking = [line for line in self.lines if line.entry == self.sealed_by and line.open]
        return self.today["decision", self.decision.pk] if speaking else None

    def public(self, about: tuple[str, int]) -> Any:
        """A record as it would be sealed today, as it may be read."""
        return without(self.today[about], self.words)

    @property
    def not_covered(self) -> bool:
        """Whether the last of the entries waits for the next head to be published."""
        return bool(self.entries) and not any(cover.daily.last >= self.entries[-1].seq for cover in self.covers)


def body_of(entry: Entry | None) -> dict:
    """What the entry sealed; empty where that is missing, or is no payload of ours."""
    body = entry.payload.body if entry and hasattr(entry, "payload") else {}
    return body if isinstance(body, dict) and isinstance(body.get("facts", {}), dict) else {}


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


def says_no_more(body: dict, today: Any) -> bool:
    """Whether all that was sealed is on the public record today: nothing of a draft, of an inner fact, or since taken out."""
    return body.get("facts", {}).keys() <= FACTS and _within(body.get("record"), today)


def _within(sealed: Any, public: Any) -> bool:
    match sealed:
        case dict():
            return isinstance(public, dict) and all(_within(v, public.get(k)) for k, v in sealed.items() if k not in FORESEEN)
        case list():
            return isinstance(public, list) and len(sealed) <= len(public) and all(map(_within, sealed, public))
        case _:
            return sealed is None or sealed == "" or sealed == public
