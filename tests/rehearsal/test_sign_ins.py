"""Who is printed as able to sign in is somebody of the demonstration."""

import tomllib
from pathlib import Path

from rehearsal.sign_ins import SIGN_INS

FILES = Path(__file__).parents[2] / "rehearsal"


def test_every_printed_sign_in_is_the_address_of_somebody_invented():
    told = [tomllib.loads((FILES / name).read_text("utf-8")) for name in ("demo-people.toml", "rehearsal.toml")]
    invented = {person.get("email") for file in told for person in file["person"]}
    assert set(SIGN_INS) <= invented
