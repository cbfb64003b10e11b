"""三(二)1: 科技成果转化引导基金, public money beside private in university inventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever
from sim.mechanisms.public_equity import CoInvestment

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class TransferFund(Lever):
    """Pays a share of the tickets that private funds write in spin-offs and licensees of universities.

    Funds stretch their money further; where they would have written the whole ticket the public part
    takes its place.
    """

    id: ClassVar[str] = "transfer_fund"
    section: ClassVar[str] = "vitality"
    clause: ClassVar[str] = "三(二)1"
    words: ClassVar[str] = (
        "与高校院所合作设立科技成果转化引导基金，联合社会资本撬动高校院所科技成果转移转化"
    )
    phases: ClassVar[tuple[str, ...]] = ("investing",)

    envelope: float = declared(20.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(
        0.3, "share", "of a ticket", low=0, high=0.5, grade="C", source="instruments 4"
    )
    cap: float = declared(5.0, "m yuan", "most in one ticket", low=0, high=100)

    def hooks(self) -> Mapping[str, Hook]:
        """The offer before investing."""
        return {"investing": self._offer}

    def _offer(self, eco: Ecosystem) -> None:
        if self.share <= 0.0 or not self.funded(eco):
            return
        eco.treasury.carry_over(self.id)
        firms = eco.firms
        eligible = ((firms.origin == 0) | (firms.licences > 0)) & self.targeting.eligible(eco)
        scheme = CoInvestment(self.id, self.share, self.cap, eligible)
        eco.terms.investing.contribute(self.id, co_investments=scheme)
