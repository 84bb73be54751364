"""Reads what a decision says of each Change Request and document: its own verb for each, and no other word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .references import ANY_VERSION, DESIGN, Mention, change_requests, version_number
from .result import ChangeRequestOutcome, DocumentOutcome
from .titles import without_titles

IMPACT_ASSESSMENT = (
    r"(?:to|for|into)\s(?:(?:an?|the|its|further|second|another|\w{3,5}|working|day|\d{1,2})\s){0,5}(?:impact assessment|IA)\b"
)
VERBS = re.compile(
    r"\b(?:(?P<refused>not\s(?:\w+\s){0,2}?(?:approved?|reject(?:ed)?|issued?|withdrawn?|deferr?(?:ed)?))"
    r"|(?P<approved>approv(?:ed?|es|al|ing)|accepted|ratified)"
    r"|(?P<rejected>reject(?:ed|s|ion|ing)?|declined)"
    r"|(?P<withdrawn>withdrawn?|withdrawal|withdrew)"
    r"|(?P<deferred>defer(?:red|s|ral|ring)?|postponed)"
    r"|(?P<issued>(?:re-?)?issu(?:e|ed|es|ing|ance)|progress(?:ed|ion)?|sent|proceed(?:ed)?|raised)"
    r"|(?P<other>noted|discussed|considered|referred|escalated|(?:to|be) amended?|closed)"
    r")\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"^[\s,*]*(?:(?:which|that|is|was|were|are|be|been|being|to|should|would|will|has|have|had|now|automatically|amended|updated|revised|amended and|updated and|revised and|also|both|formally|therefore)\s+){0,5}$",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:mutually exclusive (?:to|with|of)|in favour of|instead of|superseded by|replaced by|incorporating|implement(?:ing|s|ation of)?|as amended by|arising from|as a result of"
    r"|resulting from|due to|because of|reflecting|in line with|further to|required (?:by|for)|following|following the (?:approval|rejection) of|subject to(?:(?: the)? (?:approval|rejection) of)?"
    r"|(?:changes?|updates?|updated|amend\w*|redlin\w*)(?: made)? (?:by|for|under|from|per|in)|under|dependent on|delivering|pursuant to|given|since)\s*(?:the\s)?$",
    re.IGNORECASE,
)
SETTLED = re.compile(
    r"\b(?:approved|agreed|endorsed)\s+(?:to baseline|the\s+baselining\s+of|baselining|the\s+baseline\s+of)\s+(?:the\s+)?(?P<names>.+)$",
    re.IGNORECASE,
)
PASSIVELY_SETTLED = re.compile(
    r"^(?:the\s+)?(?P<names>.{3,200}?)\s+(?:was|were|is|are|be)?\s*(?P<how>baselined|approved)\b", re.IGNORECASE
)
PLAINLY_SETTLED = re.compile(r"\bapproved\s+(?:the\s+)?(?P<names>(?:[A-Z]|v\d).+)$")
ENDING = re.compile(
    r"\s*(?:\bas version\b|\bat version\b|,?\s*\bsubject to\b|\bfor publication\b|,?\s*\bfollowing\b|,?\s*\bwith\b|,?\s*\band (?:rejected|approved|agreed|noted)\b|\.\s|;|\.$).*$",
    re.IGNORECASE | re.DOTALL,
)
BASELINED_AS = re.compile(
    r"\bbaselined\s+(?:as|at)\s+(?:v|version)\.?\s?(?P<version>\d[\d.]*\d|\d|one|two|three|four|five)\b", re.IGNORECASE
)


@dataclass
class _Verb:
    """An outcome word and where it stands."""

    outcome: str
    start: int
    end: int


def change_request_outcomes(text: str) -> list[ChangeRequestOutcome]:
    """Give each Change Request of a decision the outcome of its own verb."""
    text = without_titles(text)
    verbs = _verbs(text)
    mentions = [mention for mention in change_requests(text) if not _is_aside(text, mention)]
    outcomes: dict[str, ChangeRequestOutcome] = {}
    for place, mention in enumerate(mentions):
        outcome = _outcome(text, mention, mentions[place + 1 :], verbs)
        known = outcomes.get(mention.cr)
        if known is None:
            outcomes[mention.cr] = ChangeRequestOutcome(mention.cr, mention.version, outcome)
        else:
            known.version = known.version or mention.version
            known.outcome = outcome if known.outcome == "other" else known.outcome
    return list(outcomes.values())


def document_outcomes(text: str, following: str) -> list[DocumentOutcome]:
    """List the documents, other than Change Requests, that a decision approves or baselines."""
    found = SETTLED.search(text)
    how = "baselined"
    if not found:
        found = PLAINLY_SETTLED.search(text)
        how = "approved"
    if (
        not found
        and (passive := PASSIVELY_SETTLED.search(text))
        and (passive.group("how") == "baselined" or DESIGN.search(passive.group("names")))
    ):
        found, how = passive, passive.group("how")
    if not found or re.match(r"^(?:CRs?[\s-]?\d|Change Request|Minutes|[Tt]he [Mm]inutes|issuance)", found.group("names")):
        return []
    names = ENDING.sub("", found.group("names"))
    stated = BASELINED_AS.search(text) or BASELINED_AS.search(following)
    parts = [part for part in (_document(name, how, stated) for name in _listed(names)) if part]
    return [part for part in parts if not change_requests(part.name)]


def _listed(names: str) -> list[str]:
    """Part a list of documents; an 'and' alone may belong to a title ('D-Flow and Interface Mapping') and parts nothing."""
    separator = r",\s+(?:and\s+)?|\s+and\s+(?=the\s)|\s+(?:and|&)\s+(?=DES[\s-]?\d)"
    parts = re.split(separator, names)
    if len(parts) > 1 and not re.search(r",\s+and\s", names) and " and " in parts[-1] and "," in names:
        parts[-1:] = parts[-1].split(" and ", 1)
    return parts


def _document(printed: str, how: str, stated: re.Match | None) -> DocumentOutcome | None:
    """Make one document of its printed name, with the version beside it or said to be baselined."""
    name = re.sub(r"^(?:the|and)\s+", "", printed.strip(" .,:;*"))
    version = ANY_VERSION.search(name)
    if version:
        name = (name[: version.start()] + name[version.end() :]).replace("()", "").strip(" ,-")
    if not name or not re.search(r"[A-Z]", name):
        return None
    printed_version = version.group("version") if version else stated.group("version") if stated else None
    return DocumentOutcome(" ".join(name.split()), version_number(printed_version), how)


def _verbs(text: str) -> list[_Verb]:
    """List the outcome words of a sentence in order."""
    found = []
    for match in VERBS.finditer(text):
        kind = match.lastgroup or "other"
        if kind == "issued":
            rest = text[match.end() : match.end() + 160]
            kind = "issued to Impact Assessment" if re.search(IMPACT_ASSESSMENT, rest, re.IGNORECASE) else "other"
        elif kind == "refused":
            kind = "other"
        if match.group(0).lower() in ("raised", "progress") and kind == "other":
            continue
        found.append(_Verb(kind, match.start(), match.end()))
    return found


def _outcome(text: str, mention: Mention, later: list[Mention], verbs: list[_Verb]) -> str:
    """Find the verb of one mention: the one that directly follows it or its list, else the nearest before it."""
    end = mention.end
    for other in later:
        if not re.fullmatch(r"\s*(?:,|&|and|/|or)?\s*(?:and|&)?\s*(?:CRs?)?\s*", text[end : other.start]):
            break
        end = other.end
    limit = next((other.start for other in later if other.start >= end), len(text))
    following = next((verb for verb in verbs if verb.start >= end), None)
    sentence = max(text.rfind(". ", 0, mention.start), text.rfind("; ", 0, mention.start))
    before = [verb for verb in verbs if sentence < verb.start < mention.start]
    next_in_list = bool(before) and following is not None and text[end : following.start].strip() == ","
    if following and PASSIVE.match(text[end : following.start]) and not next_in_list:
        return following.outcome
    governing = _governing(text, before)
    if before and governing != "approved":
        return governing
    stretch = re.split(r"[.;]\s|\band\s(?=reject|approv|defer)", text[end:limit])[0]
    if re.search(r"^[^.;]{0,80}?\b" + IMPACT_ASSESSMENT, stretch, re.IGNORECASE) and not re.search(
        r"\b(?:following|after|subject)\b", stretch
    ):
        return "issued to Impact Assessment"
    return governing


def _governing(text: str, before: list[_Verb]) -> str:
    """Give the outcome of the verb before a mention; in 'deferred the approval of' the first of the two governs."""
    if not before:
        return "other"
    last, previous = before[-1], before[-2] if len(before) > 1 else None
    if (
        previous
        and previous.outcome in ("deferred", "rejected")
        and re.fullmatch(r"\s(?:the\s)?", text[previous.end : last.start])
    ):
        return previous.outcome if previous.outcome == "deferred" or last.outcome == "approved" else "other"
    return last.outcome


def _is_aside(text: str, mention: Mention) -> bool:
    """Say whether a Change Request is only named in passing, as what another is exclusive of."""
    return bool(ASIDE.search(text[max(0, mention.start - 60) : mention.start]))
