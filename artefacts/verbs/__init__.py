"""What can be done to artefacts, their versions and releases: buttons, and what waits on the desk."""

from artefacts.verbs.artefacts import artefact_page, find_file, find_version, may_see_drafts
from artefacts.verbs.releases import find_release, release_page

__all__ = ["artefact_page", "find_file", "find_release", "find_version", "may_see_drafts", "release_page"]
