"""三(二)3: 初创期股权投资基金, public money in first tickets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.mechanisms.public_equity import CoInvestment

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class SeedEquityFund(Lever):
    """Pays a share of first tickets in young firms of the strategic industries.

    Private funds reach more firms; where the public share is large it takes their place.
    """

    id: ClassVar[str] = "seed_equity_fund"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)3"
    words: ClassVar[str] = (
        "充分发挥初创期股权投资基金作用，重点培育战略性新兴产业领域的初创期和成长期企业"
    )
    phases: ClassVar[tuple[str, ...]] = ("investing",)

    envelope: float = declared(30.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.3, "share", "of a first ticket", low=0, high=0.5)
    cap: float = declared(2.0, "m yuan", "most in one ticket", low=0, high=100)
    targeting: Targeting = field(default_factory=lambda: Targeting(mode="focused", max_age=5.0))

    def hooks(self) -> Mapping[str, Hook]:
        """The offer before investing."""
        return {"investing": self._offer}

    def _offer(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eco.treasury.carry_over(self.id)
        eligible = (eco.firms.rounds == 0) & self.targeting.eligible(eco)
        scheme = CoInvestment(self.id, self.share, self.cap, eligible)
        eco.terms.investing.contribute(self.id, co_investments=scheme)
