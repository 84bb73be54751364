"""A decision of the portal with a vote that took its turns: what can be checked of it, and what must not be told."""

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date, time
from pathlib import Path

from decisions import operations as decisions
from decisions.models import Decision, Outcome, Question, RollRow
from decisions.subjects import Subject, Terms
from meetings import operations as meetings
from meetings.models import Minutes
from notifications.sweeping import run_and_remember
from records.clock import london_moment
from records.rules import Refused
from tests.factories import GroupFactory, HoldingFactory, SeatFactory, UserFactory, chair_of, secretary_of

SCRIPT = Path(__file__).parents[2] / "static" / "verify_decision.py"
SECRET = "Zqxcanary"


class Vote:
    """Twelve July: a meeting, a question, as many seats as asked for, a decision; published on the nineteenth."""

    def __init__(self, clock, seats: int = 4, comment: str = "Comment {n}: I&C, “quoted” £"):
        self.clock, self.group, self.comment = clock, GroupFactory(code="DAG"), comment
        self.pmo, self.chair = secretary_of(self.group), chair_of(self.group)
        self.members = [HoldingFactory(seat=SeatFactory(group=self.group, order=n, label=f"Constituency {n} Representative")) for n in range(seats)]
        self.users = [UserFactory(person=holding.person) for holding in self.members]
        clock("2023-07-12 09:00")
        self.meeting = meetings.schedule(self.group, "26", starts_at=london_moment_of("10:00"), by=self.pmo)
        item = meetings.table_item(self.meeting, "CR018", purpose="decision", by=self.pmo)
        clock("2023-07-12 12:00")
        self.meeting = meetings.hold(self.meeting, by=self.pmo)
        meetings.discuss_item(item, by=self.pmo)
        self.item = item
        self.decision = decisions.draft(self.group, "CR018", f"{SECRET} wording of the draft", meeting=self.meeting, item=item, by=self.pmo)
        self.decision = decisions.embargo(self.decision, until=london_moment_of("10:00", 30).date(), why=f"{SECRET} reason of a hold", by=self.pmo)
        self.decision = decisions.release(self.decision, why=f"{SECRET} reason of a release", by=self.pmo)
        self.decision.wording = "The SRO approved CR018"
        self.decision.save_by(self.pmo, "clearer")
        self.decision = decisions.table(self.decision, by=self.pmo)

    def withdrawn_question(self) -> None:
        asked = decisions.put_question(self.group, f"{SECRET} question", subject="CR018", decision=self.decision, item=self.item, by=self.pmo)
        decisions.withdraw_question(decisions.open_question(asked, by=self.pmo), why=f"{SECRET} reason to withdraw", by=self.pmo)

    def take(self) -> Question:
        """The first seat rejects, and changes its mind; the others alternate; the last says nothing."""
        question = decisions.put_question(
            self.group, "Should CR018 be approved?", subject="CR018", version="1.8", decision=self.decision, item=self.item, by=self.pmo,
        )  # fmt: skip
        question = decisions.open_question(question, by=self.pmo)
        rows = list(RollRow.objects.filter(question=question).order_by("order"))
        decisions.cast_vote(rows[0], "reject", comment=f"{SECRET} comment taken back", by=self.users[0])
        with suppress(Refused):
            decisions.cast_vote(rows[0], "reject", by=UserFactory(person__name=f"{SECRET} Stranger"))
        for n, row in enumerate(rows[:-1]):
            decisions.cast_vote(row, ("approve", "reject", "abstain")[n % 3], comment=self.comment.format(n=n), by=self.users[n])
        self.question = decisions.close(question, by=self.pmo)
        return self.question

    def spoken(self, *, agrees: bool) -> Question:
        """The secretary records what two seats said aloud; the first seat's holder confirms or disputes it."""
        asked = decisions.put_question(self.group, "And CR019?", subject="CR019", version="1.0", decision=self.decision, item=self.item, by=self.pmo)
        rows = decisions.open_question(asked, by=self.pmo).roll.order_by("order")
        casts = [decisions.record_spoken_vote(row, "approve", by=self.pmo) for row in rows[:2]]
        words = f"{SECRET} words of thanks" if agrees else "I said reject"
        decisions.answer_for(casts[0], agrees=agrees, text=words, by=self.users[0])
        return decisions.close(Question.objects.get(pk=asked.pk), by=self.pmo)

    def publish(self) -> Decision:
        decisions.record_advice(self.decision, "ipa", "The IPA had no view.", by=self.pmo)
        subject = Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")
        decisions.determine(self.decision, Terms([subject], reasons=["It was raised in February."]), by=self.chair)
        self.clock("2023-07-12 17:05")
        run_and_remember()
        self.clock("2023-07-19 10:00")
        minutes = Minutes.objects.get(meeting=self.meeting)
        meetings.publish(meetings.circulate(meetings.clear(meetings.send_to_chair(minutes, by=self.pmo), by=self.chair), by=self.pmo), by=self.pmo)
        self.clock("2023-07-19 17:05")
        run_and_remember()
        self.decision = Decision.objects.get(pk=self.decision.pk)
        return self.decision


def london_moment_of(at: str, day: int = 12):
    return london_moment(date(2023, 7, day), time.fromisoformat(at))


def run_script(file: Path, *noted: str) -> tuple[int, str]:
    """The script as anybody would run it, alone: -I keeps everything out but the standard library."""
    done = subprocess.run([sys.executable, "-I", str(SCRIPT), str(file), *noted], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def page(client, reference: str) -> str:
    answer = client.get(f"/decisions/{reference}/verify/")
    assert answer.status_code == 200
    return answer.content.decode()


def told(client, reference: str) -> dict:
    return client.get(f"/decisions/{reference}/verify.json").json()


def written(folder: Path, told: dict) -> Path:
    file = folder / "told.json"
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    return file
