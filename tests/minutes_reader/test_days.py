"""Days and times that were moved, struck, broken off or told by two clocks: the one that stands, or a doubt and none."""

from __future__ import annotations

import datetime

import pytest

from minutes_reader import read
from minutes_reader.due import due_on
from minutes_reader.held import held
from tests.minutes_reader.papers import minutes, paper

DUE = {
    "08/05/2024": "2024-05-08", "11/10/2023 10/04/2024": "2024-04-10", "~~14/02/2024~~ 08/05/2024": "2024-05-08", "<s>14/02/2024</s> 08/05/2024": None,
    "10/04/2024 (was 11/10/2023)": "2024-04-10", "10/04/2024, moved from 11/10/2023": "2024-04-10", "11/10/2023, now 10/04/2024": "2024-04-10", "TBC (was 13/12/2023)": None, "~~13/12/2023~~ TBC": None, "w/c 11/03/2024": None, "week commencing 11 March 2024": None,
    "5 working days after 12/03/2024": None, "10/04/2024 10/03/2024": None, "12/03/2024 (TBC)": None, "Closed 12/03/2024": None, "after 12/03/2024": None, "mid March 2024": None, "ASAP": None, "": None, "No later than 08/05/2024": "2024-05-08",
}  # fmt: skip


@pytest.mark.parametrize("printed", [each for each in DUE if "<s>" not in each])
def test_an_action_is_due_on_the_day_that_stands(printed: str) -> None:
    day, doubt = due_on(printed)
    assert str(day or "") == (DUE[printed] or "")
    assert bool(doubt) == (printed not in ("ASAP", "", "08/05/2024", "No later than 08/05/2024"))


def test_an_action_whose_day_was_moved_is_never_overdue_by_the_first() -> None:
    rows = "\n".join(f"Previous Meeting(s)\tXYZ06-0{n}\tSend it\tChair\t{due}" for n, due in enumerate(["11/10/2023 10/04/2024", "TBC (was 13/12/2023)", "~~14/02/2024~~ 08/05/2024", "<del>14/02/2024</del> 08/05/2024", "w/c 04/03/2024"], 1))
    reading = minutes(f"## Actions\n\nArea\tRef\tAction\tOwner\tDue\n{rows}\n", "### 1. **Welcome**\n\nThe Chair opened the meeting.\n")
    assert [str(action.due) for action in reading.actions] == ["2024-04-10", "None", "2024-05-08", "2024-05-08", "None"]
    assert not any("overdue" in doubt for doubt in reading.warnings)
    assert sum("The due date of XYZ06" in doubt for doubt in reading.warnings) == 5


HELD = {  # printed: the day, the start, the end, and whether it is doubted
    "10 April 2024 10:00-12:00": ("2024-04-10", "10:00", "12:00", False),
    "10 April 2024, 10:00 – adjourned 11:40, resumed 11 April 2024 13:05 – 14:00": ("2024-04-10", "10:00", None, True),
    "10 and 11 April 2024 10:00": ("2024-04-10", "10:00", None, True),
    "30 April - 1 May 2024": ("2024-04-30", None, None, True),
    "10-11 April 2024, 10:00-12:00": ("2024-04-10", "10:00", "12:00", True),
    "3 April 2024, postponed to 10 April 2024 10:00-12:00": ("2024-04-10", "10:00", "12:00", True),
    "10 April 2024 10:00 (postponed from 3 April 2024 09:00)": ("2024-04-10", "10:00", None, True),
    "10 April 2024 10:00, moved to 14:00": ("2024-04-10", "14:00", None, True),
    "~~3 April 2024~~ 10 April 2024 10:00": ("2024-04-10", "10:00", None, True),
    "10 April 2024 09:00 UTC / 10:00 BST": ("2024-04-10", "10:00", None, False),
    "10 April 2024 10:00-12:00 BST (09:00-11:00 UTC)": ("2024-04-10", "10:00", "12:00", False),
    "10 April 2024 09:00 UTC": ("2024-04-10", "10:00", None, True),
    "10 January 2024 10:00 GMT / 11:00 CET": ("2024-01-10", "10:00", None, False),
    "10 January 2024 11:00-12:30 CET": ("2024-01-10", "10:00", "11:30", True),
    "10 January 2024 10:00 UTC": ("2024-01-10", "10:00", None, False),
}


@pytest.mark.parametrize("printed", HELD)
def test_a_meeting_is_held_when_it_began(printed: str) -> None:
    told = held(printed, printed)
    assert (str(told.day), told.start, told.end, bool(told.doubts)) == HELD[printed]


