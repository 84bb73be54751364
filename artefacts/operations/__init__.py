"""The verbs of artefacts, of their reviews and of releases."""

from artefacts.operations.artefacts import (
    agree_edit,
    attach,
    baseline,
    change_version,
    detach,
    draft_version,
    make_public,
    put_forward,
    record_past_baseline,
    record_past_version,
    see_edit_done,
    withdraw_version,
)
from artefacts.operations.catalogue import add_artefact, describe_artefact, load_catalogue
from artefacts.operations.commenting import add_comments, comment, resolve, resolve_comments, say_no_comments
from artefacts.operations.explaining import explain
from artefacts.operations.loading import load_library, look_at_library
from artefacts.operations.processes import load_processes
from artefacts.operations.releases import (
    change_release,
    issue_release,
    plan_release,
    put_in,
    say_baselined,
    say_effective,
    take_out,
    withdraw_release,
)
from artefacts.operations.reviewing import (
    close_review,
    close_review_when_due,
    extend_review,
    give_review_leave,
    move_review_close,
    open_review,
    publish_log,
    refuse_review_leave,
    remind_of_review,
    remind_of_review_now,
    withdraw_review,
)

__all__ = [
    "add_artefact", "add_comments", "agree_edit", "attach", "baseline", "change_release", "change_version", "close_review", "close_review_when_due",
    "comment", "describe_artefact", "detach", "draft_version", "explain", "extend_review", "give_review_leave", "issue_release", "load_catalogue",
    "load_library", "load_processes", "look_at_library", "make_public", "move_review_close", "open_review", "plan_release", "publish_log", "put_forward",
    "put_in", "record_past_baseline", "record_past_version", "refuse_review_leave", "remind_of_review", "remind_of_review_now", "resolve", "resolve_comments", "say_baselined",
    "say_effective", "say_no_comments", "see_edit_done", "take_out", "withdraw_release", "withdraw_review", "withdraw_version",
]  # fmt: skip
