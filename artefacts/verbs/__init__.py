"""What can be done to artefacts, their versions, their reviews and releases: buttons, and what waits on the desk."""

from artefacts.verbs.artefacts import artefact_page, find_file, find_version, may_see_drafts
from artefacts.verbs.releases import find_release, release_page
from artefacts.verbs.reviews import find_comment, find_review, find_row, review_page

__all__ = [
    "artefact_page", "find_comment", "find_file", "find_release", "find_review", "find_row", "find_version", "may_see_drafts", "release_page", "review_page",
]  # fmt: skip
