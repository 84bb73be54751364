"""What a roll says in a sentence: computed from its rows, never typed."""

import re
from collections import Counter

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen")


def in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def joined(parts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def tally_of(rows) -> Counter:
    """How many rows of a roll stand at each choice or state."""
    return Counter(row["choice"] for row in rows)


def answered_yes_or_no(rows: list[dict]) -> bool:
    """Whether the choices of a roll are called "Yes" and "No"."""
    return any(row["choice"] in ("approve", "reject") and row.get("choice_label") in ("Yes", "No") for row in rows)


def roll_sentence(rows: list[dict]) -> str:
    """ "Four seats advised approving and six rejecting; two abstained and one was not in attendance."."""
    tally = tally_of(rows)
    if not rows:
        return ""
    consented = tally["silent"] and not tally["approve"] and not tally["reject"]
    spoke = f"{in_words(tally['approve'])} {_seats(tally['approve'])} advised approving and {in_words(tally['reject'])} rejecting"
    if answered_yes_or_no(rows):
        spoke = f"{in_words(tally['approve'])} {_seats(tally['approve'])} said yes and {in_words(tally['reject'])} no"
    if consented:
        spoke = f"{in_words(tally['silent'])} {_seats(tally['silent'])} raised no objection"
    rest = [
        f"{in_words(tally[state])} {words(tally[state])}"
        for state, words in _REST.items()
        if tally[state] and not (consented and state == "silent")
    ]
    return (spoke + (f"; {joined(rest)}" if rest else "") + ".").capitalize()


def _seats(count: int) -> str:
    return "seat" if count == 1 else "seats"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


_REST = {
    "abstain": lambda n: "abstained",
    "absent": lambda n: f"{_was(n)} not in attendance",
    "silent": lambda n: "raised no objection",
    "expected": lambda n: "did not vote",
    "vacant": lambda n: f"{_was(n)} vacant",
    "unreadable": lambda n: "could not be read",
}


# --- what became of it, and who decided on whose advice: the same words on every page, in every list, mail and file

ACCEPTED = {"approved", "approved_subject_to", "baselined"}
SHORTLY = {"rejected_as_excluded": "rejected"}
TITLE = 200  # characters that a wording has where it is the title
ROOM = 110  # characters that a title has for what became of each subject; beyond that they are counted


def plain_title(title: str, settlements: list[dict], wording: str = "") -> str:
    """ "Registration service operating hours: CR018 approved, CR017 rejected": what it is about, and what became of it.

    Where the title only lists references, what the first of them is called says better what it is about. Where the outcome could
    not be read from a published paper, what the paper says stands in its place.
    """
    if any(each["outcome"] == "as_worded" for each in settlements):
        return shortly(wording) or title
    told = [each for each in settlements if each["subject_kind"] != "minutes"]
    if not told:
        return title
    about = next((each["subject_title"] for each in told if each["subject_title"] and each["subject_ref"] in title), title)
    for each in told:  # "CR900: one settlement calendar" names it twice
        about = about.removeprefix(f"{each['subject_ref']}: ")
    return f"{about[:1].upper()}{about[1:]}: {_became_of(told, about)}"


def _became_of(settlements: list[dict], about: str) -> str:
    outcomes: dict[str, list[str]] = {}
    for each in settlements:
        outcome = SHORTLY.get(each["outcome"], each["outcome_in_words"].lower())
        conditional = " with conditions" if each["outcome"] == "baselined" and each.get("conditions") else ""
        outcomes.setdefault(f"{outcome}{conditional}", []).append(each["subject_ref"])
    if len(outcomes) == 1 and _names_all(about, [each["subject_ref"] for each in settlements]):
        return next(iter(outcomes))
    named = ", ".join(f"{joined(refs)} {outcome}" for outcome, refs in outcomes.items())
    if len(named) > ROOM:
        named = ", ".join(f"{in_words(len(refs))} {outcome}" for outcome, refs in outcomes.items())
    return named


def shortly(wording: str) -> str:
    """What was decided as it is worded, cut between words where it is long."""
    words = " ".join(wording.split())
    return words if len(words) <= TITLE else f"{words[:TITLE].rsplit(' ', 1)[0]} …"


def _names_all(about: str, references: list[str]) -> bool:
    """Whether what it is about says already which documents these are: one alone may go by less than its name, several by their references."""
    if len(references) == 1:
        return _names(about, references[0])
    words = set(re.findall(r"\w+", about.casefold()))
    return all(set(re.findall(r"\w+", reference.casefold())) <= words for reference in references)


def _names(about: str, reference: str) -> bool:
    """Whether what it is about says already which document it is."""
    words, names = (set(re.findall(r"\w+", text.casefold())) for text in (about, reference))
    return names <= words or words <= names


def who_and_on_whose_advice(determined_by: str, maker: str, votes: list[dict], basis: str) -> str:
    """ "Helena Marlowe, for the SRO; four seats advised approving, six rejecting"."""
    return f"{who_decided(determined_by, maker)}; {_advice(votes, basis)}"


def who_decided(determined_by: str, maker: str) -> str:
    """ "Helena Marlowe, for the SRO". `maker` is whose decision it is, in words: "The SRO", "The DAG", "Not stated"."""
    whose = maker[0].lower() + maker[1:] if maker != "Not stated" else ""
    if determined_by:
        return f"{determined_by}, for {whose}" if whose else determined_by
    return f"Decided by {whose}" if whose else "It is not said who decided"


def _advice(votes: list[dict], basis: str) -> str:
    rows = votes[0]["rows"] if votes else []
    tally = tally_of(rows)
    if tally["approve"] or tally["reject"]:
        for_it, against = tally["approve"], tally["reject"]
        return f"{in_words(for_it)} {_seats(for_it)} advised approving, {in_words(against)} rejecting"
    if tally["silent"] or (not rows and basis == "no_objections"):
        return "nobody objected"
    if not rows and basis == "vote":
        return "a vote is told of in the minutes, and not recorded seat by seat"
    return "no seat advised" if rows else "no vote is recorded"


def advice_sentence(vote: dict, settlements: list[dict]) -> str:
    """Advice beside decision, so that no reader takes the count for the outcome."""
    tally = tally_of(vote["rows"])
    about = next((s for s in settlements if s["subject_ref"] == vote["subject"]), None)
    if answered_yes_or_no(vote["rows"]) or (about and about["outcome"] == "as_worded"):
        return ""
    if about and tally["silent"]:
        return _consent(vote, about)
    if about is None or not (tally["approve"] or tally["reject"]):
        return ""
    accepted, ahead = about["outcome"] in ACCEPTED, tally["approve"] - tally["reject"]
    high, low = max(tally["approve"], tally["reject"]), min(tally["approve"], tally["reject"])
    advised = f"advised {'approving' if ahead > 0 else 'against approving'} {vote['on']} by {high} to {low}" if ahead else (
        f"was evenly divided on {vote['on']}, {high} to {low}"
    )
    linked = "and" if ahead == 0 or (ahead > 0) == accepted else "but"
    return f"The group {advised}, {linked} it was {about['outcome_in_words'].lower()}."


def _consent(vote: dict, about: dict) -> str:
    """What the room said when it was asked for objections; nothing where a seat says that its silence was none."""
    tally, accepted = tally_of(vote["rows"]), about["outcome"] in ACCEPTED
    objected, ahead = tally["reject"], tally["approve"] + tally["silent"] - tally["reject"]
    if not objected and any(row["disputed"] for row in vote["rows"]):
        return ""
    said = f"{in_words(objected)} seat{'s' if objected != 1 else ''} objected".capitalize() if objected else "Nobody objected"
    linked = "and" if ahead == 0 or (ahead > 0) == accepted else "but"
    return f"{said}, {linked} {vote['on']} was {about['outcome_in_words'].lower()}."


# --- a roll as a bar

_BAR = {
    "approve": ("Approve", "green"), "reject": ("Reject", "red"), "abstain": ("Abstain", "yellow"), "silent": ("No objection", "blue"),
    "absent": ("Not in attendance", "grey"), "expected": ("Not cast", "grey"), "vacant": ("Vacant", "outline"),
    "unreadable": ("Unreadable", "outline"),
}  # fmt: skip


def segments(rows: list[dict]) -> list[dict]:
    """The roll as a bar."""
    tally, said = tally_of(rows), {"approve": "Yes", "reject": "No"} if answered_yes_or_no(rows) else {}
    return [
        {"state": state, "label": said.get(state, label), "count": tally[state], "tone": tone, "percent": 100 * tally[state] / len(rows)}
        for state, (label, tone) in _BAR.items()
        if tally[state]
    ]


def grouped(rows: list[dict]) -> list[dict]:
    """The rows of each choice together, in the order of the bar."""
    return [part | {"rows": [row for row in rows if row["choice"] == part["state"]]} for part in segments(rows)]


def level_sentence(level: int, clause: str, said_by: str) -> str:
    """ "Level 3: for the group itself to decide. Stated by the Chair, on the clause “Deciding”."."""
    whose = {1: "for Ofgem", 2: "for the PSG, unless it delegates it,", 3: "for the group itself"}[level]
    return f"Level {level}: {whose} to decide. Stated by {said_by}, on the clause “{clause}”."


# --- what is recorded


_DONE = {
    "approved": "approved {}", "approved_subject_to": "approved {} with conditions", "baselined": "baselined {}",
    "issued_to_assessment": "issued {} to impact assessment", "rejected": "rejected {}", "rejected_as_excluded": "rejected {}, which it excludes",
    "sent_back": "sent {} back for more work", "passed_to_psg": "passed {} to the PSG", "passed_to_ofgem": "passed {} to Ofgem",
    "deferred": "deferred {}", "withdrawn": "recorded {} as withdrawn", "noted": "noted {}",
}  # fmt: skip


def wording_of(maker: str, subjects: list[tuple[str, str, str]]) -> str:
    """ "The SRO approved CR018 v1.8 and rejected CR017, which it excludes.": what a decision says where whoever decides has no other
    words for it. Of each subject its name, its outcome and its conditions are given."""
    told: dict[str, list[str]] = {}
    for subject, outcome, conditions in subjects:
        done = f"{'baselined' if outcome == 'baselined' else 'approved'} {{}} subject to {conditions}" if conditions and outcome in ACCEPTED else _DONE[outcome]
        told.setdefault(done, []).append(f"the m{subject[1:]}" if subject.startswith("Minutes of ") else subject)
    who = "It was decided: the Chair" if maker == "Not stated" else maker
    return f"{who} {joined([done.format(joined(named)) for done, named in told.items()])}." if told else ""
