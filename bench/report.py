"""What was found, for people."""

import statistics
from collections.abc import Iterator

from bench.measuring import BESIDE, COLUMNS

HEAD = f"{'':<28}" + "".join(f"{title:>20}" for title in COLUMNS.values())


def table(found: dict) -> Iterator[str]:
    """Medians of all rounds, with the least and the most in brackets."""
    yield HEAD
    for name, runs in found["runs"].items():
        yield f"{name:<28}" + "".join(f"{spread([run[which] for run in runs]):>20}" for which in COLUMNS)
    yield ""
    for name, ratio in found["ratios"].items():
        yield f"{name} beside {BESIDE[name]}: {spread(ratio['a second'], 2)} of the requests a second,"
        yield f"    {spread(ratio['p95 ms'], 1)} times the p95, {spread(ratio['processor ms'], 1)} times the processor's time"
    yield ""
    published, alone = found["publishing"]["with"], found["publishing"]["without"]
    times = [each / other for each, other in zip(published, alone, strict=True) if other]
    yield f"Publishing a decision: {spread(published)} ms of processor, {spread(alone)} without its edition, {spread(times, 2)} times that"
    yield ""
    for name, told in found["afterwards"]["queries"].items():
        kinds = ", ".join(f"{count} {kind}" for kind, count in told["kinds"].items()) or "none"
        yield f"Statements of {name}: {sum(told['kinds'].values())} ({kinds}); {told['in the database, ms']:.1f} of {told['altogether, ms']:.1f} ms"


def spread(values: list[float], digits: int = 0) -> str:
    if not values:
        return "not known"
    digits = digits or (1 if max(values) < 100 else 0)
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"
