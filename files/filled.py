"""A Word form that comes back filled in: looked into and scanned as every file is, read in a process of its own, and not kept."""

import json
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from files import apart, scanning
from files.kinds import MOST_BYTES, Kind
from files.looking import looked_at
from files.names import shown_name
from files.rules import refusals_of_answer, refusals_of_file, refusals_of_nothing
from files.unfit import Unfit
from records.rules import Refusal, Refused, require
from records.typed import turning_marks_in


def filled_in(upload: UploadedFile | None) -> dict[str, Any]:
    """What stands in its fields, and outside of them (files/reading/fields.py). Raises Refused."""
    require(refusals_of_nothing(upload))
    assert upload is not None  # noqa: S101 (the rule above)
    name, content = str(upload.name), upload.read(MOST_BYTES + 1)
    require(refusals_of_file(name, len(content)))
    try:
        if looked_at(shown_name(name), content).kind != Kind.DOCX:
            raise Unfit("It is no Word document: hand it in as .docx.")
        require(refusals_of_answer(scanning.scanned(content) if scanning.is_named() else None))
        told = apart.fields_of(content)
        if marks := turning_marks_in(json.dumps(told, ensure_ascii=False)):
            raise Unfit(f"It has hidden marks that turn the direction of reading ({', '.join(marks)}): what is read there is not what stands there. Take them out, and hand it in again.")
        return told
    except Unfit as unfit:
        raise Refused([Refusal(str(unfit), field="file")]) from unfit
