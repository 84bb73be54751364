"""What a line of "Was process followed?" is: one step, and whether it was followed: yes, no, or not recorded."""

from dataclasses import dataclass, field

YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True)
class Line:
    """One step of the process: was it followed, by which clause, and what the record says. Shaped for components/checklist.html."""

    question: str
    answer: str
    text: str
    clause: str = ""
    answer_label: str = ""
    url: str = ""
    url_text: str = ""
    private: tuple[str, ...] = field(default=())  # what only assurance readers see besides
