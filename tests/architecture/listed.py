"""The one list of our apps: the layers in pyproject.toml. Whatever else has to name them all is compared with it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINTED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
LAYERS: list[str] = next(contract["layers"] for contract in LINTED["contracts"] if contract["type"] == "layers")
PACKAGES = [package for layer in LAYERS for package in layer.split(" | ")]  # the uppermost first
APPS = PACKAGES[:0:-1]  # the lowest first; dag_portal, above them all, is no app
READER = "minutes_reader"  # beside them: plain Python
