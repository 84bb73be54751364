"""What a roll says in a sentence: computed from its rows, never typed."""

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


def roll_sentence(rows: list[dict]) -> str:
    """ "Four seats advised approving, six rejecting; two abstained and one was not in attendance."."""
    tally = tally_of(rows)
    if not rows:
        return ""
    consented = tally["silent"] and not tally["approve"] and not tally["reject"]
    spoke = f"{in_words(tally['approve'])} {_seats(tally['approve'])} advised approving and {in_words(tally['reject'])} rejecting"
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
