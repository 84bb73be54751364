"""What can be done to change requests, their versions and their assessments: buttons, and what waits on the desk."""

from change_requests.verbs.answering import find_organisation
from change_requests.verbs.assessments import find_assessment
from change_requests.verbs.clarifying import find_clarification
from change_requests.verbs.freezing import find_freeze
from change_requests.verbs.implementing import find_implementation
from change_requests.verbs.requests import find_file, find_request, find_version, readable, request_page, version_page

__all__ = [
    "find_assessment", "find_clarification", "find_file", "find_freeze", "find_implementation", "find_organisation", "find_request", "find_version",
    "readable", "request_page", "version_page",
]  # fmt: skip
