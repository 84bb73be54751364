"""Papers to try reading in with."""

from pathlib import Path

DAG026 = Path(__file__).parent / "DAG026.md"  # the meeting of 12 July 2023, retold from its published minutes, with invented people
