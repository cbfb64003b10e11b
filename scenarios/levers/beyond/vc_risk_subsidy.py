"""Beyond the document: 创业投资风险补贴, part of private tickets in young firms is paid back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from agents.declare import declared
from scenarios.lever import Hook, Lever, Targeting
from sim.mechanisms.public_equity import TicketSupport

if TYPE_CHECKING:
    from sim.model import Ecosystem


@dataclass(frozen=True)
class VcRiskSubsidy(Lever):
    """Pays investors back a share of their tickets in young firms.

    Cheaper tickets pass the mark more often; those that would have been written are paid for too.
    """

    id: ClassVar[str] = "vc_risk_subsidy"
    section: ClassVar[str] = "beyond"
    clause: ClassVar[str] = "–"
    words: ClassVar[str] = "beyond the document: a subsidy for venture risk"
    rule: ClassVar[str] = (
        "10 % of cash invested, 1 m a firm, 3 m an investor and year, firms up to five years old [CD13]"
    )
    phases: ClassVar[tuple[str, ...]] = ("investing",)

    envelope: float = declared(30.0, "m yuan/year", "yearly budget line", low=0, high=10_000)
    share: float = declared(0.1, "share", "of a ticket", low=0, high=0.5, grade="B", source="CD13")
    firm_cap: float = declared(
        1.0, "m yuan", "most for one firm", low=0, high=50, grade="B", source="CD13"
    )
    fund_cap: float = declared(
        3.0, "m yuan/year", "most for one investor", low=0, high=100, grade="B", source="CD13"
    )
    targeting: Targeting = field(default_factory=lambda: Targeting(max_age=5.0))

    def hooks(self) -> Mapping[str, Hook]:
        """The support before investing."""
        return {"investing": self._support}

    def _support(self, eco: Ecosystem) -> None:
        if self.share > 0.0 and self.funded(eco):
            support = TicketSupport(
                self.id, self.share, self.firm_cap, self.fund_cap, self.start,
                self.targeting.eligible(eco),
            )  # fmt: skip
            eco.terms.investing.contribute(self.id, ticket_support=support)
