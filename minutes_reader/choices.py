"""Reads what one cell of a roll says: a choice only if the whole cell is a known way of saying it, else two things or nothing."""

from __future__ import annotations

import re

from .document import fold

UNCLEAR = "unclear"
LONGEST = 400  # a cell with more to say is a comment, and its choice is not looked for
# Each choice as a whole cell may say it, in folded words.
APPROVE = (
    r"(?:approve[ds]?|approving|approval|for|in favour|support(?:s|ed|ive)?|in support|accept(?:s|ed|ance)?|agree[ds]?|yes|ayes?|content"
    r"|(?:agree[ds]?|voted?|votes|support(?:s|ed)?) (?:to approve|approval|for(?: approval)?|in favour)|in favour of (?:approval|approving)|agree[ds]? with approval)"
)
REJECT = (
    r"(?:reject(?:s|ed|ing|ion)?|against|object(?:s|ed)?|oppose[ds]?|opposing|opposed to approval|disagree[ds]?|no|nays?|noes|not (?:content|accept(?:ed)?|support(?:ed)?|approved?|agreed?|in favour)"
    r"|do(?:es)? not (?:approve|support|accept|agree)|did not (?:approve|support|accept|agree)|agree[ds]? to reject|(?:voted?|votes) (?:to reject|against)|against approval)"
)
ABSTAIN = r"(?:abstain(?:s|ed|ing)?|abstentions?|abst|voted? to abstain)"
WHO = r"(?:(?:the )?(?:constituency )?(?:representative |rep |member |constituency )?(?:was |were |is )?)"
ABSENT = (
    rf"(?:{WHO}(?:not in attendance|not present|absent|not represented|not attending|not available|unavailable)|{WHO}(?:did not attend|unable to attend)|no (?:representative|attendance|response(?: received)?"
    r"|vote (?:received|cast))(?: present| attended)?|non attendance|apologies(?: received| sent| given)?|did not (?:vote|respond))"
)
VACANT = r"(?:(?:the )?(?:seat |constituency |position )?(?:is |was |currently )?vacant|(?:seat )?vacancy|no representative (?:appointed|in post))"
KINDS = (("vacant", VACANT), ("absent", ABSENT), ("reject", REJECT), ("abstain", ABSTAIN), ("approve", APPROVE))
ANY = "|".join(phrase for _, phrase in KINDS)
# What may stand beside a choice and leave it as it is.
BESIDE = (
    r"(?:(?:of |to )?(?:the )?(?:change request|change|cr|proposal|it|document|paper)|cr ?\d{1,4}|(?:version |v\.? ?)\d{1,2}(?:\.\d{1,2}){0,2}|as (?:drafted|presented|proposed|circulated|tabled)"
    r"|(?:by |via |as )?proxy(?: (?:for|of)(?: [a-z'.]+){1,4})?|by e ?mail|in writing|by letter|(?:see|with|refer to) (?:the )?(?:\w{2,12} )?comments?(?: below| above)?|with no (?:comments?|objections?)|no comments?|without comments?)"
)
# A condition or a reason given with it: free words, but none by which anybody votes or that takes anything back.
CONDITION = r"subject to (?P<condition>.+)"
CANNOT = r"(?:the )?(?:member|constituency|representative|we|they|it|seat) (?:cannot|could not|can not|does not|do not|is unable to|was unable to) (?:support|approve|accept)(?: approval| it| this| the change)?(?: (?:before|while|without|as|because|since|given) (?P<condition>.+))?"
AWAY = r"(?:apologies(?: received| sent| given)?|no alternate|no alternate (?:was )?sent|no vote(?: was)?(?: cast| recorded)?|for this item|from (?:the|this) (?:meeting|item|vote)|at the time of the vote|at the meeting|since .{3,20}|to be filled|to be appointed|not filled)"
PARTED = r" (?:\| )?"
BESIDES = rf"{BESIDE}(?:{PARTED}(?:and )?{BESIDE})*"
WITH_MORE = (
    ("vacant", re.compile(rf"{VACANT}{PARTED}(?P<more>{AWAY}(?:{PARTED}{AWAY})*)")),
    ("absent", re.compile(rf"{ABSENT}{PARTED}(?P<more>{AWAY}(?:{PARTED}{AWAY})*)")),
    ("reject", re.compile(rf"{REJECT}{PARTED}(?P<more>{BESIDES}|{CANNOT})")),
    ("abstain", re.compile(rf"{ABSTAIN}{PARTED}(?P<more>{BESIDES}|(?:due to |because of |having |owing to )?(?:an? )?(?:conflict of interest|declared (?:an )?interest|no (?:view|impact|interest)))")),
    ("approve", re.compile(rf"{APPROVE}{PARTED}(?P<more>{BESIDES}|{CONDITION})")),
)
STRUCK = re.compile(r"~~(.{1,200}?)~~")
OTHER_SIGN = re.compile(r"[^\w\s.,;:()'\"&/*\[\]!–—-]")  # a sign that nobody knows the meaning of: a cross, a thumb, a query, an arrow
TICKED = re.compile(r"^[\s\[(]*[✓✔☑✅√🗸]\ufe0f?[\s\]):.,–—-]*")
OF_VOTING = re.compile(
    r"\b(?:approv|reject|abst|support|oppos|object|favour|against|accept|agree|disagree|vot|yes\b|no\b|none\b|aye\b|nay\b|for\b|content\b|proxy|counted)", re.IGNORECASE
)
SPOKEN = re.compile(r"\b(?:approv|reject|abst|support|oppos|object|favour|against|accept|agree|disagree|voted?\b)")
TURNING = re.compile(
    r"\b(?:not|never|nor|neither|unless|until|but|however|though|although|except|if|would|could|might|may|rather|instead|error|mistake\w*|meant|withdr\w+|withheld|refus\w+|den(?:y|ied)|retract\w*"
    r"|void|struck|invalid|disregard\w*|discount\w*|originally|initially|previously|formerly|now|later|then|chang\w*|switch\w*|revis\w*|provisional\w*|unclear|illegible|pending|tbc|confirmed|conflict\w*|interest|only|lost|defer\w*)\b",
    re.IGNORECASE,
)
MOVED = r"(?:changed|switched|amended|revised|moved|altered|corrected)"
CHOICE = r"(?:approve[sd]?|approving|approval|reject(?:s|ed|ing|ion)?|abstain(?:s|ed|ing)?|abstention|supports?|supported|opposes?|opposed|for|against|yes|no)"
WHEN = r"(?: (?:after|during|following|in|at|before) (?:the |a )?(?:\w+ )?(?:debate|discussion|break|meeting|vote|questions|lunch|presentation))?"
CHANGES = [  # whole cells that give the choice which counts after one that does not
    re.compile(pattern)
    for pattern in (
        rf"(?:voted )?(?P<first>{CHOICE})(?: withdrawn| vote)?(?: but| and| then| later| since| subsequently)*(?: vote)? {MOVED}(?: (?:its|their|his|her|the) (?:vote|mind))? to (?:an? )?(?P<final>{CHOICE}){WHEN}",
        rf"(?P<final>{CHOICE})(?: vote)? {MOVED}{WHEN} from (?:an? )?(?P<first>{CHOICE}){WHEN}",
        rf"(?P<first>{CHOICE})(?: withdrawn)?(?: but)? (?:now|instead|finally|then|subsequently|in the end) (?:voted |votes )?(?:to |an? )?(?P<final>{CHOICE}){WHEN}",
        rf"(?:originally|initially|previously|formerly|first) (?P<first>{CHOICE})(?: but)? (?:now|then|later|finally|{MOVED} to) (?:to )?(?P<final>{CHOICE}){WHEN}",
        rf"(?P<final>{CHOICE})(?: vote)? (?:was|previously|originally|initially|formerly|first|instead of|having (?:first|initially|originally))(?: voted| to)* (?P<first>{CHOICE})",
    )
]


