"""What the words of a decision say of each thing that is decided: a closed grammar of outcome words, who is their object, and whether they are denied."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from decisions.models import Outcome
from decisions.subjects import Subject

APPROVE, CONDITIONS, BASELINE, ISSUE, REJECT, EXCLUDE, SEND_BACK, TO_PSG, TO_OFGEM, DEFER, WITHDRAW, NOTE = (
    Outcome.APPROVED, Outcome.APPROVED_SUBJECT_TO, Outcome.BASELINED, Outcome.ISSUED, Outcome.REJECTED, Outcome.REJECTED_AS_EXCLUDED, Outcome.SENT_BACK,
    Outcome.PASSED_TO_PSG, Outcome.PASSED_TO_OFGEM, Outcome.DEFERRED, Outcome.WITHDRAWN, Outcome.NOTED,
)  # fmt: skip

# Each word by how it begins and may end. Those of the second list say an outcome only where what is decided stands right beside them.
STRONG = [
    (re.compile(r"approv(?:e[sd]?|ing|als?)|accept(?:s|ed|ing|ance)?|endors(?:e[sd]?|ing|ement)|ratif(?:y|ies|ied|ying)|adopt(?:s|ed|ing|ion)?|authori[sz](?:e[sd]?|ing)"), APPROVE),
    (re.compile(r"baselin(?:e[sd]?|ing)"), BASELINE),
    (re.compile(r"reject(?:s|ed|ing|ion)?|refus(?:e[sd]?|ing|al)|declin(?:e[sd]?|ing)|dismiss(?:es|ed|ing|al)?|veto(?:es|ed|ing)?|disapprov(?:e[sd]?|ing|al)|overturn(?:s|ed|ing)?"), REJECT),
    (re.compile(r"defer(?:s|red|ring|ral)?|postpon(?:e[sd]?|ing|ement)|adjourn(?:s|ed|ing|ment)?"), DEFER),
    (re.compile(r"withdr(?:aw|aws|ew|awn|awing|awal)"), WITHDRAW),
]  # fmt: skip
WEAK = [
    (re.compile(r"agree(?:s|d|ing|ment)?"), APPROVE),
    (re.compile(r"issu(?:e[sd]?|ing)"), ISSUE),
    (re.compile(r"note[sd]?|noting"), NOTE),
]  # fmt: skip
# Words that say an outcome together with another behind them.
WITH = [
    (re.compile(r"sen(?:ds?|t|ding)|refer(?:s|red|ring)?|return(?:s|ed|ing)?|remit(?:s|ted|ting)?"), re.compile(r"back|work"), SEND_BACK),
    (re.compile(r"put(?:s|ting)?|h[eo]ld(?:s|ing)?"), re.compile(r"off|over"), DEFER),
    (re.compile(r"turn(?:s|ed|ing)?|vot(?:e[sd]?|ing)|thr[eo]w(?:s|n)?"), re.compile(r"down|out"), REJECT),
]  # fmt: skip
PASSES = re.compile(r"pass(?:es|ed|ing)?|escalat(?:e[sd]?|ing)|refer(?:s|red|ring)?|sen(?:ds?|t|ding)")
WHITHER = {"psg": TO_PSG, "steering": TO_PSG, "ofgem": TO_OFGEM}
DENIES = re.compile(r"not|never|no|neither|nor|without|cannot|unable|fail(?:s|ed)?|\w+n[’']t")
SUPPOSES = {"could", "would", "might", "may", "should", "whether", "if", "unless", "until"}
IS = {"is", "are", "was", "were", "be", "been", "being", "as", "stands", "stand", "remains", "remain", "gets", "got"}
BETWEEN = {"has", "have", "had", "and", "also", "now", "hereby", "therefore", "thus", "then", "to", "will", "shall", "it", "therefor"}
JOINS = {"and", ",", "both", "or", "as", "well", "the", "&", "version"}
ENDS = {".", ";", ":", "!", "?"}
TOKEN = re.compile(r"⟦\w+⟧|v?\d[\d.]*\d|[\w’'/-]+|[.,;:!?()&]")
ELSE = re.compile(r"\b(?:CR\s?\d+|[A-Z]{3}-\d+)\b")  # a reference to something that is not decided here


def may_be_said_of(subject: Subject) -> set[str]:
    """The outcomes that a wording may say of it: its own; of what is rejected as excluded also that it is rejected."""
    also: dict[str, set[str]] = {EXCLUDE: {REJECT}, APPROVE: {CONDITIONS} if subject.conditions.strip() else set()}
    return {subject.outcome} | also.get(subject.outcome, set())


class Verdict(NamedTuple):
    """An outcome word: which outcome it says, whether it is denied, and how it stands in the wording."""

    outcome: str
    denied: bool
    phrase: str


@dataclass
class Word:
    """An outcome word at its place among the tokens of a sentence."""

    at: int
    outcome: str
    weak: bool = False
    denied: bool = False
    since: int = 0  # where its phrase begins


def verdicts_of(wording: str, subjects: Iterable[Subject]) -> dict[str, list[Verdict]]:
    """By the reference of each subject, what the wording says of it. Of one that it does not name, what it says of nothing in particular."""
    by_mark = {f"⟦{n}⟧": subject for n, subject in enumerate(subjects)}
    tokens = TOKEN.findall(_masked(wording, by_mark))
    found: dict[str, list[Verdict]] = defaultdict(list)
    at_large: list[Verdict] = []
    for sentence in _sentences(tokens):
        for word, marks in _attributed(sentence):
            verdict = Verdict(_conditional(word, sentence), word.denied, _phrase(sentence, word, by_mark))
            if marks is None:
                at_large.append(verdict)
            for mark in marks or ():
                if mark in by_mark:
                    found[by_mark[mark].ref].append(verdict)
    unsaid = [each for mark, each in by_mark.items() if mark not in tokens] or list(by_mark.values())
    for verdict in at_large:
        fits = any(verdict.outcome in may_be_said_of(each) and not verdict.denied for each in unsaid)
        for each in unsaid:
            if not fits or len(unsaid) == 1 or verdict.outcome in may_be_said_of(each):
                found[each.ref].append(verdict)
    return found


def _masked(wording: str, by_mark: dict[str, Subject]) -> str:
    """With a mark in place of each name, so that no word of a name or of a condition is taken for an outcome."""
    text = " ".join(wording.split())
    for mark, subject in sorted(by_mark.items(), key=lambda each: -len(each[1].ref)):
        name = rf"(?:the )?{re.escape(' '.join(subject.ref.split()))}(?!\w)"
        text = re.sub(name, f" {mark} ", text, flags=re.IGNORECASE)
    for subject in by_mark.values():
        for own in filter(None, (subject.conditions.strip(" ."), subject.title.strip())):
            text = re.sub(re.escape(" ".join(own.split())), " it ", text, flags=re.IGNORECASE)
    return ELSE.sub(" ⟦else⟧ ", text)


def _sentences(tokens: list[str]) -> Iterator[list[str]]:
    """Parted at full stops and the like; but "CR901: approved" is one."""
    sentence: list[str] = []
    for each, after in pairwise([*tokens, "."]):
        named = sentence and (_is_mark(sentence[-1]) or sentence[-1][0].isdigit() or sentence[-1][:1] == "v")
        if each in ENDS and not (each == ":" and named and _kind(after.casefold())):
            yield sentence
            sentence = []
        else:
            sentence.append(each)
    yield sentence


def _is_mark(token: str) -> bool:
    return token.startswith("⟦")


def _kind(word: str) -> tuple[str, bool] | None:
    """Which outcome a word says by itself, and whether only weakly."""
    for words, weak in ((STRONG, False), (WEAK, True)):
        for pattern, outcome in words:
            if pattern.fullmatch(word):
                return outcome, weak
    return None


def _words(sentence: list[str]) -> list[Word]:
    low = [token.casefold() for token in sentence]
    found = []
    for at, token in enumerate(low):
        if kind := _kind(token):
            found.append(Word(at, *kind))
        elif outcome := _with_another(low, at):
            found.append(Word(at, outcome))
    for word in found:
        _look_before(word, low, found)
    return _together([word for word in found if not _describes(word, low) and not _is_supposed(word, low)], low)


def _with_another(low: list[str], at: int) -> str:
    """ "Sent CR901 back", "passed to the PSG"."""
    after = low[at + 1 : next((n for n in range(at + 1, len(low)) if _kind(low[n])), len(low))]
    if PASSES.fullmatch(low[at]):
        for one, other in pairwise(after):
            for word in (one, other):
                if word in WHITHER:
                    return WHITHER[word]
        if after and after[-1] in WHITHER:
            return WHITHER[after[-1]]
    for pattern, beside, outcome in WITH:
        if pattern.fullmatch(low[at]) and any(beside.fullmatch(word) for word in after):
            return outcome
    return ""


def _look_before(word: Word, low: list[str], others: list[Word]) -> None:
    """What stands between it and the word or the name before it may deny it."""
    before = {other.at for other in others if other is not word}
    word.since = word.at
    for n in range(word.at - 1, max(-1, word.at - 7), -1):
        if n in before or low[n] in {",", "(", ")"} or (_is_mark(low[n]) and low[n + 1] != "as"):  # "did not record CR901 as withdrawn"
            break
        if DENIES.fullmatch(low[n]):
            word.denied, word.since = True, n
            if n and low[n - 1] in {"did", "does", "do", "is", "was", "were", "has", "have", "are", "be"}:
                word.since = n - 1
        elif low[n] in IS and word.since == word.at:
            word.since = n


def _describes(word: Word, low: list[str]) -> bool:
    """ "The approved plan": it tells which plan, and settles nothing."""
    before, after = (low[word.at - 1] if word.at else ""), (low[word.at + 1] if word.at + 1 < len(low) else "")
    tells = before in {"the", "a", "an", "its", "their", "all", "any", "that"} and low[word.at].endswith(("ed", "n"))
    return tells and bool(after) and not _is_mark(after) and after not in {"and", ",", "by", "as"}


def _is_supposed(word: Word, low: list[str]) -> bool:
    """ "Could have been approved": it says what might be."""
    return any(token in SUPPOSES for token in low[max(0, word.at - 4) : word.at])


def _together(words: list[Word], low: list[str]) -> list[Word]:
    """Two that say one thing: "agreed to reject", "declined to approve", "approved the baselining of"."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        between = low[last.at + 1 : word.at] if last else []
        light = last is not None and not any(map(_is_mark, between)) and len(between) <= 4
        if last and light and last.outcome == APPROVE and (between[-1:] == ["to"] or "that" in between or between in ([], ["the"], ["its"])):
            kept.pop()
            word.denied, word.since = word.denied or last.denied, last.since
        elif last and light and last.outcome == REJECT and between[-1:] == ["to"]:
            last.outcome, last.denied = (REJECT, last.denied) if word.outcome in (APPROVE, BASELINE) else (word.outcome, True)
            last.at = word.at
            continue
        kept.append(word)
    return _without_what_is_agreed(kept, low)


