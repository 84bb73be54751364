"""The name under which a file is shown and handed out: no path, nothing hidden in it, letters of one script."""

import re
import unicodedata
from collections.abc import Iterator

from files.kinds import EXTENSIONS, extension_of, listed
from records.rules import Refusal
from records.typed import cleaned, refusal_of_letters

LONGEST = 150  # characters
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # by some system on which it will be saved


def shown_name(name: str) -> str:
    """The name without what does not belong into one; it may be empty. Not a word of it is added."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    text = " ".join(cleaned(_FORBIDDEN.sub("-", last)).split()).strip(". ")
    stem, extension = _parted(text)
    return stem.strip()[: LONGEST - len(extension)].strip() + extension


def _parted(name: str) -> tuple[str, str]:
    cut = len(name) - len(extension_of(name))
    return name[:cut], name[cut:]


def refusals_of_name(name: str) -> Iterator[Refusal]:
    shown = shown_name(name)
    if not shown:
        yield Refusal("The file has no name that can be shown.", field="file")
        return
    if refusal := refusal_of_letters(_parted(shown)[0]):
        yield Refusal(f"The name of the file: {refusal}", field="file")
    if not (extension := extension_of(shown)):
        yield Refusal(f"The name of the file has no ending that says what it is. The portal takes {listed()}.", field="file")
    elif extension not in EXTENSIONS:
        yield Refusal(f"The portal does not take {extension} files. It takes {listed()}.", field="file")
