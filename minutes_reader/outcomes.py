"""Reads what a decision says of each Change Request and document: its own verb for each, and no other word."""

from __future__ import annotations

import re

from .ends import COMING_BACK, DECIDING, OWN_GROUP, is_calm, is_known_end, may_turn
from .references import ANY_VERSION, MOST_IN_A_RANGE, Mention, change_requests, design_documents, version_number
from .result import ChangeRequestOutcome, DocumentOutcome
from .shapes import BE, HOW, UNMET, WHO, Clause, clause_read, clauses_of, is_conditional, numbers_in, parted
from .titles import opened_up, without_titles

OTHER = "other"  # what is settled is none of the outcomes known, or the sentence none of the shapes
NAMED_IN_PASSING = re.compile(
    r"\b(?:mutually exclusive (?:to|with|of)|in favour of|instead of|superseded by|replaced by|incorporating|implement(?:ing|s|ation of)?|as amended by|arising from|as a result of"
    r"|resulting from|due to|because of|reflecting|in line with|further to|required (?:by|for)|following|following the (?:approval|rejection) of|subject to(?:(?: the)? (?:approval|rejection) of)?"
    r"|(?:changes?|updates?|updated|amend\w*|redlin\w*)(?: made)? (?:by|for|under|from|per|in)|under|dependent on|delivering|pursuant to|given|since)\s*(?:the\s)?$",
    re.IGNORECASE,
)
EITHER = re.compile(r"\s*or\b", re.IGNORECASE)
JOINING = re.compile(r"\s*(?:,|&|and|/|to|through|-|–)?\s*(?:and|&)?\s*(?:the\s)?(?:CRs?)?\s*", re.IGNORECASE)
BASELINING = r"(?i:(?:approved|agreed|endorsed|decided)\s+(?:to baseline|the\s+baselin(?:ing|e)\s+of|baselining|the\s+baseline\s+of)|baselined)\s+"
DOCUMENT_SHAPES = (
    ("baselined", re.compile(rf"^{WHO}{HOW}{BASELINING}(?:the\s+)?(?P<names>.+)$", re.DOTALL)),
    ("approved", re.compile(rf"^{WHO}{HOW}(?i:approved)\s+(?:the\s+)?(?P<names>(?:[A-Z]|v\d).+)$", re.DOTALL)),
    ("baselined", re.compile(rf"^(?i:the\s+)?(?P<names>[A-Z].{{1,200}}?)\s+{BE}{HOW}(?i:baselined)\b(?P<tail>.*)$", re.DOTALL)),
    ("approved", re.compile(rf"^(?i:the\s+)?(?P<names>(?:(?i:updated|revised|new|design|documents?|artefacts?)\s)*DES[\s-]?\d.{{0,160}}?)\s+{BE}{HOW}(?i:approved)\b(?P<tail>.*)$", re.DOTALL)),
)
NO_DOCUMENT = re.compile(r"^(?:Nothing|None|No|Neither|CRs?[\s-]?\d+|⟦|Change Request|Minutes|[Tt]he [Mm]inutes|issuance)(?![a-z])")
# words in capitals, and the small ones between them: what else stands there says something of a document, and is not its name
NAME_LIKE = re.compile(r"[\s,]*(?:(?:the|an?|of|and|for|to|in|on|with|version|v[\d.]*|[^\w\s]*[A-Z\d][^\s]*|[&–-])[\s,]*)+")
DES_RANGE = re.compile(r"\bDES[\s-]?(?P<first>\d{2,4})\s?(?:to|through|–|—)\s?DES[\s-]?(?P<last>\d{2,4})\b")
# what is done to a document is not its name
DEED = re.compile(r"^(?:the\s)?(?:un-?|de-?)?(?:withdrawal|rejection|deferral|deletion|removal|retirement|decommissioning|baselining|closure|scrapping|abandonment|proposal|recommendation|suspension)\b", re.IGNORECASE)
ENDING = re.compile(
    r"\s*(?:\bas version\b|\bat version\b|,?\s*\b(?:subject to|conditional|provided|on condition|on the condition)\b|\bfor publication\b|,?\s*\b(?:following|with|unless|except|save|but|if|incorporating)\b"
    r"|,?\s*\band (?:rejected|approved|agreed|noted)\b|\.\s|;|\.$).*$",
    re.IGNORECASE | re.DOTALL,
)
BASELINED_AS = re.compile(
    r"\bbaselined\s+(?:as|at)\s+(?:v|version)\.?\s?(?P<version>\d[\d.]*\d|\d|one|two|three|four|five)\b", re.IGNORECASE
)
OF_THE_MINUTES = r"(?i:(?:the\s)?(?:draft\s)?minutes\b(?P<which>[^.;]{0,160}?))"
AGREED_MINUTES = r"(?i:approved|accepted|agreed|ratified)"
WHICH = re.compile(r"(?:[\s,]*(?:of|the|on|held|and|for|from(?=\s[\dA-Z])|its|last|previous|meetings?|[A-Z][\w’'-]*|\d[\w/.]*))*\s*")
MINUTES_SHAPES = (
    re.compile(rf"^{OF_THE_MINUTES}\s{BE}{HOW}{AGREED_MINUTES}\b(?P<tail>.*)$", re.DOTALL),
    re.compile(rf"^{WHO}{HOW}{AGREED_MINUTES}\s{OF_THE_MINUTES}(?P<tail>(?:,?\s(?i:subject to|with|as|without|provided|on condition)\b.*)?)$", re.DOTALL),
)  # fmt: skip


