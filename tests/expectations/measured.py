"""How a cause is measured: a recorded metric, or a column, summed."""

from __future__ import annotations

from collections.abc import Callable

from sim.model import Ecosystem

# The cause in words, how to measure it, and whether the lever should raise (+1) or lower it (-1).
Cause = tuple[str, Callable[[Ecosystem], float], int]


def metric(name: str) -> Callable[[Ecosystem], float]:
    """The sum of a recorded metric over the run."""
    return lambda eco: float(eco.record.tables()["series"][name].sum())


def column(table: str, name: str) -> Callable[[Ecosystem], float]:
    """The sum of a column at the end of the run."""
    return lambda eco: float(getattr(eco.tables[table], name).sum())


def paid(reason: str) -> Callable[[Ecosystem], float]:
    """What was paid for a reason over the run (m yuan)."""

    def total(eco: Ecosystem) -> float:
        table = eco.record.tables()["flows"]
        return float(table["amount"][table["reason"] == reason].sum())

    return total
