"""What a line typed into the minutes says of a decision: `CR025 v1.2 approved subject to the redline coming back`. Nothing is guessed."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from decisions.models import Decision, Maker, Outcome, Settlement
from decisions.sentences import joined, wording_of
from decisions.subjects import Subject
from groups.models import Group
from meetings.models import Meeting
from meetings.subjects import CALLED
from records.rules import Refusal
from records.subjects import find
from records.typed import refusal_of_letters

# The longer ones first: "rejected" begins "rejected as excluded".
OUTCOMES = {
    "approved subject to": Outcome.APPROVED_SUBJECT_TO, "approved with conditions": Outcome.APPROVED_SUBJECT_TO, "approved": Outcome.APPROVED,
    "baselined": Outcome.BASELINED, "issued to impact assessment": Outcome.ISSUED, "issued": Outcome.ISSUED,
    "rejected as excluded": Outcome.REJECTED_AS_EXCLUDED, "rejected": Outcome.REJECTED, "sent back": Outcome.SENT_BACK,
    "passed to psg": Outcome.PASSED_TO_PSG, "passed to ofgem": Outcome.PASSED_TO_OFGEM, "deferred": Outcome.DEFERRED,
    "withdrawn": Outcome.WITHDRAWN, "noted": Outcome.NOTED,
}  # fmt: skip
SAID = re.compile(rf"(?P<ref>\S.{{0,199}}?)(?: v(?:ersion )?(?P<version>\d\S{{0,18}}))? (?P<outcome>{'|'.join(OUTCOMES)})(?P<rest>(?: .*)?)", re.IGNORECASE)
LONGEST_TITLE = 300
# Whose decision it was, at the end of a line. Behind conditions it begins with a comma, or it would be part of them.
WHOSE = re.compile(r"(?P<comma>\s*,)?\s+by (?P<who>consensus|the chair|the group|the sro|the (?P<code>[\w-]{1,20}))\.?$", re.IGNORECASE)
HOW = "Write it so: /decision CR025 v1.2 approved. Or so: /decision CR025: The SRO approved CR025 version 1.2."
SRO_LEVEL = 3  # of the groups that advise, where the SRO decides


class DecisionLine(NamedTuple):
    """Its title and wording, and what becomes of what it names; no subjects where only a title was given."""

    title: str = ""
    wording: str = ""
    subjects: tuple[Subject, ...] = ()
    maker: str = Maker.SRO
    consensus: str = Decision.Consensus.NOT_RECORDED
    refusals: tuple[Refusal, ...] = ()


class Whose(NamedTuple):
    """Who decides, and what they are called in the wording."""

    maker: str
    called: str
    consensus: str = Decision.Consensus.NOT_RECORDED


def decides(group: Group | None) -> Whose:
    """Who does where a line does not say: for groups that advise the SRO, the SRO; others for themselves."""
    if group is None or group.level == SRO_LEVEL:
        return Whose(Maker.SRO, Maker.SRO.label)
    return Whose(Maker.GROUP, f"The {group.code}")


def read_decision(rest: str, group: Group | None = None) -> DecisionLine:
    """Several subjects are parted by semicolons; after a colon stands the wording, if it has one of its own."""
    said, colon, wording = (part.strip() for part in rest.strip().removesuffix(":").partition(": "))
    head, whose = _whose(said, group)
    subjects = _subjects(head)
    if subjects and all(subjects):
        told = [each for each in subjects if each]
        if {each.kind for each in told} == {Settlement.SubjectKind.MINUTES} and (head == said or whose.consensus == Decision.Consensus.YES):
            whose = Whose(Maker.GROUP, f"The {group.code if group else 'group'}", whose.consensus)  # its own minutes it approves itself, whoever decides all else
        title = joined(list(dict.fromkeys(each.ref for each in told)))
        line = DecisionLine(title, wording or worded(whose.called, told), tuple(told), whose.maker, whose.consensus)
    elif colon and head and wording:
        line = DecisionLine(head, wording, (), whose.maker, whose.consensus)
    else:
        return DecisionLine(refusals=(Refusal(_why_unread(head, whose.called)),))
    if len(line.title) > LONGEST_TITLE:
        return DecisionLine(refusals=(Refusal(f"Before the colon stands a short title, of at most {LONGEST_TITLE} characters."),))
    if refusal := refusal_of_letters(line.title):
        return DecisionLine(refusals=(Refusal(refusal),))
    return line


def _whose(head: str, group: Group | None) -> tuple[str, Whose]:
    """What stands before it, and who decided. A title and conditions keep what is not parted from them by a comma."""
    own, found = decides(group), WHOSE.search(head)
    if found is None or (found["code"] and (group is None or found["code"].casefold() != group.code.casefold())):
        return head, own
    before = head[: found.start()].strip()
    told = _subjects(before)
    if not found["comma"] and not (told and all(each and not each.conditions for each in told)):
        return head, own
    code = group.code if group else "group"
    match found["who"].lower():
        case "consensus":
            return before, own._replace(consensus=Decision.Consensus.YES)
        case "the sro":
            return before, Whose(Maker.SRO, Maker.SRO.label)
        case "the chair":
            return before, own if own.maker == Maker.SRO else Whose(Maker.GROUP, f"The Chair of the {code}")
        case _:
            return before, Whose(Maker.GROUP, f"The {code}")


def _subjects(head: str) -> list[Subject | None]:
    return [_subject(part) for part in head.rstrip(".").split(";") if part.strip()]


def _subject(part: str) -> Subject | None:
    found = SAID.fullmatch(" ".join(part.split()))
    if found is None:
        return None
    outcome, more = OUTCOMES[found["outcome"].lower()], found["rest"].strip()
    if bool(more) != (outcome == Outcome.APPROVED_SUBJECT_TO):
        return None  # words behind an outcome that has no conditions: it says something else than that outcome
    known = find(found["ref"]).get(found["ref"])
    if known is None and (meeting := _meeting_called(found["ref"])):  # what is approved of a meeting are its minutes
        minutes = f"{CALLED}{meeting}"
        known = find(minutes).get(minutes) if outcome in (Outcome.APPROVED, Outcome.APPROVED_SUBJECT_TO) else None
        if known is None:
            return None
    return Subject(known.kind if known else kind_of(found["ref"]), known.ref if known else found["ref"], outcome, version=found["version"] or Settlement.NOT_STATED, conditions=more)


def _meeting_called(ref: str) -> str:
    """Its code, in the letters it has; empty for anything else."""
    return Meeting.objects.filter(code__iexact=ref).values_list("code", flat=True).first() or "" if " " not in ref else ""


REFERENCE = re.compile(r"(?=\S*\d)\S+|(?:the )?minutes of \S+", re.IGNORECASE)
MOST_SHOWN = 120  # characters of what was typed


def _why_unread(head: str, maker: str) -> str:
    """What would have to be written instead."""
    for part in head.rstrip(".").split(";"):
        found = SAID.fullmatch(" ".join(part.split()))
        if found and REFERENCE.fullmatch(found["ref"]) and (why := _why_no_subject(found, maker)):
            return why
    if head and len(head.split()) <= SHORT:
        return f"Say what becomes of “{head[:MOST_SHOWN]}”: approved, rejected, deferred, noted and so on. {HOW}"
    if not head:
        return HOW
    said = head if len(head) <= MOST_SHOWN else f"{head[:MOST_SHOWN]}…"
    return f"Give it a short title, and a colon behind it. Write it so: /decision Title: {said}. Or name what was decided on: /decision CR025 v1.2 approved."


SHORT = 3  # words: no sentence


def _why_no_subject(found: re.Match[str], maker: str) -> str:
    ref, outcome, more = found["ref"], OUTCOMES[found["outcome"].lower()], found["rest"].strip()
    called = f"{ref} v{found['version']}" if found["version"] else ref
    if more.lower().startswith("by "):
        return HOW
    if more and outcome != Outcome.APPROVED_SUBJECT_TO:
        own = worded(maker, [Subject(kind_of(ref), ref, outcome, version=found["version"] or Settlement.NOT_STATED)]).rstrip(".")
        return f"Reasons stand in the wording, after a colon. Write it so: /decision {called} {found['outcome']}: {own} {more[:MOST_SHOWN]}."
    if not more and outcome == Outcome.APPROVED_SUBJECT_TO:
        return f"Say subject to what. Write it so: /decision {called} approved subject to the redline coming back."
    if meeting := _meeting_called(ref):
        there = find(f"{CALLED}{meeting}")
        return f"{meeting} is a meeting. Of its minutes, write so: /decision {CALLED}{meeting} {found['outcome']}." if there else f"{meeting} is a meeting, and there are no minutes of it yet."
    return ""


def worded(maker: str, subjects: Sequence[Subject]) -> str:
    """What a decision says where whoever decides has no words of their own for it."""
    return wording_of(maker, [(each.in_words, each.outcome, each.conditions.rstrip(". ")) for each in subjects])


def kind_of(ref: str) -> str:
    """Of what kind something is that the portal keeps no record of."""
    return Settlement.SubjectKind.CHANGE_REQUEST if ref.upper().startswith("CR") else Settlement.SubjectKind.OTHER
