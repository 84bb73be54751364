"""What can be done to artefacts, their versions and their reviews: buttons, and what waits on the desk."""

from artefacts.verbs.artefacts import artefact_page, find_file, find_version, may_see_drafts
from artefacts.verbs.reviews import find_comment, find_review, find_row, review_page

__all__ = ["artefact_page", "find_comment", "find_file", "find_review", "find_row", "find_version", "may_see_drafts", "review_page"]
