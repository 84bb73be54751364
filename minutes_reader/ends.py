"""What may follow what was decided and leave it as it is: known wholes, to the last word. And every way of turning it, or of coming back to it."""

from __future__ import annotations

import re

# Any word of deciding, and any that turns what was decided round, limits it, or says it for another day.
DECIDING = re.compile(
    r"\b(?:approv\w*|accept(?:ed|s|ance)?|ratif\w*|reject\w*|declin\w*|withdr[ae]w\w*|defer\w*|postpon\w*|baselin\w*|rescind\w*|revok\w*|overturn\w*|overrul\w*|set aside|annul\w*|quash\w*"
    r"|refus\w*|revers(?:ed|ing|al)|cancel\w*|retract\w*|motion|lost)\b",
    re.IGNORECASE,
)
TURNING = re.compile(
    r"\b(?:rescind\w*|revok\w*|revers(?:ed|ing|al)|overturn\w*|overrul\w*|set(?:ting)? aside|annul\w*|quash\w*|void(?:ed)?|laps(?:e|ed|ing)|refus\w*|but|however|though|although"
    r"|except\w*|save|bar|other than|apart|excluding|excluded|unless|if|next|not|never|nor|neither|no longer|yet|pending|fail\w*|lost|invalid\w*|mistak\w*|in error|suspend\w*|cancel\w*"
    r"|retract\w*|subsequently|later|in part|partly|in principle|provisional\w*|whether|would|could|might|nobody|none|minded|n't"
    r"|und(?:o|id|one|oing)|veto\w*|dismiss\w*|str(?:uck|ike|ikes|icken)|recall\w*|(?:took|take|taken|put|sent) (?:\w+ )?back|turned down|voted down|opposite|contrary|against|short of|insufficient"
    r"|out of (?:order|scope)|supersed\w*|replac\w*|lift(?:ed|ing)|reinstat\w*|reconsider\w*|null\w*|await\w*|withh[eo]ld\w*|object(?:ed|s|ing)?|oppos\w*|afterwards|after all|at first|otherwise|in default"
    r"|stands?|stood|counts?|regret\w*|wrong\w*|correct(?:ed|ion)|errat\w*|being|having|unlike|likewise|respectively|rather than|in place of|less|minus|omitted|held over|dropped|remov\w*|previously|formerly|once"
    r"|when|until|only|parts?|sections?|options?|interim|temporar\w*|draft|proposed|sic|should|must|(?-i:may)|hardly|appeal\w*|let through|to be|after|before|disagree\w*|dissent\w*|unclear|outstanding)\b|\?|n't\b|~~",
    re.IGNORECASE,
)
# How a sentence comes back to what was decided: there are no others.
OF_THE_DECISION = r"(?:decision|approval|acceptance|rejection|deferral|withdrawal|baselining|baseline|outcome|result|vote|change|change request|request|motion|matter|determination|ruling|advice|item|document|artefact|minutes|condition)s?"
COMING_BACK = re.compile(rf"\b(?:it|its|this|these|those|them|they|their|both|former|latter|same|so|that(?=\s(?:is|was|has|had|will)\b|[,.;]|$)|(?:the|that|such)\s(?:\w+\s)?{OF_THE_DECISION})\b", re.IGNORECASE)
# What somebody is to do next leaves what was decided as it is.
TO_BE_DONE = re.compile(r"^(?:the\s)?(?:[\w&-]+\s){1,4}(?:will|shall|is to|are to|to)\s(?!(?:be|not|confirm|decide|determine)\b)\w+", re.IGNORECASE)

