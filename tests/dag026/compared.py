"""What was made of DAG026 through the pages, beside what its retelling says."""

from typing import Any

from tests.dag026.run import Told, as_the_member_has_it


def compared_with_the_retelling(made: dict[str, Any], retold: Told) -> None:
    """The same edition, but for whence it comes, and for the differences that are named here: each is meant."""
    told = retold.body
    assert made["meeting"] == told["meeting"]
    # Roles are the labels of seats, and initials are unique: the paper has two people called TB, and one whose initials are not hers.
    came = who_came(told)
    for name, initials in {"Rosalind Garner": "RG", "Theo Barrow": "TBa", "Helena Marlowe": "HM"}.items():
        came[name] |= {"initials": initials}
    assert who_came(made) == came
    # Whoever is stood in for has sent apologies: the paper has forgotten one.
    assert {each["name"] for each in made["apologies"]} == {each["name"] for each in told["apologies"]} | {"Hugh Pemberton"}
    # Days are written out. An action belongs to its item, whatever the paper's table calls that. What was said of earlier ones is noted.
    for which in ("new", "previous"):
        assert [(each["reference"], each["text"], each["owner"]) for each in made["actions"][which]] == [
            (each["reference"], each["text"], each["owner"]) for each in told["actions"][which]
        ]
    assert [each["due"] for each in made["actions"]["new"]] == ["9 Aug 2023", "14 Jul 2023", *["As soon as possible (reviewed at the next meeting)"] * 2]
    # Titles follow from what was typed, and who decided from who announced it: the paper does not always say.
    facts = ("reference", "wording", "state", "decided_on", "where_taken", "reasons")
    assert [[each[fact] for fact in facts] for each in made["decisions"]] == [[each[fact] for fact in facts] for each in told["decisions"]]
    assert [(item["number"], item["title"], item["status"]) for item in made["items"]] == [(item["number"], item["title"], item["status"]) for item in told["items"]]
    for item in made["items"]:
        assert [minuted(each) for each in item["paragraphs"]] == as_it_should_read(retold, item["number"]), item["number"]


def who_came(body: dict) -> dict[str, dict]:
    facts = ("for", "part", "mode", "initials")
    return {each["name"]: {"among": section["section"]} | {fact: each[fact] for fact in facts} for section in body["attendance"] for each in section["people"]}


def minuted(paragraph: dict) -> tuple:
    """What it says, or shows."""
    kind = paragraph["kind"]
    if kind == "vote":
        return kind, [(row["constituency"], row["choice"], row["comment"]) for row in paragraph["vote"]["rows"]]
    return kind, paragraph[kind]["reference"] if kind in ("action", "decision") else paragraph["text"]


def as_it_should_read(told: Told, number: int) -> list[tuple]:
    rows = [minuted(each) for each in told.paragraphs(number)]
    if number == 5:  # the room was asked whether anybody objects, and seat by seat it is on record that nobody did
        said = {row["constituency"]: "absent" if row["choice"] == "absent" else "silent" for row in told.paragraphs(7)[8]["vote"]["rows"]}
        return [*rows, ("vote", [(constituency, choice, "") for constituency, choice in said.items()])]
    if number == 7:  # a decision stands before its vote, and its reasons stand with it and nowhere else; one paragraph reads as a member proposed
        decision = rows[-1]
        return [rows[0], ("text", as_the_member_has_it(told)), *rows[2:8], decision, *rows[8:12]]
    if number == 8:
        return [("text", "The item was deferred.")]
    if 8 < number < 13:  # in the portal's own sentence
        return [("text", "The item was not reached, for want of time, and was deferred to the next meeting.")]
    return rows