def test_an_adjournment_is_kept_in_words() -> None:
    reading = minutes(when="7 March 2024, 10:00 – adjourned 11:40, resumed 8 March 2024 13:05")
    assert (reading.header.date, reading.header.start) == (datetime.date(2024, 3, 7), "10:00")
    assert any("adjourned 11:40, resumed 8 March 2024 13:05" in doubt for doubt in reading.warnings)


def test_a_decision_is_not_made_after_its_minutes_were_issued() -> None:
    body = "### 1. **CR901**\n\nPOST MEETING UPDATE: Members were told of the decision by email on 2 May 2064.\n\n**DECISION XYZ-DEC12: The SRO approved CR901**\n"
    assert any("made on 2 May 2064, after these minutes were issued" in doubt for doubt in minutes(body).warnings)


PUT_OFF = {
    "Item deferred to the next meeting.": True, "The item was deferred.": True, "This item was deferred until May. Questions may be sent.": True, "Deferred to April.": True,
    "This item, deferred at the last meeting, was taken.": False, "The item was not deferred.": False, "The item was deferred at the last meeting.": False,
    "The item deferred in March was discussed.": False, "Members asked whether the item should be deferred.": False, "The item was deferred, but taken after all.": False,
    "Nobody wished the item deferred.": False,
}  # fmt: skip


@pytest.mark.parametrize("said", PUT_OFF)
def test_an_item_is_put_off_where_it_says_so_of_now(said: str) -> None:
    assert minutes(f"### 1. **Costs**\n\n{said}\n").items[0].deferred == PUT_OFF[said]


WHEN = ["7 March 2024", "7 March 2024 10:00", "7 March 2024 10:00-12:00", "Thursday 7th March 2024, 10am to 12pm", "07/03/2024 1000-1200"]
TURNED = ["– not held", "(not held)", "– inquorate", "(inquorate)", "abandoned", "cancelled", "(cancelled)", "– did not take place", "not quorate", "(in two parts)", "quorum lost", "and again in May", "(to be confirmed)", "by correspondence", "– void", "(provisional)", "abandoned at 10:15", "adjourned at 10:15", "and 14:00-16:00" ]


@pytest.mark.parametrize("turned", TURNED)
def test_what_is_printed_beside_the_day_of_a_meeting_is_doubted(turned: str) -> None:
    for when in WHEN:
        if turned.startswith("and 14") and "-" not in when.replace("–", "-"):
            continue
        told = held(f"{when} {turned}", f"{when} {turned}")
        assert told.day == datetime.date(2024, 3, 7)
        assert told.start in (None, "10:00"), when
        assert told.doubts, when
        assert not held(when, when).doubts


TWO_DAYS = ["7-8 March 2024 10:00-12:00", "7–8 March 2024", "7/8 March 2024", "7 and 8 March 2024 10:00", "7 & 8 March 2024, 10:00-12:00", "7 March 2024 10:00-12:00, 8 March 2024 10:00-11:00", "29 February 2024, held on 7 March 2024", "29 February 2024 but held on 7 March 2024 10:00"]


@pytest.mark.parametrize("when", TWO_DAYS)
def test_of_two_days_no_time_is_made(when: str) -> None:
    reading = minutes(when=when)
    assert reading.header.date == datetime.date(2024, 3, 7)
    assert reading.header.start in (None, "10:00")
    assert any("day and time of the meeting are printed as" in doubt for doubt in reading.warnings)


@pytest.mark.parametrize("said", ["The meeting was inquorate.", "The Chair declared that the meeting was not quorate.", "The meeting was abandoned at 10:15.", "The meeting did not take place.", "The Chair adjourned the meeting until 14:00.", "The meeting was adjourned and resumed the next day.", "Without a quorum, members spoke informally."])
def test_a_meeting_that_the_text_says_was_none_is_doubted(said: str) -> None:
    assert any("says of the meeting itself" in doubt for doubt in minutes(f"### 1. **Welcome**\n\n{said}\n").warnings)


@pytest.mark.parametrize("said", ["The last meeting was cancelled.", "The next meeting will be quorate.", "The Chair opened the meeting, which was quorate."])
def test_of_another_meeting_it_is_not(said: str) -> None:
    assert not any("says of the meeting itself" in doubt for doubt in minutes(f"### 1. **Welcome**\n\n{said}\n").warnings)


@pytest.mark.parametrize("state", ["not held", "inquorate", "cancelled", "abandoned", "postponed"])
def test_a_title_or_venue_that_says_so_is_doubted(state: str) -> None:
    for before, after in (("Minutes\n", f"Minutes ({state})\n"), ("Classification **Public**", f"Classification **Public**\n\nVenue **Online ({state})**")):
        text = paper().replace(before, after, 1)
        assert any(state in doubt and "recorded as held" in doubt for doubt in read(text).warnings), after
