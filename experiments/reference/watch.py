"""Follow an Ecosystem through its own quarter: do something around every phase as it is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import sim.model
from experiments.reference.compare import Deviations, deviations
from experiments.reference.model import PHASES
from experiments.reference.state import read

if TYPE_CHECKING:
    from sim.model import Ecosystem

Run = Callable[["Ecosystem"], None]


@contextmanager
def around(wrapper: Callable[[str, Run], Run]) -> Iterator[None]:
    """Within the context every phase runs as `wrapper(name, run)`; hooks of levers as usual."""
    usual = sim.model.PHASES
    changed = tuple(replace(phase, run=wrapper(phase.name, phase.run)) for phase in usual)
    sim.model.__dict__["PHASES"] = changed
    try:
        yield
    finally:
        sim.model.__dict__["PHASES"] = usual


def compare(eco: Ecosystem, quarters: int = 1) -> dict[str, Deviations]:
    """Run `eco` for some quarters; before each of the seven phases hand its state to the agents, run
    both, and return the largest deviation of every column by phase.
    """
    found: dict[str, Deviations] = {}

    def wrapper(name: str, run: Run) -> Run:
        if name not in PHASES:
            return run

        def both(eco: Ecosystem) -> None:
            reference = read(eco, name)
            run(eco)
            PHASES[name](reference)
            before = found.setdefault(name, {})
            for column, gap in deviations(reference, eco).items():
                before[column] = max(gap, before.get(column, 0.0))

        return both

    with around(wrapper):
        eco.run(quarters)
    return found
