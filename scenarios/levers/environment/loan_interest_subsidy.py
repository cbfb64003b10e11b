"""三(一)3: 降低融资成本, part of benchmark interest is paid for small firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.markets.targets import share_of

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class LoanInterestSubsidy(Lever):
    """Pays a share of benchmark interest to borrowers below a size.

    Cheaper money is asked for in larger amounts; most of it is paid to those who borrow anyway.
    """

    id: ClassVar[str] = "loan_interest_subsidy"
    section: ClassVar[str] = "environment"
    clause: ClassVar[str] = "三(一)3"
    words: ClassVar[str] = "拓宽中小微企业融资渠道、降低融资成本"
    rule: ClassVar[str] = (
        "2014 pilot: 20–45 % of benchmark interest, revenue up to 100 m, one year in business [CD14e]"
    )
    phases: ClassVar[tuple[str, ...]] = ("lending",)

    envelope: float = declared(20.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(
        0.3,
        "share",
        "of interest at the benchmark rate",
        low=0,
        high=0.9,
        grade="B",
        source="CD14e, LN",
    )
    targeting: Targeting = field(default_factory=lambda: Targeting(max_revenue=100.0))

    def hooks(self) -> Mapping[str, Hook]:
        """The price before lending."""
        return {"lending": self._cheapen}

    def _cheapen(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            old = eco.firms.birth_quarter <= eco.quarter - 4
            share = share_of(self.share, old & self.targeting.eligible(eco))
            eco.terms.lending.contribute(self.id, interest_share=share)