def _without_what_is_agreed(words: list[Word], low: list[str]) -> list[Word]:
    """ "Agreed that CR027 be issued": what is agreed is said behind it."""
    light = [word.weak and word.outcome == APPROVE and low[word.at + 1 : word.at + 2] == ["that"] for word in words]
    for (word, after), is_light in zip(pairwise(words), light, strict=False):
        after.denied = after.denied or (is_light and word.denied)
    return [word for n, (word, is_light) in enumerate(zip(words, light, strict=True)) if not is_light or n + 1 == len(words)]


def _attributed(sentence: list[str]) -> Iterator[tuple[Word, list[str] | None]]:
    """Each outcome word with the marks it is about; None where it is about nothing that is named."""
    words = _words(sentence)
    claimed: set[int] = set()
    about = {id(word): _before(word, sentence, words, claimed) for word in words}
    for n, word in enumerate(words):
        end = words[n + 1].at if n + 1 < len(words) else len(sentence)
        places = about[id(word)] or [at for at in range(word.at + 1, end) if _is_mark(sentence[at]) and at not in claimed]
        if word.weak and not about[id(word)] and not _is_beside(word, sentence, places):
            continue
        places = places or [at for at in range(word.at) if _is_mark(sentence[at])][-1:]
        if places or not word.weak:
            yield word, [sentence[at] for at in places] or None


