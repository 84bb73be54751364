"""Who may read which field of an answer: what was given in confidence is told by nobody else."""

from change_requests.models import Answered, Audience, Response

CLOSED_FIELD = "Given in confidence"
LABELS = Response.headings()
READABLE = {
    Audience.EVERYONE: {Audience.EVERYONE},
    Audience.PARTICIPANTS: {Audience.EVERYONE, Audience.PARTICIPANTS},
    Audience.PROGRAMME: set(Audience),
}  # by whom -> what


def value_of(response: Answered, field: str) -> str:
    """A field of an answer in words."""
    if field == "position":
        return response.get_position_display()
    if field == "impact":
        return response.get_impact_display()
    if field == "lead_time":
        return "" if response.lead_time is None else f"{response.lead_time} month{'' if response.lead_time == 1 else 's'}"
    return getattr(response, field)


def fields_for(response: Answered, reader: str) -> list[tuple[str, str]]:
    """(what, in words) of each field that says something, as far as that reader may read it. `reader` is an Audience."""
    told = ((field, value_of(response, field)) for field in Response.FIELDS)
    may = READABLE[Audience(reader)]
    return [(LABELS[field], value if response.audience_of(field) in may else CLOSED_FIELD) for field, value in told if value]


def marked_for(response: Answered, reader: str) -> list[tuple[str, str]]:
    """The same for a page of those who read more than everybody: beside what, it says for whom alone it is."""
    given = given_in_confidence(response, reader)
    return [(f"{label} ({given[label]})" if label in given else label, value) for label, value in fields_for(response, reader)]


def given_in_confidence(response: Answered, reader: str) -> dict[str, str]:
    """What the reader may read, and not everybody: "Cost" -> "for the Programme and assurance only"."""
    may, called = READABLE[Audience(reader)], dict(Audience.choices)
    closed = {field: audience for field in Response.FIELDS if (audience := response.audience_of(field)) != Audience.EVERYONE and audience in may}
    return {LABELS[field]: f"for {called[audience][0].lower()}{called[audience][1:]}" for field, audience in closed.items() if value_of(response, field)}