def change_request_outcomes(text: str, group: str | None = None) -> list[ChangeRequestOutcome]:
    """Give each Change Request of a decision the outcome of its own verb; "other" where the sentence has no shape that is known."""
    text = without_titles(opened_up(_of_the_group(text, group)))
    clusters = _clusters(text)
    clauses = clauses_of(_shortened(text, clusters))
    said = [(clause, clause_read(clause)) for clause in clauses]
    turned = _turned([(clause, read is not None or ("⟦" in clause and not _comes_back(clause))) for clause, read in said])
    bound = {number for _, read in said if read for number in numbers_in(read.condition)}
    outcomes: dict[str, ChangeRequestOutcome] = {}
    for clause, read in said:
        for number in numbers_in(clause):
            for mention in _settled(clusters[number], read, number, text):
                outcome = OTHER if turned or (bound and len(said) > 1) else _outcome_of(read, number)
                _note(outcomes, mention, outcome, _in_full(read.condition, clusters, text) if read and outcome != OTHER else "")
    excepted = {m.cr for _, read in said if read for number in read.excepted for m in clusters[number]}
    for told in outcomes.values():
        if told.cr in excepted:
            told.outcome, told.condition = OTHER, ""
    return list(outcomes.values())


def _of_the_group(text: str, group: str | None) -> str:
    """Put "the Group" in the place of the code of the group whose minutes are read: no other letters decide for it."""
    return re.sub(rf"\b(?:(?:[Tt]he )?){re.escape(group)}\b(?![-\d])", OWN_GROUP, text) if group else text


def _turned(said: list[tuple[str, bool]]) -> bool:
    """Say whether a clause that was not read may take back what another one says. What follows a condition may say what became of it."""
    conditional = False
    named: set[str] = set()
    for clause, is_read in said:
        references = {mention.cr for mention in change_requests(clause)}
        if references & named or (not is_read and not _minutes_read(clause) and not _documents_read(clause, "") and (conditional or may_turn(clause))):
            return True
        if is_conditional(clause):
            conditional, named = True, named | references
    return False


def _comes_back(clause: str) -> bool:
    return COMING_BACK.search(clause) is not None


def _in_full(condition: str, clusters: list[list[Mention]], text: str) -> str:
    """Put the Change Requests back into a condition that names them."""
    return re.sub(r"⟦(\d+)⟧", lambda found: text[clusters[int(found.group(1))][0].start : clusters[int(found.group(1))][-1].end], condition)


def _clusters(text: str) -> list[list[Mention]]:
    """Put the Change Requests together that a sentence names together."""
    clusters: list[list[Mention]] = []
    for mention in change_requests(text):
        last = clusters[-1][-1] if clusters and not EITHER.match(text, mention.start) else None
        if last and (mention.start == last.start or (last.end <= mention.start and JOINING.fullmatch(text[last.end : mention.start]))):
            clusters[-1].append(mention)
        else:
            clusters.append([mention])
    return clusters


def _shortened(text: str, clusters: list[list[Mention]]) -> str:
    """Put a mark in the place of each cluster, so that the shape of the sentence is left."""
    for number, cluster in reversed(list(enumerate(clusters))):
        text = f"{text[: cluster[0].start]}⟦{number}⟧{text[cluster[-1].end :]}"
    return " ".join(text.split())


def _settled(cluster: list[Mention], read: Clause | None, number: int, text: str) -> list[Mention]:
    """List those of a cluster that the clause is about, and not only names in passing."""
    about = read is None or number in read.of or number in read.excepted
    passing = NAMED_IN_PASSING.search(text[max(0, cluster[0].start - 60) : cluster[0].start])
    return cluster if about and not (passing and (read is None or number not in read.of)) else []


def _outcome_of(read: Clause | None, number: int) -> str:
    """Name the outcome of one cluster."""
    return read.outcome if read and number in read.of else OTHER


def _note(outcomes: dict[str, ChangeRequestOutcome], mention: Mention, outcome: str, condition: str) -> None:
    """Take down one outcome; two that differ of one Change Request are neither."""
    known = outcomes.get(mention.cr)
    if known is None:
        outcomes[mention.cr] = ChangeRequestOutcome(mention.cr, mention.version, outcome, condition)
        return
    known.version = known.version or mention.version
    known.condition = known.condition or condition
    known.outcome = outcome if outcome == known.outcome else OTHER