def _is_beside(word: Word, sentence: list[str], places: list[int]) -> bool:
    return bool(places) and all(token.casefold() in JOINS | {"to", "of", "on", "with"} for token in sentence[word.at + 1 : places[0]])


def _before(word: Word, sentence: list[str], words: list[Word], claimed: set[int]) -> list[int]:
    """The names before it that it is about: "CR901 and CR902 were rejected", "CR901 approved"."""
    n, is_one, plural = word.at - 1, False, False
    while n >= 0 and not _is_mark(sentence[n]):
        low = sentence[n].casefold()
        if low in IS or low == ":":
            is_one, plural = True, plural or low in {"are", "were"}
        elif not (low in BETWEEN or low.endswith("ly") or DENIES.fullmatch(low) or _is_aside(sentence, n)) or (low in {"and", "to"} and not is_one):
            return []
        n -= 1
    if n < 0 or not (is_one or sentence[word.at].casefold().endswith(("ed", "n", "ck", "nt"))):
        return []
    behind = sentence[word.at + 1 : word.at + 2]
    if behind and _is_mark(behind[0]) and not is_one:
        return []
    found = [n]
    at = n - 1
    while at >= 0 and (_is_mark(sentence[at]) or sentence[at].casefold() in JOINS or _is_aside(sentence, at)):
        if _is_mark(sentence[at]):
            found.append(at)
        at -= 1
    if len(found) > 1 and any(other.at == at for other in words):  # "approved CR901 and CR902 was rejected"
        found = found[:-1] if plural else found[:1]
    claimed.update(found)
    return found


def _is_aside(sentence: list[str], n: int) -> bool:
    """A version, or what stands in brackets."""
    if re.fullmatch(r"v?\d[\d.]*|version|\(|\)", sentence[n], re.IGNORECASE):
        return True
    return sentence[:n].count("(") > sentence[:n].count(")")


def _conditional(word: Word, sentence: list[str]) -> str:
    """The outcome that is said, with what follows it: "subject to", "with conditions", "which it excludes"."""
    low = [token.casefold() for token in sentence]
    end = next((n for n in range(word.at + 1, len(low)) if _kind(low[n])), len(low))
    after = " ".join(low[word.at + 1 : end])
    if word.outcome == APPROVE and re.search(r"\bsubject to\b|\bconditions?\b|\bconditional\w*|\bprovided\b|\bproviding\b", f"{after} {low[word.at - 1] if word.at else ''}"):
        return CONDITIONS
    return EXCLUDE if word.outcome == REJECT and re.search(r"\bexclud", after) else word.outcome


def _phrase(sentence: list[str], word: Word, by_mark: dict[str, Subject]) -> str:
    told = sentence[word.since : word.at + 1]
    return " ".join(by_mark[each].ref if each in by_mark else each for each in told if each in by_mark or not _is_mark(each))