DAY = r"(?:\w+day,?\s)?\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[A-Z][a-z]{2,8}(?:,?\s\d{4})?|\d{1,2}/\d{1,2}/\d{2,4}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
OWN_GROUP = "the Group"  # put in place of the code of the group whose minutes are read
NOBODY = r"(?!(?i:no|not|never|none|nobody|neither|nor|hardly|few|some|all but)\b)"
BODY = (
    rf"(?:(?i:the\s)?{NOBODY}(?:(?i:(?:mhhs\s)?(?:sro|senior responsible owner)|(?:group|committee|board|chair|members|programme))"
    r"|(?:SRO|[A-Z]{1,5}(?:AG|SG|WG|IG))|(?:[A-Z][\w-]+\s){0,3}(?:Advisory|Steering|Implementation)\s(?:Group|Board|Committee))(?i:\s(?:members|chair))?)(?!\w)"
)
LITTLE = r"(?:the\s|its\s|this\s)?[\w./’'⟦⟧-]+(?:\s[\w./’'⟦⟧-]+){0,6}"  # a few words, which have to be calm besides
KNOWN = re.compile(
    r"[\s,–—-]*(?:"
    rf"(?i:by)\s(?:(?i:(?:the\s|an?\s|unanimous\s|simple\s|clear\s){{0,3}}(?:consensus|correspondence|e-?mail|acclamation|majority|vote|consent|agreement)(?:\s(?:vote|of members|of votes|of those present))?)"
    rf"|(?i:\d+\s(?:votes?\s)?to\s\d+(?:,?\swith\s\d+\sabstentions?)?)|{BODY}(?:\sand\s{BODY})?)"
    rf"|(?i:on|dated|(?:effective\s)?from)\s(?:{DAY})|(?i:today)"
    rf"|(?i:at)\s(?i:the|this|its|that|an?)\s(?:\w+\s)?(?:(?i:meeting)|[A-Z]{{2,6}})(?:\s(?i:of|on)\s(?:{DAY}))?|(?i:at)\s[A-Z]{{2,6}}\s?\d+"
    rf"|(?i:with\s(?:immediate\s)?effect)(?:\s(?i:from)\s(?:{DAY}))?"
    r"|(?i:with(?:out)?\s(?:(?:no|any|the|some|minor|small|further|agreed)\s){0,3}(?:amendments?|changes?|corrections?|comments?|discussion|objections?)(?:\s(?:raised|received|made))?)(?!\s(?:to|from|by|of)\b)"
    r"|(?i:as)\s(?i:drafted|presented|proposed|amended|written|circulated|tabled|revised|submitted|final|(?:they|it)\sstood|(?:version|v)\.?\s?\d[\d.]*)(?:\s(?i:in|at|to)\s(?:the|this)\s(?:\w+\s){0,2}(?:meeting|paper|pack|DAG))?"
    r"|(?i:for\s(?:implementation|publication|inclusion|baselining))(?P<place>\s(?i:in|on|from|by)\s" + LITTLE + r")?"
    r"|(?i:en bloc|unanimously|ex-?\s?committee|together|formally|jointly|as a whole)"
    r")(?![\w])"
)
BETWEEN = " .,–—-"
WHY = re.compile(
    r"[\s,–—-]*(?:on the (?:basis|advice|recommendation|grounds?)|on behalf of|for (?:the reasons|these reasons)|because|as (?:it|they|mutually|a result|set out)|given|noting|recognising|in line with|in accordance with"
    r"|in favour of|instead of|due to|owing to|for (?:lack|want) of|since|following|further to|after|incorporating|including|under|pursuant to)\b(?P<why>.*)$",
    re.IGNORECASE | re.DOTALL,
)
TO_A_DAY = re.compile(
    rf"^[\s,]*(?:to|until|till)\s(?:(?:the|its|a)\s)?(?:(?:{DAY})|\w+\smeets(?:\sagain|\snext)?|(?:(?:next|later|further|future|following|\w+)\s)?(?:meeting|DAG|date|month|quarter|year)|[A-Z][a-z]{{2,8}}(?:\s\d{{4}})?|[A-Z]{{2,6}}\s?\d*)(?:\s(?:meeting|DAG))?(?:\s(?:of|on|in)\s(?:{DAY}|[A-Z]\w+))?(?![\w])",
    re.IGNORECASE,
)
PENDING = re.compile(r"^[\s,]*pending\b(?P<why>.*)$", re.IGNORECASE | re.DOTALL)


def is_calm(text: str) -> bool:
    """Say whether no word of it decides anything, or could turn what was decided."""
    return not TURNING.search(text) and not DECIDING.search(text)


def is_known_end(text: str) -> bool:
    """Say whether what follows a decision in its clause leaves it as it is: every word of it is understood, or gives a reason."""
    rest = text.strip(BETWEEN)
    while rest:
        if found := KNOWN.match(rest):
            if not is_calm(found.group("place") or ""):
                return False
            rest = rest[found.end() :].strip(BETWEEN)
        elif why := WHY.match(rest):
            return is_calm(why.group("why"))
        else:
            return False
    return True


def is_put_to_later(text: str) -> bool:
    """Say whether what follows "deferred" says until when, and why, and no more."""
    if found := TO_A_DAY.match(text):
        text = text[found.end() :]
    elif found := PENDING.match(text):
        return is_calm(found.group("why"))
    return is_known_end(text)


def may_turn(clause: str) -> bool:
    """Say whether a clause that fits no shape may take back, or limit, what another clause says."""
    if TO_BE_DONE.match(clause) and is_calm(clause):
        return False
    return not is_calm(clause) or bool(COMING_BACK.search(clause))
