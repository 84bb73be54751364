"""Reads what an attendance list says beside a name: there for part of it, for somebody else, or not at all; known wholes only."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 160  # words beside a name are no paragraph
NUMBERS = r"\d{1,2}(?:\.\d{1,2})?(?:\s?(?:,|&|and|-|–|to|or)\s?\d{1,2}(?:\.\d{1,2})?)*"
CLOCK = r"(?:\d{1,2}[:.]?\d{2}(?:\s?[ap]m|hrs)?|\d{1,2}\s?[ap]m)"
WHEN = (
    rf"(?:the )?(?:(?:(?:agenda )?items? {NUMBERS})|start|end|opening|close|{CLOCK}|noon|midday|(?:first|second|last|latter) (?:item|half|hour|part|session|two items|\d{{1,2}} minutes|half hour)(?: of the meeting)?"
    r"|part of the meeting|most of the meeting|morning|afternoon|lunch|break|coffee break|(?:morning|afternoon) session|CR ?\d{1,4}(?: item)?)"
)
BOUND = r"(?:from|until|till|up to|to|for|during|before|after|except(?: for)?|not for|at|ahead of|following|since|in)"
CAME_OR_WENT = r"(?:(?:has |had )?(?:left|joined|arrived|departed|dropped (?:off|out)|rejoined|returned|joining|leaving|excused|recused|stepped out|withdrew|dialled in|released|logged off))"
MOVED = rf"{CAME_OR_WENT}(?: (?:the )?(?:meeting|call))?(?: (?:late|early|part way|(?:{BOUND} )?{WHEN}))?"
PART = re.compile(
    rf"(?:(?:for )?part[- ]?(?:meeting|attendance|time|only)?|(?:for )?part of (?:the )?meeting|for most of the meeting|(?:agenda )?items? {NUMBERS}(?: only)?"
    rf"|(?:present |attended |attending |there |here |in attendance )?(?:only )?{BOUND} {WHEN}(?: onwards?| only)?(?:,? (?:and |but |then )?{BOUND} {WHEN})*(?: only)?"
    rf"|{MOVED}(?:,? (?:and |but |then )*{MOVED})*|late|late arrival|(?:first|second|last) (?:item|half|hour|part|session)(?: only)?|(?:am|pm|morning|afternoon) only"
    rf"|{WHEN} onwards|{WHEN}\s?(?:-|–|to|until)\s?{WHEN})",
    re.IGNORECASE,
)
APOLOGY = re.compile(r"(?:with |sent |gave |given |tendered |offered )?(?:his |her |their )?apologies(?: were| was)?(?: received| sent| given| noted| tendered| accepted| for absence)?|apology|regrets|excused", re.IGNORECASE)
ABSENT = re.compile(
    r"(?:invited,? (?:but )?)?(?:was |were |is )?(?:absent|not present|not there|not in attendance|did not (?:attend|join|dial in|come)|not attending|unable to (?:attend|join)|could not (?:attend|join)|cannot attend|no[- ]show"
    r"|non[- ]?attendance|not represented|not available|unavailable|on leave|away|absent without apologies)(?: from the meeting| today| this time)?"
    r"|(?:represented|replaced|substituted) by .{2,60}|(?:gave |has given )?(?:his |her |their )?proxy (?:was )?(?:given )?to .{2,60}",
    re.IGNORECASE,
)
ABSENT_HEADING = r"(?:members |those |also |invited,? (?:but )?)*(?:absent(?:ees)?(?: without apologies| members)?|not present|not in attendance|did not attend|not attending|no[- ]shows?|non[- ]attendance|unable to attend)"
BEHALF = re.compile(
    r"(?:also )?(?:attending |present |sitting |voting |here |attended )?(?:as )?(?:an? |the )?(?P<how>on behalf of|proxy (?:for|of)|holding (?:the |a )?proxy (?:of|for)|deputy (?:for|to)|covering for|acting for|in lieu of|replacing"
    r"|alternate (?:for|to|of)|alt\.? for|deputising for|attending for|standing in for|stand[- ]?in for|substitut(?:e|ing) for|sub\.? for|representing|in place of|instead of|vice|pp\.?|nominee of|for)\s+(?P<who>\S.{1,60})",
    re.IGNORECASE,
)
THERE = re.compile(
    r"(?:(?:via|by|on|through|over|joined by|joined via|attended by|attending by) )?(?:(?:ms |microsoft )?teams|phone|telephone|video(?: ?call)?|zoom|webex|dial[- ]?in|remote(?:ly)?|online|virtual(?:ly)?|in person|in the room|hybrid)"
    r"|(?:by |on )?(?:invitation|invite)|invited|guest|(?:as )?(?:an? )?observer|observing|non[- ]?voting|voting|(?:the )?(?:alternate|alt|deputy|substitute)|acting|interim|presenter|new member|outgoing|incoming|temporary|(?:he|she|they)/(?:him|her|them)|(?:maternity |holiday |leave )?cover|minutes|minute taker|note taker|present|in attendance|attended",
    re.IGNORECASE,
)
VACANCY = re.compile(
    r"\W*(?:(?:the )?(?:seat|position|post|role) (?:is )?)?(?:vacant|vacancy|tbc|tbd|to be confirmed|to be appointed|n/?a|none|nil|nobody|no[- ]?one|not filled|unfilled|no representative|no attendees?|no member|not represented"
    r"|(?:nobody|no[- ]one) (?:attended|present))(?: (?:seat|position|at present|currently|attended|present|appointed))?(?:\W+since .{2,20})?\W*",
    re.IGNORECASE,
)
UNLIKE_A_ROLE = re.compile(
    r"\b(?:absent|apolog\w+|attend(?:s|ed|ing)?|present|left|joined|joining|leav\w+|late|items?|until|from|proxy|replac\w+|represented|behalf|not|no|never|instead|withdr\w+|resign\w+|excused|declin\w+|cancel\w+|stood down|tbc)\b", re.IGNORECASE
)
SMALL = {"of", "the", "for", "and", "to", "on", "in", "as", "at", "a", "an", "with", "de", "von", "van", "e.on", "plc", "ltd", "only", "via"}
A_NAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady)\.? )?[^\W\d_a-z][\w'.-]*(?: (?:de|la|van|von|der|den|da|di|du|del|bin|al)| [^\W\d_a-z][\w'.&-]*){0,5}")


@dataclass(frozen=True)
class Presence:
    """What words beside a name say: "part", "apology", "absent", "behalf", "there", or "" where they are not known."""

    kind: str
    words: str
    who: str = ""
    part: str = ""


def presence(words: str) -> Presence:
    """Read words beside a name, as a whole."""
    words = words.strip(" .,;:-–—")
    if len(words) > LONGEST:
        return Presence("", words)
    for kind, pattern in (("apology", APOLOGY), ("absent", ABSENT), ("part", PART), ("there", THERE)):
        if pattern.fullmatch(words):
            return Presence(kind, words, part=words if kind == "part" else "")
    if found := BEHALF.fullmatch(words):
        who, part = _whom(found.group("who"))
        if who and (found.group("how").lower() not in ("for", "vice") or " " in who):
            return Presence("behalf", words, who, part)
    return Presence("", words)


def _whom(text: str) -> tuple[str, str]:
    """Part whom somebody stood in for from how long they did; nobody where what is left is no name."""
    for end in [len(text), *(found.start() for found in re.finditer(r",?\s", text))]:
        part = text[end:].strip(" ,;")
        if A_NAME.fullmatch(text[:end].strip()) and (not part or PART.fullmatch(part)):
            return text[:end].strip(), part
    return "", ""


def is_like_a_role(words: str, role_words: re.Pattern) -> bool:
    """Say whether words beside a name have the look of a role or an organisation, and not of how somebody was there."""
    if UNLIKE_A_ROLE.search(words) or not re.search(r"[^\W\d_]{2}", words):
        return False
    named = all(word[0].isupper() or word[0].isdigit() or any(letter.isupper() for letter in word) or word.lower() in SMALL for word in re.findall(r"[\w&'.]+", words))
    return bool(role_words.search(words) or named or words.startswith("as "))
