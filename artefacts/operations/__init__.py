"""The verbs of artefacts and of releases."""

from artefacts.operations.artefacts import (
    add_artefact,
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
from artefacts.operations.releases import (
    change_release,
    issue_release,
    plan_release,
    put_in,
    say_effective,
    take_out,
    withdraw_release,
)

__all__ = [
    "add_artefact", "agree_edit", "attach", "baseline", "change_release", "change_version", "detach", "draft_version", "issue_release", "make_public",
    "plan_release", "put_forward", "put_in", "record_past_baseline", "record_past_version", "say_effective", "see_edit_done", "take_out",
    "withdraw_release", "withdraw_version",
]  # fmt: skip