def document_outcomes(text: str, following: str, group: str | None = None) -> list[DocumentOutcome]:
    """List the documents, other than Change Requests, that a decision approves or baselines; those it names otherwise are "other"."""
    clauses = clauses_of(opened_up(_of_the_group(text, group)))
    turned = _turned([(clause, _is_of_a_change_request(clause)) for clause in clauses])
    found: list[DocumentOutcome] = []
    for clause in clauses:
        read = _documents_read(clause, following)
        if turned:
            read = [DocumentOutcome(document.name, document.version, OTHER) for document in read]
        if not read and DECIDING.search(clause) and not change_requests(clause):
            read = [DocumentOutcome(mention.cr, mention.version, OTHER) for mention in design_documents(clause)]
        found += [document for document in read if document.name not in {known.name for known in found}]
    return found


def _is_of_a_change_request(clause: str) -> bool:
    """Say whether a clause is read as one about Change Requests."""
    text = without_titles(clause)
    return bool(clause_read(_shortened(text, _clusters(text))))


def _documents_read(clause: str, following: str) -> list[DocumentOutcome]:
    """Read the documents of one clause; none where its whole shape is not known."""
    for how, shape in DOCUMENT_SHAPES:
        found = shape.match(clause)
        if not found or NO_DOCUMENT.match(found.group("names")):
            continue
        names = ENDING.sub("", found.group("names"))
        tail = f"{found.group('names')[len(names) :]}{found.groupdict().get('tail') or ''}"
        condition, known = _condition_and_end(tail)
        if not known or not is_calm(names) or DEED.match(names) or not NAME_LIKE.fullmatch(names):
            continue
        stated = BASELINED_AS.search(clause) or BASELINED_AS.search(following)
        parts = [_document(name, how, stated, condition) for name in _listed(names)]
        if kept := [part for part in parts if part and not change_requests(part.name)]:
            return kept if all(parts) else []
    return []


def _condition_and_end(tail: str) -> tuple[str, bool]:
    """Part what follows a decision into the condition it was made on, and whether the rest of it leaves it as it is."""
    rest, condition = parted(tail)
    return condition, not UNMET.search(condition) and is_known_end(BASELINED_AS.sub("", rest))


def minutes_outcome(text: str, group: str | None = None) -> DocumentOutcome | None:
    """Give what a decision makes of the minutes of an earlier meeting; "other" where it speaks of them in no known shape."""
    clauses = clauses_of(without_titles(opened_up(_of_the_group(text, group))))
    turned = _turned([(clause, _is_of_a_change_request(clause)) for clause in clauses])
    for clause in clauses:
        if read := _minutes_read(clause):
            return DocumentOutcome("Minutes", None, OTHER) if turned else read
        if re.search(r"\bminutes\b", clause, re.IGNORECASE) and DECIDING.search(clause):
            return DocumentOutcome("Minutes", None, OTHER)
    return None


def _minutes_read(clause: str) -> DocumentOutcome | None:
    """Read a clause that approves minutes."""
    for shape in MINUTES_SHAPES:
        found = shape.match(clause)
        if not found or not WHICH.fullmatch(found.group("which")):
            continue
        condition, known = _condition_and_end(found.group("tail"))
        if known:
            return DocumentOutcome("Minutes", None, "approved", condition)
    return None


def _listed(names: str) -> list[str]:
    """Part a list of documents; an 'and' alone may belong to a title ('D-Flow and Interface Mapping') and parts nothing."""
    separator = r",\s+(?:and\s+)?|\s+and\s+(?=the\s)|\s+(?:and|&)\s+(?=DES[\s-]?\d)"
    parts = re.split(separator, DES_RANGE.sub(_each_of_it, names))
    if len(parts) > 1 and not re.search(r",\s+and\s", names) and " and " in parts[-1] and "," in names:
        parts[-1:] = parts[-1].split(" and ", 1)
    return parts


def _each_of_it(found: re.Match) -> str:
    """Write out what stands unwritten between the ends of 'DES-200 to DES-203'; what is too long for a list stays as it is."""
    first, last = int(found.group("first")), int(found.group("last"))
    return ", ".join(f"DES-{number}" for number in range(first, last + 1)) if 0 < last - first < MOST_IN_A_RANGE else found.group(0)


def _document(printed: str, how: str, stated: re.Match | None, condition: str) -> DocumentOutcome | None:
    """Make one document of its printed name, with the version beside it or said to be baselined."""
    name = re.sub(r"^(?:the|and)\s+", "", printed.strip(" .,:;*"))
    version = ANY_VERSION.search(name)
    if version:
        name = (name[: version.start()] + name[version.end() :]).replace("()", "").strip(" ,-")
    if not name or not re.search(r"[A-Z]", name):
        return None
    printed_version = version.group("version") if version else stated.group("version") if stated else None
    return DocumentOutcome(" ".join(name.split()), version_number(printed_version), how, condition)