def choice_in_words(cell: str, letters: dict[str, str]) -> str | None:
    """Give the choice a cell begins with, by which a roll is known to be one; what it says is for `choice_said`."""
    letter = cell.strip(" .()").upper()
    if letter in letters:
        return letters[letter]
    words = fold(TICKED.sub("", cell))
    if words in ("no", "for"):
        return _whole(words)
    return next((kind for kind, phrase in KINDS if (found := re.match(rf"(?:{phrase})\b", words)) and found.group(0) not in ("no", "for", "content", "approving")), None)


def choice_said(cell: str, letters: dict[str, str]) -> tuple[str | None, bool]:
    """Give the choice of a whole cell, and whether it took the place of another; "unclear" where it is none of those known."""
    live = STRUCK.sub(" ", cell).strip(" ,;-")
    struck = live != cell.strip(" ,;-")
    letter, words = live.strip(" .()").upper(), fold(live).strip(" .")
    if letter in letters:
        return letters[letter], struck
    if len(words) > LONGEST:
        return UNCLEAR, struck
    if changed := _changed_to(words):
        return changed, True
    odd = OTHER_SIGN.search(TICKED.sub("", live))
    if not odd and (whole := _whole(_parted(live)) or _with_more(live)):
        return whole, struck
    spoken = choice_in_words(live, letters) or SPOKEN.search(words)
    return (UNCLEAR if words and spoken else None), struck


def beside_the_choice(cell: str) -> str:
    """Give what a cell adds to its choice: 'Approve subject to …' adds 'subject to …'."""
    text = TICKED.sub("", cell)
    found = re.match(rf"\W*(?:{ANY})(?!\w)\W*", text, re.IGNORECASE)
    return text[found.end() :].strip(" ()") if found else text


def _whole(words: str) -> str | None:
    """Give the choice that folded words are, and no more."""
    return next((kind for kind, phrase in KINDS if re.fullmatch(phrase, words)), None)


def _parted(cell: str) -> str:
    """Fold the words of a cell, with a bar where a sign parts them: 'Against, approval' is not 'against approval'."""
    parts = [fold(part).strip(" .") for part in re.split(r"[,;:/()|–—]|\s-\s", TICKED.sub("", cell))]
    return " | ".join(part for part in parts if part)


def _with_more(cell: str) -> str | None:
    """Give the choice of a cell that says more, if all of that is known to leave the choice as it is."""
    words = _parted(cell)
    for kind, pattern in WITH_MORE:
        if (found := pattern.fullmatch(words)) and not any(TURNING.search(free) or OF_VOTING.search(free) for free in _free_words(found)):
            return kind
    return None


def _free_words(found: re.Match) -> list[str]:
    """List the words beside a choice that may be any: whom a proxy was for, and on what condition."""
    condition = found.groupdict().get("condition")
    return [*re.findall(r"\bproxy (?:for|of) ((?:[a-z'.]+ ?){1,4})", found.group("more")), *([condition] if condition else [])]


def _changed_to(words: str) -> str | None:
    """Give the choice that a cell says took the place of another; none where no known shape of it is the whole cell."""
    for pattern in CHANGES:
        if (found := pattern.fullmatch(words)) and choice_of(found.group("first")) != choice_of(found.group("final")):
            return choice_of(found.group("final"))
    return None


def choice_of(word: str) -> str:
    """Name the choice a word makes."""
    return "reject" if word.startswith(("reject", "oppos", "against", "no")) else "abstain" if word.startswith("abst") else "approve"
