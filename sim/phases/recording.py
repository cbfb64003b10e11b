"""Recording: books are checked and the quarter is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.terms import Terms

if TYPE_CHECKING:
    from sim.model import Ecosystem


class RecordingTerms(Terms):
    """Nothing here is open to levers."""


def run(eco: Ecosystem) -> None:
    """Check conservation and write the quarter's rows. Reads everything, writes the record."""
    if eco.checks:
        eco.ledger.check()
    eco.record.close_quarter()
