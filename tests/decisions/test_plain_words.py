"""What stands in titles, facts and proofs is plain to somebody who has never seen the portal: nothing is said twice, and nothing in its makers' words."""

import re

import pytest

from decisions.models import Decision, Outcome
from decisions.sentences import level_sentence, plain_title
from tests.architecture.listed import ROOT

STUMBLED_ON = re.compile(r"\bWhole\.|\bvouch|excluded by another|\(says |\bEmpty:|ex-committee", re.IGNORECASE)


def settled(*told: tuple[str, str]) -> list[dict]:
    return [
        {"subject_kind": "change_request", "subject_ref": ref, "subject_title": "", "outcome": outcome, "outcome_in_words": Outcome(outcome).label, "conditions": ""}
        for ref, outcome in told
    ]


@pytest.mark.parametrize(
    ("title", "settlements", "said"),
    [
        ("CR024 & CR025", settled(("CR024", "approved"), ("CR025", "approved")), "CR024 & CR025: approved"),
        ("CR024 and CR025 Next Steps", settled(("CR024", "deferred"), ("CR025", "deferred")), "CR024 and CR025 Next Steps: deferred"),
        ("CR024 & CR025", settled(("CR024", "approved"), ("CR025", "rejected")), "CR024 & CR025: CR024 approved, CR025 rejected"),
        ("Interface names", settled(("CR024", "approved"), ("CR025", "approved")), "Interface names: CR024 and CR025 approved"),
        ("Interface Code and PKI Policy", settled(("Interface Code", "baselined"), ("PKI Policy", "baselined")), "Interface Code and PKI Policy: baselined"),
        ("Design documents", settled(("Interface Code", "baselined"), ("PKI Policy", "baselined")), "Design documents: Interface Code and PKI Policy baselined"),
        ("CR018", settled(("CR018", "approved")), "CR018: approved"),
    ],
)  # fmt: skip
def test_a_title_names_what_has_one_outcome_once(title, settlements, said):
    assert plain_title(title, settlements) == said


def test_whose_decision_it_is_stands_in_a_sentence():
    assert level_sentence(3, "Deciding", "the Chair") == "Level 3: for the group itself to decide. Stated by the Chair, on the clause “Deciding”."
    assert Decision(level=None).level_in_words == ""


def test_no_page_and_no_paper_says_what_a_stranger_stumbled_on():
    shown = {path: re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", "", path.read_text()) for path in (ROOT / "templates").rglob("*.*")}
    assert {path.name: found[0] for path, text in shown.items() if (found := STUMBLED_ON.search(text))} == {}
