"""三(四)1: 产业发展投资基金, growth capital bound to the named industries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.phases.investing import Offer

if TYPE_CHECKING:
    from sim.model import Ecosystem

GROWTH_ROUND = 1  # funds that like second rounds or later ones


@dataclass(frozen=True)
class IndustryFund(Lever):
    """Joins growth funds as a partner and binds them to the named industries.

    It draws private money where partners expect enough beside the bond; other sectors meet fewer
    funds.
    """

    id: ClassVar[str] = "industry_fund"
    section: ClassVar[str] = "industries"
    clause: ClassVar[str] = "三(四)1"
    words: ClassVar[str] = "联合社会资本、共同设立产业发展投资基金"
    phases: ClassVar[tuple[str, ...]] = ("investing",)

    envelope: float = declared(40.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(
        0.25,
        "share",
        "of a fund's commitments that is public",
        low=0,
        high=0.5,
        grade="C",
        source="instruments 4",
    )
    quota: float = declared(0.6, "share", "of a fund bound to the named industries", low=0, high=1)
    concession: float = declared(
        0.3, "share", "of public gains left to private partners 让利", low=0, high=1
    )
    delay: float = declared(0.005, "1/year", "return lost to slower decisions", low=0, high=0.2)

    def hooks(self) -> Mapping[str, Hook]:
        """The offer before investing."""
        return {"investing": self._offer}

    def _offer(self, eco: Ecosystem) -> None:
        eco.treasury.carry_over(self.id)
        amount = eco.treasury.available(self.id)
        if amount <= 0.0 or self.share <= 0.0:
            return
        offer = Offer(
            self.id, amount, self.share, self.quota, self.concession, self.delay, focus=GROWTH_ROUND
        )
        eco.terms.investing.contribute(self.id, offers=offer)
