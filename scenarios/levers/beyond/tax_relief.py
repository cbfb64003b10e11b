"""Beyond the document: 税收优惠, R&D is deducted further than the law in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from agents.declare import declared
from agents.exact import total_of
from scenarios.lever import Hook, Lever

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TaxRelief(Lever):
    """Pays back what a further deduction of R&D would have saved profitable firms in profit tax.

    A yuan of R&D gets cheaper for those who earn; firms without profit get nothing, and R&D that is
    done anyway is paid for.
    """

    id: ClassVar[str] = "tax_relief"
    section: ClassVar[str] = "beyond"
    clause: ClassVar[str] = "–"
    words: ClassVar[str] = "beyond the document: tax relief"
    phases: ClassVar[tuple[str, ...]] = ("researching", "settling")
    zero: ClassVar[Mapping[str, Any]] = {"deduction": 0.0}

    envelope: float = declared(200.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    deduction: float = declared(
        0.25,
        "share of R&D",
        "deducted beyond the 150 % in force",
        low=0,
        high=1,
        grade="C",
        source="instruments 4",
    )

    def hooks(self) -> Mapping[str, Hook]:
        """The price before researching, the refund before settling."""
        return {"researching": self._expect, "settling": self._refund}

    def _expect(self, eco: Ecosystem) -> None:
        """Profitable firms reckon with what a further yuan will save, as far as the line has paid."""
        if self.deduction <= 0.0 or not self.funded(eco):
            return
        firms, costs = eco.firms, eco.world.costs
        rate = np.where(firms.certified, costs.profit_tax_certified, costs.profit_tax)
        worth = rate * self.deduction * (firms.profit_year > 0.0) * self.targeting.eligible(eco)
        claims = total_of(worth * firms.rnd) * 4.0
        paid = min(eco.treasury.yearly(self.id) / max(claims, 1e-12), 1.0)
        eco.terms.researching.contribute(self.id, relief=worth * paid)

    def _refund(self, eco: Ecosystem) -> None:
        if self.deduction > 0.0 and self.funded(eco):
            eco.terms.settling.contribute(self.id, deduction=self.deduction)
